/**
 * A-XDR (IEC 61334-6) and the COSEM data types (Blue Book 4.1.5, Green Book 9.5).
 *
 * <p>There are two ways to read a value: as a tree, {@link io.dlms4j.axdr.CosemData}, or without
 * building one, with {@link io.dlms4j.axdr.DataReader}. Whatever octets come in, every decoder here
 * gives a value or throws {@link io.dlms4j.axdr.AxdrException}.
 */
@NullMarked
package io.dlms4j.axdr;

import org.jspecify.annotations.NullMarked;
