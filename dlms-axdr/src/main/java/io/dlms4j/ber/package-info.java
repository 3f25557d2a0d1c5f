/**
 * The part of BER (ITU-T X.690) that the ACSE APDUs of DLMS/COSEM are written in: definite lengths,
 * tags of one or two octets.
 *
 * <p>Whatever octets come in, {@link io.dlms4j.ber.BerReader} gives a value or throws {@link
 * io.dlms4j.ber.BerException}.
 */
@NullMarked
package io.dlms4j.ber;

import org.jspecify.annotations.NullMarked;
