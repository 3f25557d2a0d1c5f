package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.MethodRef;

/**
 * Action-Request-With-First-Pblock: begins to invoke one method whose parameters come in blocks.
 *
 * @param invokeIdAndPriority pairs the request with its answer
 * @param method what is invoked
 * @param block the first part of the parameters' encoding
 */
public record ActionRequestWithFirstPBlock(
    InvokeIdAndPriority invokeIdAndPriority, MethodRef method, DataBlock block)
    implements ActionRequest {}
