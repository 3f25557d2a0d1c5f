package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.AttributeRef;
import org.jspecify.annotations.Nullable;

/**
 * Get-Request-Normal: asks for one attribute.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param attribute what is asked for
 * @param selectiveAccess which part of it; null for all
 */
public record GetRequestNormal(
    InvokeIdAndPriority invokeIdAndPriority,
    AttributeRef attribute,
    @Nullable SelectiveAccess selectiveAccess)
    implements GetRequest {}
