package io.dlms4j.transport;

import java.net.InetSocketAddress;

/** Names addresses in messages. */
final class Hosts {
  private Hosts() {}

  /** Host and port as they were given, without asking a name server. */
  static String name(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }
}
