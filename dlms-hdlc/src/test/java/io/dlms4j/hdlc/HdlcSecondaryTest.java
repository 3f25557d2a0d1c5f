package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's side alone; HDLC_... names the case of the DLMS UA's abstract test plan. */
class HdlcSecondaryTest {
  private static final HdlcAddress CLIENT = HdlcAddress.client(16);
  private static final HdlcAddress SERVER = HdlcAddress.server(1, 32);
  private static final LinkAddress CONNECTION = new LinkAddress(16, 1, 32);
  private static final Payload NONE = Payload.EMPTY;
  private static final Payload REQUEST = Octets.hex("C0 01 02 03");
  private static final Payload RESPONSE = Octets.hex("C4 01 02 03");

  private final HdlcSecondary link = new HdlcSecondary(config().build());
  private long now = 7 * Bench.SECOND;

  private static HdlcSecondaryConfig.Builder config() {
    return HdlcSecondaryConfig.builder().device(32, Set.of(1, 16));
  }

  private static HdlcFrame snrm(HdlcAddress server, HdlcAddress client) {
    return new HdlcFrame.Snrm(server, client, true, NONE);
  }

  private static HdlcFrame disc(HdlcAddress server, HdlcAddress client) {
    return new HdlcFrame.Disc(server, client, true, NONE);
  }

  private static HdlcFrame dm() {
    return new HdlcFrame.Dm(CLIENT, SERVER, true, NONE);
  }

  private static HdlcFrame rr(int nr) {
    return new HdlcFrame.Rr(SERVER, CLIENT, true, nr);
  }

  private static HdlcFrame ready(int nr) {
    return new HdlcFrame.Rr(CLIENT, SERVER, true, nr);
  }

  private static HdlcFrame request(int ns, int nr) {
    return command(ns, nr, false, Octets.join(LlcHeader.COMMAND.octets(), REQUEST));
  }

  private static HdlcFrame command(int ns, int nr, boolean segmented, Payload information) {
    return new HdlcFrame.I(SERVER, CLIENT, true, segmented, ns, nr, information);
  }

  private static HdlcFrame response(int ns, int nr) {
    return new HdlcFrame.I(
        CLIENT, SERVER, true, false, ns, nr, Octets.join(LlcHeader.RESPONSE.octets(), RESPONSE));
  }

  private @Nullable HdlcFrame answer(HdlcFrame command) {
    return answer(link, command.encodeWithFlags());
  }

  private @Nullable HdlcFrame answer(Link to, Payload octets) {
    to.receive(octets.array(), octets.offset(), octets.length(), now);
    return sent(to);
  }

  private @Nullable HdlcFrame sent(Link by) {
    Payload octets = by.pollTransmit(now);
    assertNull(by.pollTransmit(now), "one poll, one frame");
    return octets == null ? null : HdlcFrame.decode(octets.slice(1, octets.length() - 2));
  }

  private List<LinkEvent> events(Link of) {
    List<LinkEvent> events = new ArrayList<>();
    for (LinkEvent event = of.pollEvent(); event != null; event = of.pollEvent()) {
      events.add(event);
    }
    return events;
  }

  private void connect() {
    assertEquals(new HdlcFrame.Ua(CLIENT, SERVER, true, NONE), answer(snrm(SERVER, CLIENT)));
    assertEquals(List.of(new LinkEvent.Up(CONNECTION)), events(link));
  }

  @Test
  void connectsAndDisconnects() { // HDLC_FRAME_P1
    connect();
    assertEquals(ready(0), answer(rr(0)));
    assertEquals(new HdlcFrame.Ua(CLIENT, SERVER, true, NONE), answer(disc(SERVER, CLIENT)));
    assertEquals(List.of(new LinkEvent.Down(CONNECTION, DownReason.CLOSED_BY_PEER)), events(link));
    assertEquals(dm(), answer(disc(SERVER, CLIENT)));
    assertEquals(List.of(), events(link));
  }

  @Test
  void anIncompleteFrameIsForgottenAfterTheInterOctetTimeOut() { // HDLC_FRAME_P2
    connect();
    Payload octets = snrm(SERVER, CLIENT).encodeWithFlags();
    Payload short1 = Octets.join(octets.slice(0, octets.length() - 2), Octets.hex("7E"));
    assertNull(answer(link, short1));
    now += 600 * Bench.MILLISECOND;
    assertEquals(ready(0), answer(rr(0)));
    assertEquals(List.of(), events(link));
  }

  @Test
  void silenceEndsTheConnectionAfterTheInactivityTimeOut() { // HDLC_FRAME_P3
    connect();
    assertEquals(now + 20 * Bench.SECOND, link.nextDeadline());
    now += 19 * Bench.SECOND;
    assertEquals(ready(0), answer(rr(0)));
    now += 20 * Bench.SECOND - 1;
    link.onDeadline(now);
    assertEquals(List.of(), events(link));
    now += 1;
    link.onDeadline(now);
    assertEquals(List.of(new LinkEvent.Down(CONNECTION, DownReason.INACTIVE)), events(link));
    assertEquals(dm(), answer(disc(SERVER, CLIENT)));
    assertEquals(Link.NEVER, link.nextDeadline());
  }

  @Test
  void anInactivityTimeOutOfZeroNeverComes() {
    Link patient = new HdlcSecondary(config().inactivityTimeout(Duration.ZERO).build());
    assertNotNull(answer(patient, snrm(SERVER, CLIENT).encodeWithFlags()));
    assertEquals(Link.NEVER, patient.nextDeadline());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 1", "1, 1"})
  void aFrameWithoutAFlagGetsSilence(int missingBefore, int missingAfter) { // HDLC_FRAME_N1
    connect();
    now += Bench.SECOND;
    Payload octets = snrm(SERVER, CLIENT).encodeWithFlags();
    Payload cut = octets.slice(missingBefore, octets.length() - missingBefore - missingAfter);
    assertNull(answer(link, cut));
    now += Bench.SECOND;
    assertEquals(ready(0), answer(rr(0)));
    assertEquals(List.of(), events(link));
  }

  @Test
  void aFrameCutShortAnywhereGetsSilence() { // HDLC_FRAME_N2
    Payload octets =
        new HdlcFrame.Snrm(SERVER, CLIENT, true, HdlcParameters.DEFAULT.encode()).encodeWithFlags();
    for (int length = 1; length < octets.length() - 2; length++) {
      Payload cut = Octets.join(octets.slice(0, length), Octets.hex("7E"));
      assertNull(answer(link, cut));
      now += Bench.SECOND;
    }
    assertEquals(List.of(), events(link));
    assertNotNull(answer(link, octets));
    assertEquals(List.of(new LinkEvent.Up(CONNECTION)), events(link));
  }

  @Property(tries = 200)
  void aFrameWithAnyOctetWrongGetsSilenceAndChangesNothing( // HDLC_FRAME_N3, N4, N7, N8
      @ForAll int where, @ForAll int how) {
    HdlcSecondary fresh = new HdlcSecondary(config().build());
    byte[] octets =
        new HdlcFrame.Snrm(SERVER, CLIENT, true, HdlcParameters.DEFAULT.encode())
            .encodeWithFlags()
            .toByteArray();
    int inside = 1 + Math.floorMod(where, octets.length - 2);
    octets[inside] ^= (byte) (1 + Math.floorMod(how, 255));
    assertNull(answer(fresh, Payload.of(octets)));
    now += Bench.SECOND;
    assertEquals(dm(), answer(fresh, disc(SERVER, CLIENT).encodeWithFlags()));
    assertEquals(List.of(), events(fresh));
  }

  @Test
  void anUnknownControlFieldIsRejectedUntilTheLayerIsSetUpAnew() { // HDLC_FRAME_N5
    connect();
    HdlcFrame unknown = new HdlcFrame.Undefined(SERVER, CLIENT, 0xFF, NONE);
    HdlcFrame rejection =
        new HdlcFrame.Frmr(
            CLIENT,
            SERVER,
            true,
            new FrameReject(0xFF, 0, 0, false, true, false, false, false).encode());
    assertEquals(rejection, answer(unknown));
    assertEquals(List.of(new LinkEvent.Down(CONNECTION, DownReason.PROTOCOL_ERROR)), events(link));
    assertEquals(rejection, answer(rr(0)));
    assertEquals(rejection, answer(request(0, 0)));
    assertEquals(List.of(), events(link));
    connect();
    assertEquals(ready(0), answer(rr(0)));
  }

  @Test
  void inDisconnectedModeAnUnknownControlFieldIsAnsweredAsAnyPoll() {
    assertEquals(dm(), answer(new HdlcFrame.Undefined(SERVER, CLIENT, 0xFF, NONE)));
    assertNull(answer(new HdlcFrame.Undefined(SERVER, CLIENT, 0xEF, NONE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A0 0B 00 02 04 01 00 21 93", // HDLC_ADDRESS_N1: a client address of two octets
        "A0 0B 00 02 00 41 20 21 93", // the same, where both addresses would be ours but for that
        "A0 09 00 02 05 21 93", // HDLC_ADDRESS_N7: a destination of three octets
        "A0 08 04 41 21 93", // HDLC_ADDRESS_N4: an unknown logical device
        "A0 08 02 43 21 93", // an unknown physical device
        "A0 08 FE FF 21 93", // all stations
        "A0 08 02 41 01 93", // a client that is nobody
        "A0 08 02 41 FF 93", // a client that is everybody
        "A0 08 02 41 21 83" // SNRM without P
      })
  void whatIsNotForUsGetsSilence(String content) {
    byte[] octets = Octets.hex("7E " + content + " 00 00 7E").array();
    octets[2] = (byte) (octets.length - 2);
    Fcs16.append(octets, 1, octets.length - 4);
    assertNull(answer(link, Payload.of(octets)));
    assertEquals(List.of(), events(link));
  }

  @Test
  void aFrameInAnotherFormOfAddressThanTheConnectionGetsSilence() { // HDLC_ADDRESS_N6
    connect();
    assertNull(answer(new HdlcFrame.Rr(HdlcAddress.logical(1), CLIENT, true, 0)));
    assertNull(answer(disc(new HdlcAddress(1, 32, 4), CLIENT)));
    assertEquals(ready(0), answer(rr(0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void theAnswerHasTheFormOfAddressOfTheRequest(int length) {
    HdlcAddress server = new HdlcAddress(1, length == 1 ? 0 : 32, length);
    assertEquals(new HdlcFrame.Ua(CLIENT, server, true, NONE), answer(snrm(server, CLIENT)));
    assertEquals(List.of(new LinkEvent.Up(CONNECTION)), events(link));
  }

  @Test
  void withSeveralPhysicalDevicesAnUpperAddressAloneNamesNone() {
    Link two = new HdlcSecondary(config().device(33, Set.of(1)).build());
    assertNull(answer(two, snrm(HdlcAddress.logical(1), CLIENT).encodeWithFlags()));
    HdlcAddress other = HdlcAddress.server(1, 33);
    assertNotNull(answer(two, snrm(SERVER, CLIENT).encodeWithFlags()));
    assertNotNull(answer(two, snrm(other, CLIENT).encodeWithFlags()));
    assertEquals(
        List.of(new LinkEvent.Up(CONNECTION), new LinkEvent.Up(new LinkAddress(16, 1, 33))),
        events(two));
    assertNull(answer(two, snrm(HdlcAddress.server(16, 33), CLIENT).encodeWithFlags()));
  }

  @ParameterizedTest
  @CsvSource({"2030, 2030, 1010, 1010", "64, 100, 100, 64", "512, 128, 128, 512"})
  void noMoreIsAgreedToThanWasOffered( // HDLC_NDM2NRM_P1, P2
      int offeredTransmit, int offeredReceive, int transmit, int receive) {
    Payload offer = new HdlcParameters(offeredTransmit, offeredReceive, 4, 7).encode();
    HdlcFrame ua = answer(new HdlcFrame.Snrm(SERVER, CLIENT, true, offer));
    assertNotNull(ua);
    assertEquals(
        new HdlcParameters(transmit, receive, 1, 1), HdlcParameters.decode(ua.information()));
  }

  @Test
  void parametersThatCannotBeReadChangeNothing() {
    assertNull(answer(new HdlcFrame.Snrm(SERVER, CLIENT, true, Octets.hex("81 80 05"))));
    assertEquals(List.of(), events(link));
    assertEquals(dm(), answer(rr(0)));
  }

  @Test
  void whatOtherClientsDoConcernsNobodyElse() {
    connect();
    HdlcAddress other = HdlcAddress.client(18);
    assertEquals(new HdlcFrame.Ua(other, SERVER, true, NONE), answer(snrm(SERVER, other)));
    assertEquals(new HdlcFrame.Ua(other, SERVER, true, NONE), answer(disc(SERVER, other)));
    events(link);
    assertEquals(ready(0), answer(rr(0)));
  }

  @Test
  void connectionsBeyondTheLimitAreRefused() {
    Link narrow = new HdlcSecondary(config().maxConnections(1).build());
    assertNotNull(answer(narrow, snrm(SERVER, HdlcAddress.client(18)).encodeWithFlags()));
    assertEquals(dm(), answer(narrow, snrm(SERVER, CLIENT).encodeWithFlags()));
    assertEquals(1, events(narrow).size());
    assertNotNull(answer(narrow, disc(SERVER, HdlcAddress.client(18)).encodeWithFlags()));
    assertEquals(
        new HdlcFrame.Ua(CLIENT, SERVER, true, NONE),
        answer(narrow, snrm(SERVER, CLIENT).encodeWithFlags()));
  }

  @Test
  void aRequestIsAnsweredAsSoonAsTheLayerAboveHasAnAnswer() { // HDLC_INFO_P1
    connect();
    assertNull(answer(request(0, 0)));
    assertEquals(List.of(new LinkEvent.Received(CONNECTION, REQUEST)), events(link));
    now += 499 * Bench.MILLISECOND;
    assertNull(sent(link));
    assertTrue(link.send(CONNECTION, RESPONSE, now));
    assertEquals(response(0, 1), sent(link));
  }

  @Test
  void aClientIsToldToAskAgainWhenTheAnswerTakesLonger() {
    connect();
    assertNull(answer(request(0, 0)));
    now += 500 * Bench.MILLISECOND;
    assertEquals(now, link.nextDeadline());
    assertEquals(ready(1), sent(link));
    assertEquals(ready(1), answer(rr(0)));
    assertTrue(link.send(CONNECTION, RESPONSE, now));
    assertNull(sent(link), "nothing is sent unasked");
    assertEquals(response(0, 1), answer(rr(0)));
    assertEquals(ready(1), answer(rr(1)));
  }

  @Test
  void aClientNeedNotWaitWhereThereWillBeNoAnswer() {
    connect();
    assertNull(answer(request(0, 0)));
    link.setAwaited(CONNECTION, 1, now);
    assertNull(sent(link));
    link.setAwaited(CONNECTION, 0, now);
    assertEquals(ready(1), sent(link));
    link.setAwaited(new LinkAddress(17, 1, 32), 0, now);
    assertNull(answer(request(1, 0)));
  }

  @Test
  void aRequestThatComesTwiceIsDeliveredOnceAndAnsweredTwice() {
    connect();
    assertNull(answer(request(0, 0)));
    events(link);
    assertTrue(link.send(CONNECTION, RESPONSE, now));
    assertEquals(response(0, 1), sent(link));
    assertEquals(response(0, 1), answer(request(0, 0)));
    assertEquals(List.of(), events(link));
    assertNull(answer(request(1, 1)));
    assertEquals(1, events(link).size());
  }

  @Test
  void aResponseThatWasLostComesAgainWhenPolled() {
    connect();
    assertNull(answer(request(0, 0)));
    assertTrue(link.send(CONNECTION, RESPONSE, now));
    assertEquals(response(0, 1), sent(link));
    assertEquals(response(0, 1), answer(rr(0)));
    assertEquals(ready(1), answer(rr(1)));
  }

  @Test
  void aClientThatIsNotReadyGetsNoInformation() {
    connect();
    assertNull(answer(request(0, 0)));
    assertTrue(link.send(CONNECTION, RESPONSE, now));
    assertEquals(response(0, 1), sent(link));
    assertTrue(link.send(CONNECTION, RESPONSE, now));
    assertEquals(ready(1), answer(new HdlcFrame.Rnr(SERVER, CLIENT, true, 1)));
    assertEquals(response(1, 1), answer(rr(1)));
  }

  @Test
  void anInformationFieldAboveWhatWasAgreedIsRejected() { // HDLC_INFO_N1
    connect();
    assertEquals(ready(1), answer(command(0, 0, true, Payload.of(new byte[128]))));
    assertEquals(
        new HdlcFrame.Frmr(
            CLIENT,
            SERVER,
            true,
            new FrameReject(0x12, 0, 1, false, false, false, true, false).encode()),
        answer(command(1, 0, true, Payload.of(new byte[129]))));
  }

  @Test
  void aPayloadAboveTheLimitIsRejected() {
    Link narrow = new HdlcSecondary(config().maxPayloadLength(200).build());
    assertNotNull(answer(narrow, snrm(SERVER, CLIENT).encodeWithFlags()));
    Payload segment = Payload.of(new byte[102]);
    assertEquals(ready(1), answer(narrow, command(0, 0, true, segment).encodeWithFlags()));
    HdlcFrame rejection = answer(narrow, command(1, 0, true, segment).encodeWithFlags());
    HdlcFrame.Frmr frmr = assertInstanceOf(HdlcFrame.Frmr.class, rejection);
    assertTrue(FrameReject.decode(frmr.information()).informationTooLong());
  }

  @Test
  void anAcknowledgementOfWhatWasNeverSentIsRejected() { // HDLC_INFO_N2
    connect();
    assertEquals(
        new HdlcFrame.Frmr(
            CLIENT,
            SERVER,
            true,
            new FrameReject(0x31, 0, 0, false, false, false, false, true).encode()),
        answer(rr(1)));
    assertEquals(List.of(new LinkEvent.Down(CONNECTION, DownReason.PROTOCOL_ERROR)), events(link));
  }

  @Test
  void aFrameOutOfSequenceIsAnsweredWithTheExpectedNumberAndNotDelivered() { // HDLC_INFO_N3
    connect();
    assertEquals(ready(0), answer(request(1, 0)));
    assertEquals(List.of(), events(link));
  }

  @Test
  void informationInDisconnectedModeIsNotDelivered() { // HDLC_NDMOP_N1
    assertEquals(dm(), answer(request(0, 0)));
    assertEquals(List.of(), events(link));
  }

  @Test
  void aPayloadWithoutLlcHeaderIsAcknowledgedAndDropped() {
    connect();
    assertEquals(ready(1), answer(command(0, 0, false, Octets.hex("E6 E7 00 C0 01"))));
    assertEquals(List.of(), events(link));
  }

  @Test
  void settingUpALiveConnectionStartsItAnew() {
    connect();
    assertNull(answer(request(0, 0)));
    assertTrue(link.send(CONNECTION, RESPONSE, now));
    events(link);
    connect();
    assertEquals(ready(0), answer(rr(0)), "what was queued before is gone");
  }

  @Test
  void closingAndALostLineEndEveryConnection() {
    connect();
    link.close(now);
    assertEquals(List.of(new LinkEvent.Down(CONNECTION, DownReason.CLOSED)), events(link));
    assertEquals(dm(), answer(rr(0)));
    connect();
    link.lineLost(now);
    assertEquals(List.of(new LinkEvent.Down(CONNECTION, DownReason.LINE_LOST)), events(link));
    assertEquals(Link.NEVER, link.nextDeadline());
  }

  @Test
  void aFloodOfFramesLeavesABoundedNumberOfEvents() {
    Payload snrm = snrm(SERVER, CLIENT).encodeWithFlags();
    for (int i = 0; i < 5000; i++) {
      link.receive(snrm.array(), snrm.offset(), snrm.length(), now);
    }
    assertEquals(1024, events(link).size());
    Payload disc = disc(HdlcAddress.server(16, 32), CLIENT).encodeWithFlags();
    for (int i = 0; i < 5000; i++) {
      link.receive(disc.array(), disc.offset(), disc.length(), now);
    }
    int answers = 0;
    while (link.pollTransmit(now) != null) {
      answers++;
    }
    assertTrue(answers <= 1025, answers + " answers");
  }

  @Property(tries = 100)
  void arbitraryFramesNeverThrowAndAreAnsweredOneByOne(@ForAll long seed) {
    Random random = new Random(seed);
    HdlcSecondary fresh = new HdlcSecondary(config().build());
    Set<LinkAddress> up = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      // Any control field, with or without information, from one of two clients.
      int information = random.nextBoolean() ? 0 : 2 + 1 + random.nextInt(20);
      byte[] octets = Octets.random(random, 1 + 2 + 2 + 1 + 1 + information + 2 + 1).array();
      octets[0] = 0x7E;
      octets[1] = (byte) (0xA0 | (random.nextInt(4) == 0 ? 8 : 0));
      octets[2] = (byte) (octets.length - 2);
      SERVER.write(octets, 3);
      HdlcAddress.client(16 + random.nextInt(2)).write(octets, 5);
      if (information > 0) {
        Fcs16.append(octets, 1, 6);
      }
      Fcs16.append(octets, 1, octets.length - 4);
      octets[octets.length - 1] = 0x7E;
      answer(fresh, Payload.of(octets));
      for (LinkEvent event : events(fresh)) {
        if (event instanceof LinkEvent.Up) {
          up.add(event.address());
        } else {
          assertTrue(up.contains(event.address()), "an event of a connection that is not up");
          if (event instanceof LinkEvent.Down) {
            up.remove(event.address());
          }
        }
      }
      now += Bench.SECOND;
      fresh.onDeadline(now);
    }
  }

  @Test
  void configurationsThatCannotWorkAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> HdlcSecondaryConfig.builder().build());
    assertThrows(IllegalArgumentException.class, () -> config().device(0, Set.of(1)).build());
    assertThrows(IllegalArgumentException.class, () -> config().device(126, Set.of(1)).build());
    assertThrows(IllegalArgumentException.class, () -> config().device(127, Set.of(1)).build());
    assertThrows(IllegalArgumentException.class, () -> config().device(40, Set.of(0)).build());
    assertThrows(
        IllegalArgumentException.class,
        () -> config().inactivityTimeout(Duration.ofSeconds(-1)).build());
  }
}
