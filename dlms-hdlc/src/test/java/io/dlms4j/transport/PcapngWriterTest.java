package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Payload;
import io.dlms4j.transport.LineRecorder.Direction;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads the files back, octet by octet, as the format and the RFCs have them. */
class PcapngWriterTest {
  private static final Instant TIME = Instant.parse("2026-11-20T10:15:30.123456789Z");
  private static final Payload WORDS = Payload.of(new byte[] {0, 1, 0, 16, 0, 1, 0, 1, 42});

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A block: its type, and what stands between its two lengths. */
  private record Block(int type, ByteBuffer body) {}

  private static List<Block> blocks(byte[] file) {
    ByteBuffer from = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Block> blocks = new ArrayList<>();
    while (from.hasRemaining()) {
      int type = from.getInt();
      int length = from.getInt();
      assertEquals(0, length % 4);
      ByteBuffer body = from.slice(from.position(), length - 12).order(ByteOrder.LITTLE_ENDIAN);
      from.position(from.position() + length - 12);
      assertEquals(length, from.getInt());
      blocks.add(new Block(type, body));
    }
    return blocks;
  }

  private List<byte[]> packets() {
    List<byte[]> packets = new ArrayList<>();
    for (Block block : blocks(out.toByteArray())) {
      if (block.type() == 6) {
        byte[] packet = new byte[block.body().getInt(12)];
        assertEquals(packet.length, block.body().getInt(16));
        block.body().get(20, packet);
        packets.add(packet);
      }
    }
    return packets;
  }

  private static LineEnds ends(boolean client, boolean datagrams, String here, String there)
      throws Exception {
    return new LineEnds(
        client,
        datagrams,
        new InetSocketAddress(InetAddress.getByName(here), 50_000),
        new InetSocketAddress(InetAddress.getByName(there), 1025));
  }

  private static int unsigned16(byte[] octets, int at) {
    return (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
  }

  private static int unsigned32(byte[] octets, int at) {
    return unsigned16(octets, at) << 16 | unsigned16(octets, at + 2);
  }

  /** RFC 1071: with the checksum in it, the sum is all ones. */
  private static int onesSum(byte[] octets) {
    long sum = 0;
    for (int i = 0; i < octets.length; i += 2) {
      sum += i + 1 < octets.length ? unsigned16(octets, i) : (octets[i] & 0xFF) << 8;
    }
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (int) sum;
  }

  private static void assertChecksums(byte[] packet) {
    boolean ipv4 = packet[0] == 0x45;
    int header = ipv4 ? 20 : 40;
    int addresses = ipv4 ? 12 : 8;
    int protocol = packet[ipv4 ? 9 : 6];
    if (ipv4) {
      assertEquals(0xFFFF, onesSum(Arrays.copyOf(packet, 20)));
      assertEquals(packet.length, unsigned16(packet, 2));
    } else {
      assertEquals(packet.length - 40, unsigned16(packet, 4));
    }
    ByteBuffer pseudo = ByteBuffer.wrap(new byte[header - addresses + 4 + packet.length - header]);
    pseudo.put(packet, addresses, header - addresses);
    pseudo.putShort((short) protocol).putShort((short) (packet.length - header));
    pseudo.put(packet, header, packet.length - header);
    byte[] summed = new byte[pseudo.capacity()];
    pseudo.get(0, summed);
    assertEquals(0xFFFF, onesSum(summed));
  }

  @Test
  void aFileBeginsWithItsSectionAndAnInterfaceOfRawIpAndNanoseconds() {
    new PcapngWriter(out);
    List<Block> blocks = blocks(out.toByteArray());
    assertEquals(2, blocks.size());
    assertEquals(0x0A0D0D0A, blocks.get(0).type());
    assertEquals(0x1A2B3C4D, blocks.get(0).body().getInt(0));
    assertEquals(1, blocks.get(0).body().getShort(4));
    assertEquals(0, blocks.get(0).body().getShort(6));
    assertEquals(-1, blocks.get(0).body().getLong(8));
    ByteBuffer description = blocks.get(1).body();
    assertEquals(1, blocks.get(1).type());
    assertEquals(101, description.getShort(0));
    assertEquals(0, description.getInt(4));
    assertEquals(9, description.getShort(8));
    assertEquals(1, description.getShort(10));
    assertEquals(9, description.get(12));
    assertEquals(0, description.getInt(16));
  }

  @Test
  void theFirstPacketOfALineBearsItsTimeAndItsRealEnds() throws Exception {
    LineRecorder recorder = new PcapngWriter(out).line(ends(true, false, "10.0.0.1", "10.0.0.2"));
    recorder.record(Direction.SENT, TIME, WORDS);
    recorder.record(Direction.SENT, TIME, WORDS);
    List<Block> blocks = blocks(out.toByteArray());
    ByteBuffer first = blocks.get(2).body();
    assertEquals(6, blocks.get(2).type());
    assertEquals(0, first.getInt(0));
    long nanos = (long) first.getInt(4) << 32 | (first.getInt(8) & 0xFFFF_FFFFL);
    assertEquals(TIME, Instant.ofEpochSecond(0, nanos));
    int options = 20 + ((first.getInt(12) + 3) & ~3);
    assertEquals(1, first.getShort(options));
    byte[] comment = new byte[first.getShort(options + 2)];
    first.get(options + 4, comment);
    assertEquals("10.0.0.1:50000 to 10.0.0.2:1025", new String(comment, StandardCharsets.UTF_8));
    ByteBuffer second = blocks.get(3).body();
    assertEquals(20 + ((second.getInt(12) + 3) & ~3), second.capacity());
  }

  @Test
  void aStreamIsTcpToPort4059WithSequenceNumbersThatFit() throws Exception {
    LineRecorder recorder = new PcapngWriter(out).line(ends(true, false, "10.0.0.1", "10.0.0.2"));
    recorder.record(Direction.SENT, TIME, WORDS);
    recorder.record(Direction.RECEIVED, TIME, WORDS.slice(0, 4));
    recorder.record(Direction.SENT, TIME, WORDS.slice(0, 1));
    int[][] expected = {{50_000, 4059, 1, 1}, {4059, 50_000, 1, 10}, {50_000, 4059, 10, 5}};
    int[] lengths = {9, 4, 1};
    List<byte[]> packets = packets();
    assertEquals(3, packets.size());
    for (int i = 0; i < 3; i++) {
      byte[] packet = packets.get(i);
      assertChecksums(packet);
      assertEquals(6, packet[9]);
      assertArrayEquals(
          expected[i],
          new int[] {
            unsigned16(packet, 20),
            unsigned16(packet, 22),
            unsigned32(packet, 24),
            unsigned32(packet, 28)
          });
      assertEquals(0x5018, unsigned16(packet, 32));
      assertEquals(WORDS.slice(0, lengths[i]), Payload.of(packet, 40, packet.length - 40));
    }
    assertArrayEquals(new byte[] {10, 0, 0, 2}, Arrays.copyOfRange(packets.get(1), 12, 16));
    assertArrayEquals(new byte[] {10, 0, 0, 1}, Arrays.copyOfRange(packets.get(1), 16, 20));
  }

  @Test
  void atTheServersEndItIsTheLocalPortThatIs4059() throws Exception {
    LineRecorder recorder = new PcapngWriter(out).line(ends(false, true, "10.0.0.2", "10.0.0.1"));
    recorder.record(Direction.RECEIVED, TIME, WORDS);
    recorder.record(Direction.SENT, TIME, WORDS);
    byte[] request = packets().get(0);
    assertEquals(1025, unsigned16(request, 20));
    assertEquals(4059, unsigned16(request, 22));
    byte[] answer = packets().get(1);
    assertEquals(4059, unsigned16(answer, 20));
    assertEquals(1025, unsigned16(answer, 22));
  }

  @Test
  void datagramsAreUdp() throws Exception {
    LineRecorder recorder = new PcapngWriter(out).line(ends(true, true, "10.0.0.1", "10.0.0.2"));
    recorder.record(Direction.SENT, TIME, WORDS);
    recorder.record(Direction.SENT, TIME, Payload.of(new byte[65_507]));
    byte[] packet = packets().get(0);
    assertChecksums(packet);
    assertEquals(17, packet[9]);
    assertEquals(17, unsigned16(packet, 24));
    assertEquals(WORDS, Payload.of(packet, 28, packet.length - 28));
    assertEquals(2, packets().size());
    assertEquals(65_535, packets().get(1).length);
    assertChecksums(packets().get(1));
  }

  @Test
  void linesOfIpVersion6StaySo() throws Exception {
    LineRecorder stream = new PcapngWriter(out).line(ends(true, false, "fd00::1", "fd00::2"));
    stream.record(Direction.SENT, TIME, WORDS);
    byte[] packet = packets().get(0);
    assertEquals(0x60, packet[0]);
    assertEquals(2, packet[39]);
    assertChecksums(packet);
    assertEquals(WORDS, Payload.of(packet, 60, packet.length - 60));
  }

  @Test
  void aLongPieceOfAStreamBecomesSeveralPackets() throws Exception {
    LineRecorder recorder = new PcapngWriter(out).line(ends(true, false, "10.0.0.1", "10.0.0.2"));
    byte[] octets = new byte[100_000];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i * 7);
    }
    recorder.record(Direction.SENT, TIME, Payload.of(octets));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (byte[] packet : packets()) {
      assertChecksums(packet);
      assertEquals(1 + stream.size(), unsigned32(packet, 24));
      stream.write(packet, 40, packet.length - 40);
    }
    assertArrayEquals(octets, stream.toByteArray());
  }

  @Test
  void linesWithoutIpAddressesAreToldApartByTheirPorts() {
    SocketAddress memory =
        new SocketAddress() {
          private static final long serialVersionUID = 1L;
        };
    PcapngWriter writer = new PcapngWriter(out);
    for (int i = 0; i < 2; i++) {
      writer.line(new LineEnds(true, false, memory, memory)).record(Direction.SENT, TIME, WORDS);
    }
    assertEquals(49_152, unsigned16(packets().get(0), 20));
    assertEquals(49_153, unsigned16(packets().get(1), 20));
    assertArrayEquals(
        new byte[] {(byte) 192, 0, 2, 1}, Arrays.copyOfRange(packets().get(0), 12, 16));
    assertChecksums(packets().get(0));
  }

  @Test
  void aFileEndsWithAWholeBlockWhenItIsAsLongAsItMayBe() throws Exception {
    LineRecorder recorder =
        new PcapngWriter(out, 500).line(ends(true, false, "10.0.0.1", "10.0.0.2"));
    for (int i = 0; i < 20; i++) {
      recorder.record(Direction.SENT, TIME, WORDS);
    }
    assertTrue(out.size() <= 500);
    assertTrue(packets().size() >= 2 && packets().size() < 20);
  }
}
