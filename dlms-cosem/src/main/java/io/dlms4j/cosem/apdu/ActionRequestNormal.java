package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.MethodRef;
import org.jspecify.annotations.Nullable;

/**
 * Action-Request-Normal: invokes one method.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param method what is invoked
 * @param parameters its invocation parameters; null for none
 */
public record ActionRequestNormal(
    InvokeIdAndPriority invokeIdAndPriority, MethodRef method, @Nullable EncodedData parameters)
    implements ActionRequest {}
