package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A server that tells a client in UI frames, unasked. */
class HdlcUnnumberedLinkTest {
  private static final HdlcUnnumberedConfig SMALL =
      HdlcUnnumberedConfig.DEFAULT.withMaxInformationFieldLength(32);
  private static final HdlcAddress SERVER = HdlcAddress.server(1, 17);
  private static final LinkAddress ADDRESS = new LinkAddress(16, 1, 17);

  private final HdlcUnnumberedLink meter = HdlcUnnumberedLink.telling(SERVER, 16, SMALL);
  private final HdlcUnnumberedLink headEnd = HdlcUnnumberedLink.listening(SMALL);

  private static Payload payload(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (i * 7 + 1);
    }
    return Payload.of(octets);
  }

  private static byte[] octets(Payload payload) {
    return Arrays.copyOfRange(
        payload.array(), payload.offset(), payload.offset() + payload.length());
  }

  private static List<byte[]> frames(Link link) {
    List<byte[]> frames = new ArrayList<>();
    for (Payload out = link.pollTransmit(1); out != null; out = link.pollTransmit(1)) {
      frames.add(octets(out));
    }
    return frames;
  }

  private List<byte[]> told(int length) {
    meter.open(1);
    assertTrue(meter.send(ADDRESS, payload(length), 1));
    return frames(meter);
  }

  private static byte[] received(Link link) {
    LinkEvent.ReceivedUnconfirmed event =
        assertInstanceOf(LinkEvent.ReceivedUnconfirmed.class, link.pollEvent());
    assertEquals(ADDRESS, event.address());
    return octets(event.payload());
  }

  private static void give(Link link, byte[] octets, long now) {
    link.receive(octets, 0, octets.length, now);
  }

  @Test
  void aShortApduGoesInOneFrameAsTheBookHasIt() {
    List<byte[]> frames = told(1);
    assertEquals(1, frames.size());
    byte[] frame = frames.get(0);
    // flag, format type 3 without segmentation, client 16, server 1 and 17, UI, ..., E6 E7 00
    assertEquals(0x7E, frame[0]);
    assertEquals((byte) 0xA0, frame[1]);
    assertEquals(0x21, frame[3]);
    assertEquals(0x02, frame[4]);
    assertEquals(0x23, frame[5]);
    assertEquals(0x03, frame[6]);
    assertEquals((byte) 0xE7, frame[10]);
    give(headEnd, frame, 1);
    assertEquals(1, received(headEnd).length);
  }

  @Property(tries = 200)
  void anApduOfAnyLengthArrivesWholeInAnyPieces(
      @ForAll @IntRange(min = 1, max = 500) int length,
      @ForAll @IntRange(min = 1, max = 50) int piece) {
    HdlcUnnumberedLink from = HdlcUnnumberedLink.telling(SERVER, 16, SMALL);
    HdlcUnnumberedLink to = HdlcUnnumberedLink.listening(SMALL);
    from.open(1);
    assertTrue(from.send(ADDRESS, payload(length), 1));
    for (byte[] frame : frames(from)) {
      for (int at = 0; at < frame.length; at += piece) {
        to.receive(frame, at, Math.min(piece, frame.length - at), 1);
      }
    }
    assertEquals(Arrays.toString(octets(payload(length))), Arrays.toString(received(to)));
    assertNull(to.pollEvent());
    assertEquals(Link.NEVER, to.nextDeadline());
  }

  @Test
  void theClientAnswersWhomItHasHeardOf() {
    assertFalse(headEnd.send(ADDRESS, payload(3), 1));
    give(headEnd, told(3).get(0), 1);
    assertTrue(headEnd.send(ADDRESS, payload(40), 1));
    meter.pollEvent();
    frames(headEnd).forEach(frame -> give(meter, frame, 1));
    assertEquals(40, received(meter).length);
    assertFalse(headEnd.send(new LinkAddress(16, 2, 17), payload(3), 1));
  }

  @Test
  void segmentsThatStopComingAreForgotten() {
    List<byte[]> frames = told(90);
    assertTrue(frames.size() > 2);
    give(headEnd, frames.get(0), 1);
    long late = headEnd.nextDeadline();
    assertEquals(1 + SMALL.segmentTimeout().toNanos(), late);
    headEnd.onDeadline(late);
    assertEquals(Link.NEVER, headEnd.nextDeadline());
    for (byte[] rest : frames.subList(1, frames.size())) {
      give(headEnd, rest, late);
    }
    // They begin with no LLC header.
    assertNull(headEnd.pollEvent());
  }

  @Test
  void aPayloadAboveTheLimitIsNeitherSentNorPutTogether() {
    HdlcUnnumberedConfig short100 =
        new HdlcUnnumberedConfig(32, Duration.ofSeconds(1), Duration.ofSeconds(1), 100);
    HdlcUnnumberedLink sender = HdlcUnnumberedLink.telling(SERVER, 16, short100);
    sender.open(1);
    assertFalse(sender.send(ADDRESS, payload(101), 1));
    assertFalse(sender.send(ADDRESS, payload(0), 1));
    HdlcUnnumberedLink listener = HdlcUnnumberedLink.listening(short100);
    told(101).forEach(frame -> give(listener, frame, 1));
    assertNull(listener.pollEvent());
    told(100).forEach(frame -> give(listener, frame, 1));
    assertEquals(100, received(listener).length);
  }

  @Test
  void twoServersMayTellInTurns() {
    HdlcUnnumberedLink other = HdlcUnnumberedLink.telling(HdlcAddress.server(1, 18), 16, SMALL);
    other.open(1);
    assertTrue(other.send(new LinkAddress(16, 1, 18), payload(90), 1));
    List<byte[]> one = told(90);
    List<byte[]> two = frames(other);
    for (int i = 0; i < one.size(); i++) {
      give(headEnd, one.get(i), 1);
      give(headEnd, two.get(i), 1);
    }
    assertEquals(90, received(headEnd).length);
    assertEquals(
        new LinkAddress(16, 1, 18),
        assertInstanceOf(LinkEvent.ReceivedUnconfirmed.class, headEnd.pollEvent()).address());
  }

  @Test
  void aServerIsUpFromOpenToCloseAndHearsItsClientOnly() {
    meter.open(1);
    assertInstanceOf(LinkEvent.Up.class, meter.pollEvent());
    HdlcUnnumberedLink stranger = HdlcUnnumberedLink.telling(SERVER, 17, SMALL);
    stranger.open(1);
    assertTrue(stranger.send(new LinkAddress(17, 1, 17), payload(1), 1));
    frames(stranger).forEach(frame -> give(meter, frame, 1));
    assertNull(meter.pollEvent());
    meter.close(1);
    assertInstanceOf(LinkEvent.Down.class, meter.pollEvent());
    assertFalse(meter.send(ADDRESS, payload(1), 1));
    meter.lineLost(1);
    assertNull(meter.pollEvent());
  }

  @Property(tries = 300)
  void anyOctetsAreTakenWithoutHarm(
      @ForAll @Size(max = 300) byte[] noise, @ForAll boolean flagged) {
    HdlcUnnumberedLink link = HdlcUnnumberedLink.listening(SMALL);
    byte[] octets = noise.clone();
    if (flagged && octets.length > 1) {
      octets[0] = 0x7E;
      octets[1] = (byte) (0xA0 | (octets[1] & 0x0F));
    }
    give(link, octets, 1);
    link.onDeadline(Duration.ofHours(1).toNanos());
    assertEquals(Link.NEVER, link.nextDeadline());
    // The next frame is found all the same.
    HdlcUnnumberedLink from = HdlcUnnumberedLink.telling(SERVER, 16, SMALL);
    from.open(1);
    assertTrue(from.send(ADDRESS, payload(5), 1));
    while (link.pollEvent() != null) {
      // By chance the noise was a frame.
    }
    give(link, frames(from).get(0), Duration.ofHours(2).toNanos());
    assertEquals(5, received(link).length);
  }

  @Test
  void limitsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> SMALL.withMaxInformationFieldLength(31));
    assertThrows(
        IllegalArgumentException.class,
        () -> new HdlcUnnumberedConfig(128, Duration.ZERO, Duration.ofSeconds(1), 100));
  }
}
