package io.dlms4j.cosem.apdu;

/**
 * Action-Response-Normal: what became of one invocation.
 *
 * @param invokeIdAndPriority that of the request
 * @param response the result, and what the method returned
 */
public record ActionResponseNormal(
    InvokeIdAndPriority invokeIdAndPriority, ActionResponseWithOptionalData response)
    implements ActionResponse {}
