/**
 * A-XDR (IEC 61334-6) and the COSEM data types (Blue Book 4.1.5, Green Book 9.5).
 *
 * <p>There are two ways to read a value: as a tree, {@link io.dlms4j.axdr.CosemData}, or without
 * building one, with {@link io.dlms4j.axdr.DataReader}. Whatever octets come in, every decoder here
 * gives a value or throws {@link io.dlms4j.axdr.AxdrException}.
 *
 * <p>A compact-array, {@link io.dlms4j.axdr.CompactArrayData}, reads as an array does in both ways.
 * Rows of a profile's buffer that leave out what repeats are restored by {@link
 * io.dlms4j.axdr.BufferDecompressor}. {@link io.dlms4j.axdr.PlainData} maps values to the terms of
 * JSON and back.
 */
@NullMarked
package io.dlms4j.axdr;

import org.jspecify.annotations.NullMarked;
