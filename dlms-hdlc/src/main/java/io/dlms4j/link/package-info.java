/**
 * What every link of DLMS/COSEM has in common, whichever line carries it.
 *
 * <p>A {@link io.dlms4j.link.Link} is a pure state machine: no socket, thread, clock or randomness
 * inside. Octets and time are given to it, octets and events are taken from it. A {@link
 * io.dlms4j.link.LinkDriver} runs one together with the layer above it, the {@link
 * io.dlms4j.link.LinkUser}; on what line, and by what clock, is its caller's business.
 */
@NullMarked
package io.dlms4j.link;

import org.jspecify.annotations.NullMarked;
