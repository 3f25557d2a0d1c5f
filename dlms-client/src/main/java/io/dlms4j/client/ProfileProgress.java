package io.dlms4j.client;

import java.util.OptionalLong;

/**
 * How far the reading of a profile is.
 *
 * @param rows how many rows have been given to their consumer
 * @param total how many there will have been in the end, as the meter's answer says; nothing if it
 *     does not
 */
public record ProfileProgress(long rows, OptionalLong total) {}
