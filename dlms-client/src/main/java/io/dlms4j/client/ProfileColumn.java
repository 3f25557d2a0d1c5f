package io.dlms4j.client;

import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;

/**
 * A column of a profile.
 *
 * @param definition what it holds
 * @param scalerUnit how its numbers become quantities; {@link ScalerUnit#NONE} if it holds no
 *     register's value, or the server does not tell
 */
public record ProfileColumn(CaptureObjectDefinition definition, ScalerUnit scalerUnit) {}
