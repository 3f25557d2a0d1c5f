package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcFrame;
import io.dlms4j.link.Payload;
import io.dlms4j.transport.HeaderDecoder.Decoded;
import io.dlms4j.transport.LineRecorder.Direction;
import io.dlms4j.wrapper.Wpdu;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HexLogTest {
  private static final Instant TIME = Instant.parse("2026-11-20T10:15:30.250Z");
  private static final InetSocketAddress HERE =
      InetSocketAddress.createUnresolved("127.0.0.1", 50_000);
  private static final InetSocketAddress THERE =
      InetSocketAddress.createUnresolved("127.0.0.1", 1025);
  private static final LineEnds STREAM = new LineEnds(true, false, HERE, THERE);
  private static final LineEnds DATAGRAMS = new LineEnds(true, true, HERE, THERE);
  private static final Payload SNRM =
      new HdlcFrame.Snrm(HdlcAddress.logical(16), HdlcAddress.client(1), true, Payload.EMPTY)
          .encodeWithFlags();

  private final StringWriter out = new StringWriter();

  @Test
  void aPieceIsWrittenWithTimeDirectionRowsAndFrames() {
    LineRecorder recorder = new HexLog(out, HeaderDecoder.wrapper()).line(STREAM);
    recorder.record(Direction.SENT, TIME, new Wpdu(16, 1, Payload.of(new byte[10])).encode());
    recorder.record(Direction.RECEIVED, TIME, Payload.of(new byte[] {0}));
    assertEquals(
        """
        2026-11-20T10:15:30.250Z sent to 127.0.0.1:1025, 18 octets
          0000  00 01 00 10 00 01 00 0A 00 00 00 00 00 00 00 00
          0010  00 00
          WPDU 16 -> 1, data 10
        2026-11-20T10:15:30.250Z received from 127.0.0.1:1025, 1 octet
          0000  00
        """,
        out.toString());
  }

  @Test
  void aFrameInSeveralPiecesIsDescribedWithItsLast() {
    LineRecorder recorder = new HexLog(out, HeaderDecoder.hdlc()).line(STREAM);
    for (int i = 0; i < SNRM.length(); i++) {
      assertFalse(out.toString().contains("SNRM"));
      recorder.record(Direction.RECEIVED, TIME, SNRM.slice(i, 1));
    }
    assertTrue(out.toString().endsWith("  HDLC SNRM P/F, 1 -> 16, FCS ok\n"));
  }

  @Test
  void directionsAndLinesDoNotMix() {
    HexLog log = new HexLog(out, HeaderDecoder.hdlc());
    LineRecorder one = log.line(STREAM);
    LineRecorder two = log.line(STREAM);
    int half = SNRM.length() / 2;
    Payload first = SNRM.slice(0, half);
    Payload rest = SNRM.slice(half, SNRM.length() - half);
    one.record(Direction.SENT, TIME, first);
    one.record(Direction.RECEIVED, TIME, first);
    two.record(Direction.SENT, TIME, first);
    assertFalse(out.toString().contains("HDLC"));
    one.record(Direction.SENT, TIME, rest);
    two.record(Direction.SENT, TIME, rest);
    one.record(Direction.RECEIVED, TIME, rest);
    assertEquals(3, lines("HDLC SNRM").size());
  }

  private List<String> lines(String part) {
    return out.toString().lines().filter(line -> line.contains(part)).toList();
  }

  @Test
  void whatADatagramLeavesUnfinishedDoesNotReachIntoTheNext() {
    LineRecorder recorder = new HexLog(out, HeaderDecoder.wrapper()).line(DATAGRAMS);
    Payload unit = new Wpdu(16, 1, Payload.of(new byte[3])).encode();
    recorder.record(Direction.SENT, TIME, unit.slice(0, 10));
    assertEquals(1, lines("  not whole: 10 octets").size());
    recorder.record(Direction.SENT, TIME, unit);
    assertEquals(1, lines("WPDU 16 -> 1, data 3").size());
    assertEquals(1, lines("  not whole").size());
  }

  @Test
  void aFrameOfHdlcIsAllThereIsInItsDatagram() {
    LineRecorder recorder = new HexLog(out, HeaderDecoder.hdlc()).line(DATAGRAMS);
    recorder.record(Direction.SENT, TIME, SNRM);
    recorder.record(Direction.SENT, TIME, SNRM);
    assertEquals(2, lines("HDLC SNRM").size());
    assertEquals(0, lines("not whole").size());
  }

  @Test
  void aDecoderThatWaitsForEverIsNotWaitedFor() {
    LineRecorder recorder = new HexLog(out, octets -> null).line(STREAM);
    Payload piece = Payload.of(new byte[30_000]);
    recorder.record(Direction.SENT, TIME, piece);
    recorder.record(Direction.SENT, TIME, piece);
    assertEquals(0, lines("not whole").size());
    recorder.record(Direction.SENT, TIME, piece);
    assertEquals(1, lines("  not whole: 90000 octets").size());
    recorder.record(Direction.SENT, TIME, piece);
    assertEquals(1, lines("not whole").size());
  }

  @Test
  void aDecoderThatTakesNothingEndsAllTheSame() {
    LineRecorder recorder = new HexLog(out, octets -> new Decoded(0, "x")).line(STREAM);
    recorder.record(Direction.SENT, TIME, Payload.of(new byte[3]));
    assertEquals(3, lines("  x").size());
  }

  @Test
  void aLogEndsWhenItIsAsLongAsItMayBe() {
    HexLog log = new HexLog(out, HeaderDecoder.none(), 200);
    LineRecorder recorder = log.line(STREAM);
    for (int i = 0; i < 10; i++) {
      recorder.record(Direction.SENT, TIME, SNRM);
    }
    assertTrue(out.toString().endsWith("the log is as long as it may be\n"));
    assertEquals(1, lines("the log is").size());
    assertEquals(2, lines("sent to").size());
  }

  @Test
  void aLogThatCannotBeWrittenSaysSo() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] octets, int offset, int length) throws IOException {
            throw new IOException("the disk is full");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    LineRecorder recorder = new HexLog(full, HeaderDecoder.none()).line(STREAM);
    assertThrows(UncheckedIOException.class, () -> recorder.record(Direction.SENT, TIME, SNRM));
  }

  @Property(tries = 50)
  void anyChunkingDescribesTheSameFrames(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int longest) {
    Random random = new Random(seed);
    byte[] stream = new byte[0];
    for (int i = 0; i < 5; i++) {
      byte[] next =
          new HdlcFrame.Ui(
                  HdlcAddress.logical(1),
                  HdlcAddress.client(16),
                  false,
                  Payload.of(new byte[1 + random.nextInt(100)]))
              .encodeWithFlags()
              .toByteArray();
      stream = Arrays.copyOf(stream, stream.length + next.length);
      System.arraycopy(next, 0, stream, stream.length - next.length, next.length);
    }
    assertEquals(frames(stream, random, stream.length + 1), frames(stream, random, longest));
  }

  private static List<String> frames(byte[] stream, Random random, int longest) {
    StringWriter out = new StringWriter();
    LineRecorder recorder = new HexLog(out, HeaderDecoder.hdlc()).line(STREAM);
    int at = 0;
    while (at < stream.length) {
      int count = Math.min(stream.length - at, 1 + random.nextInt(longest));
      byte[] piece = Arrays.copyOfRange(stream, at, at + count);
      recorder.record(Direction.SENT, TIME, Payload.of(piece));
      Arrays.fill(piece, (byte) 0x55);
      at += count;
    }
    List<String> frames = out.toString().lines().filter(line -> line.contains("HDLC")).toList();
    assertEquals(5, frames.size());
    return frames;
  }
}
