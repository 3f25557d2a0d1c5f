package io.dlms4j.cosem.apdu;

/**
 * Action-Request-With-Pblock: a further block of parameters, or of a list of them.
 *
 * @param invokeIdAndPriority that of the request that began the transfer
 * @param block a further part
 */
public record ActionRequestWithPBlock(InvokeIdAndPriority invokeIdAndPriority, DataBlock block)
    implements ActionRequest {}
