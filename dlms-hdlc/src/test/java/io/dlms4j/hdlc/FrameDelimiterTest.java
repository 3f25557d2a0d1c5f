package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrameDelimiterTest {
  private static final long INTER_OCTET = 500;
  private static final HdlcAddress CLIENT = HdlcAddress.client(16);
  private static final HdlcAddress SERVER = HdlcAddress.server(1, 32);

  private final List<Payload> found = new ArrayList<>();
  private final FrameDelimiter delimiter = new FrameDelimiter(INTER_OCTET, 2047, this::take);

  private static HdlcFrame frame(Payload information) {
    return new HdlcFrame.I(SERVER, CLIENT, true, false, 0, 0, information);
  }

  private void receive(Payload octets, long now) {
    delimiter.receive(octets.array(), octets.offset(), octets.length(), now);
  }

  private void take(byte[] octets, int offset, int length, long now) {
    found.add(Payload.of(Payload.of(octets, offset, length).toByteArray()));
  }

  @Property(tries = 200)
  void framesAreFoundInAnyChunking(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
    startAnew();
    Random random = new Random(seed);
    List<Payload> sent = new ArrayList<>();
    Payload line = Payload.EMPTY;
    for (int i = 0; i < count; i++) {
      // Flags are frequent in this information, and every other frame shares its opening flag.
      byte[] information = Octets.random(random, 1 + random.nextInt(60)).array();
      information[random.nextInt(information.length)] = 0x7E;
      HdlcFrame frame = frame(Payload.of(information));
      sent.add(frame.encode());
      Payload octets = frame.encodeWithFlags();
      boolean shared = i > 0 && random.nextBoolean();
      line = Octets.join(line, shared ? octets.slice(1, octets.length() - 1) : octets);
    }
    feedInPieces(line, random);
    assertEquals(sent, found);
  }

  /** The tries of a property share one instance. */
  private void startAnew() {
    found.clear();
    delimiter.reset();
  }

  private void feedInPieces(Payload line, Random random) {
    int at = 0;
    while (at < line.length()) {
      int length = Math.min(line.length() - at, 1 + random.nextInt(1 + random.nextInt(80)));
      receive(line.slice(at, length), 0);
      at += length;
    }
  }

  @Property(tries = 300)
  void theGoodFrameAfterAnyNoiseIsFound(
      @ForAll long seed, @ForAll @IntRange(max = 5000) int noise) {
    startAnew();
    Random random = new Random(seed);
    byte[] octets = Octets.random(random, noise).array();
    for (int i = 0; i < octets.length; i++) {
      // Make the noise look like beginnings of frames more often than it would by itself.
      int dice = random.nextInt(8);
      if (dice == 0) {
        octets[i] = 0x7E;
      } else if (dice == 1) {
        octets[i] = (byte) (0xA0 | random.nextInt(8));
      }
    }
    HdlcFrame good = frame(Octets.random(random, 100));
    feedInPieces(Octets.join(Payload.of(octets), good.encodeWithFlags()), random);
    delimiter.expire(INTER_OCTET);
    // By chance, one noise in some ten thousand holds a frame with a good FCS as well.
    assertTrue(found.contains(good.encode()));
    assertFalse(delimiter.isPartial());
  }

  @Test
  void anOctetTooLateEndsThePartialFrame() {
    Payload octets = frame(Octets.hex("01 02 03")).encodeWithFlags();
    receive(octets.slice(0, 8), 1000);
    assertEquals(1000 + INTER_OCTET, delimiter.deadline());
    receive(octets.slice(8, octets.length() - 8), 1000 + INTER_OCTET);
    assertEquals(List.of(), found);
    receive(octets, 1000 + INTER_OCTET);
    assertEquals(List.of(octets.slice(1, octets.length() - 2)), found);
  }

  @Test
  void anOctetJustInTimeCompletesTheFrame() {
    Payload octets = frame(Octets.hex("01 02 03")).encodeWithFlags();
    for (int i = 0; i < octets.length(); i++) {
      receive(octets.slice(i, 1), i * (INTER_OCTET - 1));
    }
    assertEquals(1, found.size());
  }

  @Test
  void aFrameHiddenBehindALyingLengthFieldIsFoundWhenTheTimeIsUp() {
    Payload octets = frame(Octets.hex("01 02 03")).encodeWithFlags();
    receive(Octets.join(Octets.hex("7E A7 FF"), octets), 0);
    assertEquals(List.of(), found);
    delimiter.expire(delimiter.deadline());
    assertEquals(1, found.size());
  }

  @Test
  void aClosingFlagOpensTheNextFrameOnlyForAsLongAsOctetsFollow() {
    Payload octets = frame(Octets.hex("01 02 03")).encodeWithFlags();
    Payload withoutOpening = octets.slice(1, octets.length() - 1);
    receive(octets, 0);
    receive(withoutOpening, INTER_OCTET - 1);
    assertEquals(2, found.size());
    assertEquals(Link.NEVER, delimiter.deadline());
    receive(withoutOpening, 2 * INTER_OCTET);
    assertEquals(2, found.size());
  }

  @Test
  void framesAboveTheLimitAreNoise() {
    FrameDelimiter narrow = new FrameDelimiter(INTER_OCTET, 100, this::take);
    Payload large = frame(Payload.of(new byte[100])).encodeWithFlags();
    Payload small = frame(Payload.of(new byte[10])).encodeWithFlags();
    Payload line = Octets.join(large, small);
    narrow.receive(line.array(), 0, line.length(), 0);
    assertEquals(List.of(small.slice(1, small.length() - 2)), found);
  }

  @Test
  void framesOfEveryLengthAreFoundAndRead() {
    // Format field, two addresses, control field and FCS make 7 octets, and an HCS two more.
    for (int length = 7; length <= 2047; length++) {
      if (length > 7 && length < 10) {
        continue; // No room for an HCS and what it announces.
      }
      startAnew();
      byte[] octets = Octets.random(new Random(length), length + 2).array();
      octets[0] = 0x7E;
      octets[1] = (byte) (0xA0 | length >>> 8);
      octets[2] = (byte) length;
      octets[3] = 0x03;
      octets[4] = 0x21;
      octets[5] = 0x10;
      Fcs16.append(octets, 1, 5);
      Fcs16.append(octets, 1, length - 2);
      octets[length + 1] = 0x7E;
      receive(Payload.of(octets), 0);
      assertEquals(1, found.size(), "length " + length);
      HdlcFrame frame = HdlcFrame.decode(found.get(0));
      assertEquals(Math.max(0, length - 9), frame.information().length());
    }
  }

  @Test
  void theLargestFrameIsFound() {
    Payload octets =
        new HdlcFrame.I(
                HdlcAddress.server(300, 300), CLIENT, true, false, 0, 0, Payload.of(new byte[2030]))
            .encodeWithFlags();
    receive(octets, 0);
    assertEquals(1, found.size());
  }

  @Test
  void noiseOfNothingButBeginningsIsWorkedOffInTime() {
    byte[] noise = new byte[300_000];
    for (int i = 0; i + 3 <= noise.length; i += 3) {
      noise[i] = 0x7E;
      noise[i + 1] = (byte) 0xA7;
      noise[i + 2] = (byte) 0xFE;
    }
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> receive(Payload.of(noise), 0));
    assertTrue(found.isEmpty());
    Payload octets = frame(Octets.hex("01 02 03")).encodeWithFlags();
    receive(octets, INTER_OCTET);
    assertEquals(1, found.size());
  }
}
