package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.DataAccessResult;

/**
 * Set-Response-Normal: whether one attribute was written.
 *
 * @param invokeIdAndPriority that of the request
 * @param result whether it was written, or why not
 */
public record SetResponseNormal(InvokeIdAndPriority invokeIdAndPriority, DataAccessResult result)
    implements SetResponse {}
