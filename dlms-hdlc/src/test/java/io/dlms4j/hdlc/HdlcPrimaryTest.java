package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The client's side alone. */
class HdlcPrimaryTest {
  private static final HdlcAddress CLIENT = HdlcAddress.client(18);
  private static final HdlcAddress SERVER = HdlcAddress.server(16, 32);
  private static final LinkAddress CONNECTION = new LinkAddress(18, 16, 32);
  private static final Payload NONE = Payload.EMPTY;
  private static final Payload REQUEST = Octets.hex("C0 01 02 03");
  private static final Payload RESPONSE = Octets.hex("C4 01 02 03");

  private final HdlcPrimary link = new HdlcPrimary(HdlcPrimaryConfig.builder(18, SERVER).build());
  private long now = 5 * Bench.SECOND;

  private static HdlcFrame ua() {
    return new HdlcFrame.Ua(CLIENT, SERVER, true, NONE);
  }

  private static HdlcFrame request(int ns, int nr) {
    return new HdlcFrame.I(
        SERVER, CLIENT, true, false, ns, nr, Octets.join(LlcHeader.COMMAND.octets(), REQUEST));
  }

  private static HdlcFrame response(int ns, int nr) {
    return response(ns, nr, false, Octets.join(LlcHeader.RESPONSE.octets(), RESPONSE));
  }

  private static HdlcFrame response(int ns, int nr, boolean segmented, Payload information) {
    return new HdlcFrame.I(CLIENT, SERVER, true, segmented, ns, nr, information);
  }

  private static HdlcFrame ready(int nr) {
    return new HdlcFrame.Rr(CLIENT, SERVER, true, nr);
  }

  private static HdlcFrame poll(int nr) {
    return new HdlcFrame.Rr(SERVER, CLIENT, true, nr);
  }

  private @Nullable HdlcFrame sent() {
    Payload octets = link.pollTransmit(now);
    assertNull(link.pollTransmit(now), "one command at a time");
    return octets == null ? null : HdlcFrame.decode(octets.slice(1, octets.length() - 2));
  }

  private void receive(HdlcFrame frame) {
    receive(frame.encodeWithFlags());
  }

  private void receive(Payload octets) {
    link.receive(octets.array(), octets.offset(), octets.length(), now);
  }

  private void wakeAtDeadline() {
    now = link.nextDeadline();
    link.onDeadline(now);
  }

  private void connect() {
    link.open(now);
    assertTrue(sent() instanceof HdlcFrame.Snrm);
    receive(ua());
    assertEquals(new LinkEvent.Up(CONNECTION), link.pollEvent());
    assertNull(sent());
  }

  private void goesDown(DownReason reason) {
    assertEquals(new LinkEvent.Down(CONNECTION, reason), link.pollEvent());
    assertNull(link.pollEvent());
    assertNull(sent());
    assertEquals(Link.NEVER, link.nextDeadline());
    assertFalse(link.send(CONNECTION, REQUEST, now));
  }

  @Test
  void aSilentPeerIsGivenUpAfterAllRetransmissions() {
    link.open(now);
    long start = now;
    for (int i = 0; i < 3; i++) {
      assertTrue(sent() instanceof HdlcFrame.Snrm);
      wakeAtDeadline();
    }
    assertEquals(start + 6 * Bench.SECOND, now);
    goesDown(DownReason.NO_ANSWER);
  }

  @Test
  void onASlowLineTheResponseTimeoutCountsFromTheEndOfTheFrame() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    long left = now + 3 * Bench.SECOND;
    link.transmitted(left);
    assertEquals(left + 2 * Bench.SECOND, link.nextDeadline());
    now = left + Bench.SECOND;
    link.onDeadline(now);
    assertNull(sent());
    receive(response(0, 1));
    assertEquals(new LinkEvent.Received(CONNECTION, RESPONSE), link.pollEvent());
    link.transmitted(now);
    assertEquals(Link.NEVER, link.nextDeadline());
  }

  @Test
  void aPeerThatSendsNothingButNoiseIsGivenUpAsWell() {
    link.open(now);
    assertTrue(sent() instanceof HdlcFrame.Snrm);
    Payload endless = Octets.join(Octets.hex("7E A7 FF"), Payload.of(new byte[50]));
    int rounds = 0;
    LinkEvent event = null;
    while (event == null) {
      now += 100 * Bench.MILLISECOND;
      link.onDeadline(now);
      sent();
      receive(endless);
      event = link.pollEvent();
      rounds++;
      assertTrue(rounds < 1000, "still waiting after " + rounds / 10 + " s");
    }
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.NO_ANSWER), event);
  }

  @Test
  void anAnswerThatIsStillComingInIsWaitedFor() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    Payload slow = response(0, 1).encodeWithFlags();
    for (int i = 0; i < slow.length(); i++) {
      now += 400 * Bench.MILLISECOND;
      link.onDeadline(now);
      assertNull(sent(), "no second command while the answer comes in");
      receive(slow.slice(i, 1));
    }
    assertEquals(new LinkEvent.Received(CONNECTION, RESPONSE), link.pollEvent());
  }

  @Test
  void aRefusedConnectionSaysSo() {
    link.open(now);
    assertTrue(sent() instanceof HdlcFrame.Snrm);
    receive(new HdlcFrame.Dm(CLIENT, SERVER, true, NONE));
    goesDown(DownReason.REFUSED);
  }

  @Test
  void whatComesFromElsewhereIsNotAnAnswer() {
    link.open(now);
    assertTrue(sent() instanceof HdlcFrame.Snrm);
    receive(new HdlcFrame.Ua(HdlcAddress.client(19), SERVER, true, NONE));
    receive(new HdlcFrame.Ua(CLIENT, HdlcAddress.logical(16), true, NONE));
    receive(new HdlcFrame.Ua(CLIENT, SERVER, false, NONE));
    assertNull(link.pollEvent());
    receive(ua());
    assertEquals(new LinkEvent.Up(CONNECTION), link.pollEvent());
  }

  @Test
  void noLongerInformationFieldIsSentThanTheServerAgreedTo() {
    link.open(now);
    assertTrue(sent() instanceof HdlcFrame.Snrm);
    receive(new HdlcFrame.Ua(CLIENT, SERVER, true, new HdlcParameters(2030, 5, 1, 1).encode()));
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(
        new HdlcFrame.I(SERVER, CLIENT, true, true, 0, 0, Octets.hex("E6 E6 00 C0 01")), sent());
    receive(ready(1));
    assertEquals(new HdlcFrame.I(SERVER, CLIENT, true, false, 1, 0, Octets.hex("02 03")), sent());
  }

  @Test
  void segmentsOfAnAnswerAreAskedForOneByOne() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    receive(response(0, 1, true, Octets.hex("E6")));
    assertEquals(poll(1), sent());
    receive(response(1, 1, true, Octets.hex("E7 00 C4")));
    assertEquals(poll(2), sent());
    assertNull(link.pollEvent());
    receive(response(2, 1, false, Octets.hex("01 02 03")));
    assertEquals(new LinkEvent.Received(CONNECTION, RESPONSE), link.pollEvent());
    assertNull(sent());
  }

  @Test
  void aDuplicateAnswerIsNotDeliveredTwiceNorTakenForTheNextAnswer() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    receive(response(0, 1));
    assertEquals(new LinkEvent.Received(CONNECTION, RESPONSE), link.pollEvent());
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(1, 1), sent());
    receive(response(0, 1));
    assertNull(link.pollEvent());
    assertNull(sent(), "the answer to the second request is still awaited");
    wakeAtDeadline();
    assertEquals(request(1, 1), sent());
  }

  @Test
  void readinessThatDoesNotAcknowledgeTheRequestLeavesItToGoAgain() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    long start = now;
    receive(ready(0));
    assertNull(sent(), "it may be the late answer to an earlier command");
    wakeAtDeadline();
    assertEquals(start + 2 * Bench.SECOND, now);
    assertEquals(request(0, 0), sent());
  }

  @Test
  void informationThatDoesNotAcknowledgeTheRequestLeavesItToGoAgain() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    receive(response(0, 0));
    assertEquals(new LinkEvent.Received(CONNECTION, RESPONSE), link.pollEvent());
    assertNull(sent());
    wakeAtDeadline();
    assertEquals(request(0, 1), sent());
  }

  @Test
  void informationFromAServerThatWasNotReadySaysThatItIs() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    receive(new HdlcFrame.Rnr(CLIENT, SERVER, true, 0));
    assertNull(sent());
    receive(response(0, 0));
    assertEquals(request(0, 1), sent());
  }

  @Test
  void aServerThatNeedsTimeIsAskedEveryPollInterval() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    for (int i = 0; i < 100; i++) {
      receive(ready(1));
      assertNull(sent());
      assertEquals(now + 200 * Bench.MILLISECOND, link.nextDeadline());
      wakeAtDeadline();
      assertEquals(poll(0), sent());
    }
    receive(response(0, 1));
    assertEquals(new LinkEvent.Received(CONNECTION, RESPONSE), link.pollEvent());
    assertEquals(Link.NEVER, link.nextDeadline());
  }

  @Test
  void whatTheUserAwaitsIsAskedForAlsoAfterSomethingElseHasCome() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    receive(response(0, 1));
    assertEquals(new LinkEvent.Received(CONNECTION, RESPONSE), link.pollEvent());
    assertEquals(Link.NEVER, link.nextDeadline());
    link.setAwaited(CONNECTION, 1, now);
    assertEquals(poll(1), sent());
    link.setAwaited(CONNECTION, 1, now);
    assertNull(sent());
    receive(response(1, 1));
    assertEquals(new LinkEvent.Received(CONNECTION, RESPONSE), link.pollEvent());
    link.setAwaited(CONNECTION, 0, now);
    assertNull(sent());
    assertEquals(Link.NEVER, link.nextDeadline());
  }

  @Test
  void whatTheUserDoesNotAwaitIsNotAskedFor() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    link.setAwaited(CONNECTION, 0, now);
    receive(ready(1));
    assertNull(sent());
    assertEquals(Link.NEVER, link.nextDeadline());
  }

  @Test
  void aServerThatIsNotReadyGetsTheRequestAgainWhenItIs() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    receive(new HdlcFrame.Rnr(CLIENT, SERVER, true, 0));
    assertNull(sent());
    wakeAtDeadline();
    assertEquals(poll(0), sent());
    receive(ready(0));
    assertEquals(request(0, 0), sent());
  }

  @Test
  void aServerThatLostTheConnectionTakesItDown() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    receive(new HdlcFrame.Dm(CLIENT, SERVER, true, NONE));
    goesDown(DownReason.CLOSED_BY_PEER);
  }

  @Test
  void aRejectedFrameTakesTheConnectionDown() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    receive(new HdlcFrame.Frmr(CLIENT, SERVER, true, Octets.hex("10 00 01")));
    goesDown(DownReason.PROTOCOL_ERROR);
  }

  @Test
  void anAnswerAboveTheLimitTakesTheConnectionDown() {
    HdlcPrimary narrow =
        new HdlcPrimary(HdlcPrimaryConfig.builder(18, SERVER).maxPayloadLength(10).build());
    narrow.open(now);
    narrow.pollTransmit(now);
    Payload ua = ua().encodeWithFlags();
    narrow.receive(ua.array(), ua.offset(), ua.length(), now);
    Payload large = response(0, 0, true, Payload.of(new byte[14])).encodeWithFlags();
    narrow.receive(large.array(), large.offset(), large.length(), now);
    assertEquals(new LinkEvent.Up(CONNECTION), narrow.pollEvent());
    assertEquals(new LinkEvent.Down(CONNECTION, DownReason.PROTOCOL_ERROR), narrow.pollEvent());
  }

  @Test
  void anAgreementThatCannotBeReadTakesTheConnectionDown() {
    link.open(now);
    assertTrue(sent() instanceof HdlcFrame.Snrm);
    receive(new HdlcFrame.Ua(CLIENT, SERVER, true, Octets.hex("81 80 05")));
    goesDown(DownReason.PROTOCOL_ERROR);
  }

  @Test
  void closingWithoutAnAnswerTakesOneResponseTimeOut() {
    connect();
    link.close(now);
    assertEquals(new HdlcFrame.Disc(SERVER, CLIENT, true, NONE), sent());
    long start = now;
    wakeAtDeadline();
    assertEquals(start + 2 * Bench.SECOND, now);
    goesDown(DownReason.CLOSED);
  }

  @Test
  void aConnectionCanBeSetUpAgainAfterItWentDown() {
    connect();
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
    link.lineLost(now);
    goesDown(DownReason.LINE_LOST);
    connect();
    assertNull(sent(), "what was queued before is gone");
    assertTrue(link.send(CONNECTION, REQUEST, now));
    assertEquals(request(0, 0), sent());
  }

  @Test
  void tooManyWaitingPayloadsAreRefused() {
    connect();
    int taken = 0;
    while (link.send(CONNECTION, REQUEST, now)) {
      taken++;
      assertTrue(taken < 1000);
    }
    assertTrue(taken >= 16);
  }

  @Property(tries = 200)
  void arbitraryFramesNeverThrowAndNeverHangTheLink(@ForAll long seed) {
    Random random = new Random(seed);
    HdlcPrimary fresh = new HdlcPrimary(HdlcPrimaryConfig.builder(18, SERVER).build());
    long time = 0;
    fresh.open(time);
    Payload ua = ua().encodeWithFlags();
    for (int i = 0; i < 50; i++) {
      fresh.pollTransmit(time);
      if (i == 0) {
        fresh.receive(ua.array(), ua.offset(), ua.length(), time);
      }
      fresh.send(CONNECTION, REQUEST, time);
      int information = random.nextBoolean() ? 0 : 2 + 1 + random.nextInt(20);
      byte[] octets = Octets.random(random, 1 + 2 + 1 + 2 + 1 + information + 2 + 1).array();
      octets[0] = 0x7E;
      octets[1] = (byte) (0xA0 | (random.nextInt(4) == 0 ? 8 : 0));
      octets[2] = (byte) (octets.length - 2);
      CLIENT.write(octets, 3);
      SERVER.write(octets, 4);
      if (information > 0) {
        Fcs16.append(octets, 1, 6);
      }
      Fcs16.append(octets, 1, octets.length - 4);
      octets[octets.length - 1] = 0x7E;
      fresh.receive(octets, 0, octets.length, time);
      time += random.nextInt(1000) * Bench.MILLISECOND;
      fresh.onDeadline(time);
    }
    fresh.close(time);
    int wakes = 0;
    while (fresh.nextDeadline() != Link.NEVER || fresh.pollTransmit(time) != null) {
      if (fresh.nextDeadline() != Link.NEVER) {
        time = Math.max(time, fresh.nextDeadline());
        fresh.onDeadline(time);
      }
      wakes++;
      assertTrue(wakes < 10, "the link does not come to rest");
    }
    LinkEvent last = null;
    for (LinkEvent event = fresh.pollEvent(); event != null; event = fresh.pollEvent()) {
      last = event;
    }
    assertTrue(last instanceof LinkEvent.Down);
  }

  @Test
  void configurationsThatCannotWorkAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> HdlcPrimaryConfig.builder(0, SERVER).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> HdlcPrimaryConfig.builder(16, HdlcAddress.logical(127)).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> HdlcPrimaryConfig.builder(16, SERVER).responseTimeout(Duration.ZERO).build());
  }
}
