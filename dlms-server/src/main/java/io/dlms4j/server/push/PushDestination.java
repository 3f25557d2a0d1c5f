package io.dlms4j.server.push;

import io.dlms4j.axdr.Octets;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where pushed data go: send_destination_and_method (Blue Book 4.4.8). The message is an xDLMS APDU
 * in A-XDR always; XML is not sent.
 *
 * @param service how they travel
 * @param destination where to, in the form of the service: for TCP, UDP and HDLC {@code host:port},
 *     {@code [address]:port} for IPv6; empty for nowhere
 */
public record PushDestination(TransportService service, Octets destination) {
  static final int MOST_OCTETS = 255;

  /** Nothing is sent. */
  public static final PushDestination NONE =
      new PushDestination(TransportService.TCP, Octets.EMPTY);

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if the destination has more than 255 octets
   */
  public PushDestination {
    if (destination.length() > MOST_OCTETS) {
      throw new IllegalArgumentException(
          "a destination of " + destination.length() + " octets, not up to " + MOST_OCTETS);
    }
    destination = destination.copy();
  }

  /**
   * A destination in a network.
   *
   * @param service TCP, UDP or HDLC
   * @param host a name or an address
   * @param port 1..65535
   * @return the destination
   */
  public static PushDestination of(TransportService service, String host, int port) {
    String named = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return new PushDestination(service, Octets.ofAscii(named + ":" + port));
  }

  /**
   * The destination as the address of a network.
   *
   * @return host and port, not yet resolved; nothing if the octets say no such thing
   */
  public Optional<InetSocketAddress> address() {
    String text = new String(destination.toByteArray(), StandardCharsets.US_ASCII);
    int colon = text.lastIndexOf(':');
    if (colon < 1 || colon == text.length() - 1 || text.length() - colon > 6) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = 0;
    for (int i = colon + 1; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return Optional.empty();
      }
      port = 10 * port + (digit - '0');
    }
    return port < 1 || port > 0xFFFF || host.isBlank()
        ? Optional.empty()
        : Optional.of(InetSocketAddress.createUnresolved(host, port));
  }
}
