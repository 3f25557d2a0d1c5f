package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.ActionResult;
import org.jspecify.annotations.Nullable;

/**
 * Action-Response-With-Optional-Data: what became of one invocation (Green Book 9.5).
 *
 * @param result whether the method was carried out, or why not
 * @param returnParameters what it returned, or why that cannot be given; null for nothing
 */
public record ActionResponseWithOptionalData(
    ActionResult result, @Nullable GetDataResult returnParameters) {}
