package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;

/**
 * Set-Request-Normal: writes one attribute.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param attribute what is written, and which part of it
 * @param value the new value
 */
public record SetRequestNormal(
    InvokeIdAndPriority invokeIdAndPriority, AttributeWithSelection attribute, EncodedData value)
    implements SetRequest {}
