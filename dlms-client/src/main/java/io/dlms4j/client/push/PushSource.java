package io.dlms4j.client.push;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a notification has come from.
 *
 * @param path over which kind of line
 * @param remote the other end of the line; null where the line has no address
 * @param clientSap the client that it is for: the destination wPort, or the HDLC client address
 * @param serverSap the logical device that says to have sent it: the source wPort, or the upper
 *     HDLC address. Nothing proves this; the originator of a protected notification is proved
 * @param physicalDevice the lower HDLC address; 0 if there is none
 */
public record PushSource(
    Path path, @Nullable SocketAddress remote, int clientSap, int serverSap, int physicalDevice) {
  /** Over which kind of line a notification has come. */
  public enum Path {
    /** A TCP line that the meter has made, with the COSEM wrapper. */
    TCP,
    /** A datagram with the COSEM wrapper. */
    UDP,
    /** HDLC UI frames over a TCP line that the meter has made. */
    HDLC_OVER_TCP,
    /** HDLC UI frames on a serial line. */
    HDLC_ON_SERIAL_LINE,
    /** The connection of a client that the meter did not make. */
    CLIENT_CONNECTION
  }
}
