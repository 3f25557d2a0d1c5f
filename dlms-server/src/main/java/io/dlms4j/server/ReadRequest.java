package io.dlms4j.server;

import io.dlms4j.cosem.apdu.SelectiveAccess;
import org.jspecify.annotations.Nullable;

/**
 * A client's wish to read an attribute.
 *
 * @param attributeIndex which attribute
 * @param selectiveAccess which part of it; null for all
 * @param client who asks
 */
public record ReadRequest(
    int attributeIndex, @Nullable SelectiveAccess selectiveAccess, ClientContext client) {}
