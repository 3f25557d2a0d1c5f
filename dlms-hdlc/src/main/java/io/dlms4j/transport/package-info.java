/**
 * Lines that drive a {@link io.dlms4j.link.Link}: TCP and UDP over Netty, and one in memory; and
 * their recording.
 *
 * <p>The only package that knows Netty, which is an optional dependency: who brings lines of
 * another kind uses {@link io.dlms4j.link.LinkDriver} and needs none of this. A link and its user
 * run on one thread of the loop, the thread of their line, and must not block it.
 */
@NullMarked
package io.dlms4j.transport;

import org.jspecify.annotations.NullMarked;
