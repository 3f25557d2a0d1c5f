package io.dlms4j.server.profile;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A column of a profile.
 *
 * @param definition what it holds
 * @param value takes it out of a row, to be compared
 * @param encoder writes it as one Data
 */
record Column<R>(
    CaptureObjectDefinition definition,
    Function<? super R, CosemData> value,
    BiConsumer<AxdrWriter, ? super R> encoder) {}
