package io.dlms4j.cosem.apdu;

/**
 * Action-Response-With-Pblock: one block of an answer that is too long for one APDU.
 *
 * @param invokeIdAndPriority that of the request
 * @param block a part of the answer's encoding
 */
public record ActionResponseWithPBlock(InvokeIdAndPriority invokeIdAndPriority, DataBlock block)
    implements ActionResponse {}
