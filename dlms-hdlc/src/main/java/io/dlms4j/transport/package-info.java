/**
 * Lines that drive a {@link io.dlms4j.link.Link}: TCP and UDP over Netty, serial ports over
 * jSerialComm, and one in memory; and their recording.
 *
 * <p>The only package that knows Netty and jSerialComm, which are optional dependencies: who brings
 * lines of another kind uses {@link io.dlms4j.link.LinkDriver} and needs none of this. A link and
 * its user run on one thread, the thread of their line, and must not block it.
 */
@NullMarked
package io.dlms4j.transport;

import org.jspecify.annotations.NullMarked;
