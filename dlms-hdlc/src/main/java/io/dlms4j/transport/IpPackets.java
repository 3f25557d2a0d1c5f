package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import io.dlms4j.transport.LineRecorder.Direction;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** Makes up the IP packets of a line, TCP or UDP, around its octets (RFC 791, 8200, 9293, 768). */
final class IpPackets {
  /** What IANA has given to DLMS/COSEM. */
  static final int DLMS_PORT = 4059;

  private static final int FIRST_EPHEMERAL_PORT = 49_152;
  private static final int EPHEMERAL_PORTS = 16_384;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int TCP_HEADER = 20;
  private static final int UDP_HEADER = 8;
  private static final int PUSH_AND_ACK = 0x5018;

  /** TEST-NET-1, which is nobody's (RFC 5737). */
  private static final byte[] NOBODYS_CLIENT = {(byte) 192, 0, 2, 1};

  private static final byte[] NOBODYS_SERVER = {(byte) 192, 0, 2, 2};

  private final boolean datagrams;
  private final End local;
  private final End remote;

  /** One end as the packets show it. */
  private static final class End {
    private final byte[] address;
    private final int port;

    /** What this end sends next, on a stream. */
    private int sequence = 1;

    End(byte[] address, int port) {
      this.address = address;
      this.port = port;
    }
  }

  /**
   * Packets of a line.
   *
   * @param ends between whom it runs
   * @param number tells lines without ports apart
   */
  IpPackets(LineEnds ends, int number) {
    datagrams = ends.datagrams();
    SocketAddress clientEnd = ends.client() ? ends.local() : ends.remote();
    SocketAddress serverEnd = ends.client() ? ends.remote() : ends.local();
    byte[] clientAddress = addressOf(clientEnd);
    byte[] serverAddress = addressOf(serverEnd);
    if (clientAddress.length == 0 || clientAddress.length != serverAddress.length) {
      clientAddress = NOBODYS_CLIENT;
      serverAddress = NOBODYS_SERVER;
    }
    int clientPort =
        clientEnd instanceof InetSocketAddress inet && inet.getPort() != 0
            ? inet.getPort()
            : FIRST_EPHEMERAL_PORT + number % EPHEMERAL_PORTS;
    End client = new End(clientAddress, clientPort);
    End server = new End(serverAddress, DLMS_PORT);
    local = ends.client() ? client : server;
    remote = ends.client() ? server : client;
  }

  private static byte[] addressOf(SocketAddress end) {
    InetAddress address = end instanceof InetSocketAddress inet ? inet.getAddress() : null;
    return address == null ? new byte[0] : address.getAddress();
  }

  boolean areDatagrams() {
    return datagrams;
  }

  /** The packet that bears some octets; a stream has moved on then. */
  byte[] around(Direction direction, Payload octets) {
    End from = direction == Direction.SENT ? local : remote;
    End to = direction == Direction.SENT ? remote : local;
    int ipHeader = from.address.length == 4 ? 20 : 40;
    int segment = (datagrams ? UDP_HEADER : TCP_HEADER) + octets.length();
    byte[] array = new byte[ipHeader + segment];
    ByteBuffer packet = ByteBuffer.wrap(array);
    if (from.address.length == 4) {
      putIpv4(packet, from, to);
      packet.putShort(10, (short) checksum(sum(array, 0, ipHeader)));
    } else {
      putIpv6(packet, from, to, segment);
    }
    packet.putShort((short) from.port).putShort((short) to.port);
    int checksumAt;
    if (datagrams) {
      packet.putShort((short) segment);
      checksumAt = packet.position();
      packet.putShort((short) 0);
    } else {
      packet.putInt(from.sequence).putInt(to.sequence);
      packet.putShort((short) PUSH_AND_ACK).putShort((short) 0xFFFF);
      checksumAt = packet.position();
      packet.putInt(0);
      from.sequence += octets.length();
    }
    packet.put(octets.array(), octets.offset(), octets.length());
    int sum = sum(from.address, 0, from.address.length) + sum(to.address, 0, to.address.length);
    sum += protocol() + segment + sum(array, ipHeader, segment);
    int checksum = checksum(sum);
    // Zero would say that there is no checksum (RFC 768).
    packet.putShort(checksumAt, (short) (datagrams && checksum == 0 ? 0xFFFF : checksum));
    return array;
  }

  private int protocol() {
    return datagrams ? UDP : TCP;
  }

  private void putIpv4(ByteBuffer packet, End from, End to) {
    packet.putShort((short) 0x4500).putShort((short) packet.capacity());
    packet.putInt(0x4000).put((byte) 64).put((byte) protocol()).putShort((short) 0);
    packet.put(from.address).put(to.address);
  }

  private void putIpv6(ByteBuffer packet, End from, End to, int segment) {
    packet.putInt(0x60000000).putShort((short) segment);
    packet.put((byte) protocol()).put((byte) 64);
    packet.put(from.address).put(to.address);
  }

  /** The sum of 16-bit numbers of RFC 1071, an odd last octet being the high one. */
  private static int sum(byte[] octets, int offset, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int octet = octets[offset + i] & 0xFF;
      sum += i % 2 == 0 ? octet << 8 : octet;
    }
    return sum;
  }

  private static int checksum(int sum) {
    int folded = (sum & 0xFFFF) + (sum >>> 16);
    folded = (folded & 0xFFFF) + (folded >>> 16);
    return ~folded & 0xFFFF;
  }
}
