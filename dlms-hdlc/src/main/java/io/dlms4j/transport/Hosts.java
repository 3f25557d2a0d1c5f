package io.dlms4j.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Names addresses in messages. */
final class Hosts {
  private Hosts() {}

  /** Host and port as they were given, without asking a name server. */
  static String name(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet.getHostString() + ":" + inet.getPort()
        : address.toString();
  }
}
