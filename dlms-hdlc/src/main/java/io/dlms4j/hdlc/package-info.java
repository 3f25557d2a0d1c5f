/**
 * HDLC with frame format type 3: the link of the 3-layer, connection-oriented profile (Green Book
 * 8, IEC 62056-46).
 *
 * <p>{@link io.dlms4j.hdlc.HdlcPrimary} is the client's side of a line, {@link
 * io.dlms4j.hdlc.HdlcSecondary} the server's; both are a {@link io.dlms4j.link.Link}. {@link
 * io.dlms4j.hdlc.HdlcFrame} reads and writes single frames. Everything here is pure: no socket,
 * thread or clock.
 */
@NullMarked
package io.dlms4j.hdlc;

import org.jspecify.annotations.NullMarked;
