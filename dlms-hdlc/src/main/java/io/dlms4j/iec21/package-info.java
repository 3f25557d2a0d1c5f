/**
 * Direct local data exchange of IEC 62056-21:2002, as pure state machines: opening of an HDLC
 * session (protocol mode E), data readout (modes A, B, C and D) and the programming mode of mode C.
 *
 * <p>{@link io.dlms4j.iec21.Iec21Client} and {@link io.dlms4j.iec21.Iec21Server} are given octets
 * and the time and give back octets and events; {@link io.dlms4j.iec21.DataSetReader} reads what a
 * readout has brought.
 */
@NullMarked
package io.dlms4j.iec21;

import org.jspecify.annotations.NullMarked;
