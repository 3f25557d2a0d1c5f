package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import io.dlms4j.transport.LineRecorder.Direction;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Records lines in a pcapng file, which Wireshark opens (IETF draft-ietf-opsawg-pcapng).
 *
 * <p><b>What the packets are:</b> the octets of a line in IP packets made up around them, TCP for a
 * stream and UDP for datagrams, on link type RAW, which has no Ethernet addresses to make up as
 * well. The server's port is always written as 4059, the one that IANA has given to DLMS/COSEM, so
 * that releases of Wireshark that know DLMS, and the plug-ins for those that do not, dissect it
 * without being told; all of them can follow the stream. A link type for users (USER0) would need
 * settings in every Wireshark that opens the file, and cannot tell two lines apart. The IP
 * addresses and the client's port are the real ones where the line has such; a line in memory has
 * addresses of the documentation network. The first packet of a line bears its real ends as a
 * comment. There is one packet a read or write, with sequence numbers and checksums that fit, and
 * neither handshake nor empty acknowledgements.
 *
 * <p>One file may record any number of lines at a time, on any threads. It ends when it is as long
 * as it may be.
 */
public final class PcapngWriter {
  /** How many octets a file has at most, unless said otherwise: 1 GiB. */
  public static final long DEFAULT_MAX_LENGTH = 1L << 30;

  private static final int SECTION_HEADER = 0x0A0D0D0A;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int LINKTYPE_RAW = 101;

  private static final int OPTION_END = 0;
  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_USER_APPLICATION = 4;
  private static final int OPTION_TIME_RESOLUTION = 9;

  /** The most of a stream that goes into one packet. */
  private static final int MAX_SEGMENT = 32_768;

  private final OutputStream out;
  private final long maxLength;
  private long length;
  private boolean ended;
  private int lines;

  /**
   * Begins a file of {@link #DEFAULT_MAX_LENGTH} at most.
   *
   * @param out where to write; flushed after every piece, and closed by its owner
   * @throws UncheckedIOException if it cannot be written
   */
  public PcapngWriter(OutputStream out) {
    this(out, DEFAULT_MAX_LENGTH);
  }

  /**
   * Begins a file.
   *
   * @param out where to write; flushed after every piece, and closed by its owner
   * @param maxLength how many octets it has at most; packets that would make it longer are left out
   * @throws UncheckedIOException if it cannot be written
   */
  public PcapngWriter(OutputStream out, long maxLength) {
    this.out = out;
    this.maxLength = maxLength;
    write(sectionHeader());
    write(interfaceDescription());
  }

  /**
   * Begins to record a line.
   *
   * @param ends between whom it runs
   * @return its recorder, which throws {@link UncheckedIOException} if the file cannot be written
   */
  public LineRecorder line(LineEnds ends) {
    return new Line(ends, nextLine());
  }

  private synchronized int nextLine() {
    return lines++;
  }

  private static byte[] sectionHeader() {
    byte[] application = "dlms4j".getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = body(16 + optionLength(application) + 4);
    body.putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1);
    putOption(body, OPTION_USER_APPLICATION, application);
    putOption(body, OPTION_END, new byte[0]);
    return block(SECTION_HEADER, body);
  }

  private static byte[] interfaceDescription() {
    byte[] nanoseconds = {9};
    ByteBuffer body = body(8 + optionLength(nanoseconds) + 4);
    body.putShort((short) LINKTYPE_RAW).putShort((short) 0).putInt(0);
    putOption(body, OPTION_TIME_RESOLUTION, nanoseconds);
    putOption(body, OPTION_END, new byte[0]);
    return block(INTERFACE_DESCRIPTION, body);
  }

  private static byte[] enhancedPacket(Instant time, byte[] packet, String comment) {
    byte[] words = comment.getBytes(StandardCharsets.UTF_8);
    int options = words.length == 0 ? 0 : optionLength(words) + 4;
    ByteBuffer body = body(20 + padded(packet.length) + options);
    long nanos = time.getEpochSecond() * 1_000_000_000L + time.getNano();
    body.putInt(0).putInt((int) (nanos >>> 32)).putInt((int) nanos);
    body.putInt(packet.length).putInt(packet.length).put(packet);
    body.position(20 + padded(packet.length));
    if (options > 0) {
      putOption(body, OPTION_COMMENT, words);
      putOption(body, OPTION_END, new byte[0]);
    }
    return block(ENHANCED_PACKET, body);
  }

  private static ByteBuffer body(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] block(int type, ByteBuffer body) {
    int total = body.capacity() + 12;
    byte[] block = new byte[total];
    ByteBuffer to = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    to.putInt(type).putInt(total).put(body.rewind()).putInt(total);
    return block;
  }

  private static int optionLength(byte[] value) {
    return 4 + padded(value.length);
  }

  private static void putOption(ByteBuffer to, int code, byte[] value) {
    to.putShort((short) code).putShort((short) value.length).put(value);
    to.position(padded(to.position()));
  }

  private static int padded(int length) {
    return (length + 3) & ~3;
  }

  private synchronized void write(byte[] block) {
    if (ended || length + block.length > maxLength) {
      ended = true;
      return;
    }
    try {
      length += block.length;
      out.write(block);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line, whose recorder is called on one thread. */
  private final class Line implements LineRecorder {
    private final IpPackets packets;
    private String comment;

    Line(LineEnds ends, int number) {
      packets = new IpPackets(ends, number);
      comment = Hosts.name(ends.local()) + (ends.client() ? " to " : " from ");
      comment += Hosts.name(ends.remote());
    }

    @Override
    public void record(Direction direction, Instant time, Payload octets) {
      int most = packets.areDatagrams() ? octets.length() : MAX_SEGMENT;
      int at = 0;
      do {
        int count = Math.min(most, octets.length() - at);
        byte[] packet = packets.around(direction, octets.slice(at, count));
        write(enhancedPacket(time, packet, comment));
        comment = "";
        at += count;
      } while (at < octets.length());
    }
  }
}
