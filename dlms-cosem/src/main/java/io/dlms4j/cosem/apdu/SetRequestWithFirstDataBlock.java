package io.dlms4j.cosem.apdu;

/**
 * Set-Request-With-First-Datablock: begins to write one attribute whose value comes in blocks.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param attribute what is written, and which part of it
 * @param block the first part of the value's encoding
 */
public record SetRequestWithFirstDataBlock(
    InvokeIdAndPriority invokeIdAndPriority, AttributeWithSelection attribute, DataBlock block)
    implements SetRequest {}
