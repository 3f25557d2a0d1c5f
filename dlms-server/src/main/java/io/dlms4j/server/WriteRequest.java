package io.dlms4j.server;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import org.jspecify.annotations.Nullable;

/**
 * A client's wish to write an attribute.
 *
 * @param attributeIndex which attribute
 * @param selectiveAccess which part of it; null for all
 * @param value its new value
 * @param client who asks
 */
public record WriteRequest(
    int attributeIndex,
    @Nullable SelectiveAccess selectiveAccess,
    EncodedData value,
    ClientContext client) {}
