package io.dlms4j.transport;

import java.net.SocketAddress;

/**
 * Between whom a recorded line runs.
 *
 * @param client whether this end made the line; the other end has accepted it then
 * @param datagrams whether octets travel in datagrams, each recorded as one, and not as a stream
 * @param local this end
 * @param remote the other end
 */
public record LineEnds(
    boolean client, boolean datagrams, SocketAddress local, SocketAddress remote) {}
