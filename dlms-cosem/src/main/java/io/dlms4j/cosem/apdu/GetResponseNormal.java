package io.dlms4j.cosem.apdu;

/**
 * Get-Response-Normal: the answer in one APDU.
 *
 * @param invokeIdAndPriority that of the request
 * @param result the attribute's value, or why there is none
 */
public record GetResponseNormal(InvokeIdAndPriority invokeIdAndPriority, GetDataResult result)
    implements GetResponse {}
