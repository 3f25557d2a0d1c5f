package io.dlms4j.server;

import io.dlms4j.axdr.EncodedData;

/**
 * A client's wish to invoke a method.
 *
 * @param methodIndex which method
 * @param parameters its parameters; null-data if the client sent none
 * @param client who asks
 */
public record InvokeRequest(int methodIndex, EncodedData parameters, ClientContext client) {}
