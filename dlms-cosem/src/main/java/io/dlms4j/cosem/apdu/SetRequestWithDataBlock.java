package io.dlms4j.cosem.apdu;

/**
 * Set-Request-With-Datablock: a further block of a value, or of a list of them.
 *
 * @param invokeIdAndPriority that of the request that began the transfer
 * @param block a further part
 */
public record SetRequestWithDataBlock(InvokeIdAndPriority invokeIdAndPriority, DataBlock block)
    implements SetRequest {}
