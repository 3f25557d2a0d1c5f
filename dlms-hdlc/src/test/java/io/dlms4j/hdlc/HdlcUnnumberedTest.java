package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UI frames both ways, broadcasts, and the CALLING physical device. */
class HdlcUnnumberedTest {
  private static final HdlcAddress CLIENT = HdlcAddress.client(18);
  private static final HdlcAddress SERVER = HdlcAddress.server(1, 32);
  private static final LinkAddress CONNECTION = new LinkAddress(18, 1, 32);
  private static final Payload APDU = Octets.hex("C1 02 03");
  private static final Payload NONE = Payload.EMPTY;

  private static HdlcFrame command(HdlcAddress server, boolean poll) {
    return new HdlcFrame.Ui(server, CLIENT, poll, Octets.join(LlcHeader.COMMAND.octets(), APDU));
  }

  private static HdlcFrame response(boolean last) {
    return new HdlcFrame.Ui(CLIENT, SERVER, last, Octets.join(LlcHeader.RESPONSE.octets(), APDU));
  }

  private static LinkEvent unconfirmed(int logical, int physical) {
    return new LinkEvent.ReceivedUnconfirmed(new LinkAddress(18, logical, physical), APDU);
  }

  private static HdlcSecondaryConfig.Builder servers() {
    return HdlcSecondaryConfig.builder().device(32, Set.of(1, 16));
  }

  @Nested
  class Server {
    private final HdlcSecondary link = new HdlcSecondary(servers().build());
    private final Station server = new Station(link);

    private void connect() {
      HdlcFrame ua = new HdlcFrame.Ua(CLIENT, SERVER, true, NONE);
      assertEquals(List.of(ua), server.receive(new HdlcFrame.Snrm(SERVER, CLIENT, true, NONE)));
      assertEquals(List.of(new LinkEvent.Up(CONNECTION)), server.events());
    }

    private HdlcFrame ready(int number) {
      return new HdlcFrame.Rr(CLIENT, SERVER, true, number);
    }

    private HdlcFrame dm() {
      return new HdlcFrame.Dm(CLIENT, SERVER, true, NONE);
    }

    private HdlcFrame permission() {
      return new HdlcFrame.Ui(SERVER, CLIENT, true, NONE);
    }

    @Test
    void unnumberedInformationIsDeliveredInEitherModeAndNotAnswered() {
      assertEquals(List.of(), server.receive(command(SERVER, false)));
      assertEquals(List.of(unconfirmed(1, 32)), server.events());
      connect();
      assertEquals(List.of(), server.receive(command(SERVER, false)));
      assertEquals(List.of(unconfirmed(1, 32)), server.events());
      assertEquals(List.of(ready(0)), server.receive(command(SERVER, true)));
      assertEquals(List.of(unconfirmed(1, 32)), server.events());
    }

    @Test
    void unnumberedInformationWithoutLlcHeaderIsDropped() {
      Payload information = Octets.join(LlcHeader.RESPONSE.octets(), APDU);
      HdlcFrame ui = new HdlcFrame.Ui(SERVER, CLIENT, false, information);
      server.receive(ui);
      connect();
      server.receive(ui);
      assertEquals(List.of(), server.events());
    }

    @Test
    void unnumberedInformationAboveWhatWasAgreedIsRejected() {
      connect();
      Payload information = Octets.join(LlcHeader.COMMAND.octets(), Payload.of(new byte[126]));
      HdlcFrame answer = server.receive(new HdlcFrame.Ui(SERVER, CLIENT, true, information)).get(0);
      assertTrue(FrameReject.decode(answer.information()).informationTooLong());
      assertEquals(
          List.of(new LinkEvent.Down(CONNECTION, DownReason.PROTOCOL_ERROR)), server.events());
    }

    @ParameterizedTest
    @CsvSource({
      "127, 127, 2, 1/32 16/32 1/33",
      "16383, 16383, 4, 1/32 16/32 1/33",
      "127, 0, 1, 1/32 16/32 1/33",
      "1, 127, 2, 1/32 1/33",
      "16, 16383, 4, 16/32",
      "127, 32, 2, 1/32 16/32",
      "16383, 33, 4, 1/33",
      "127, 34, 2, ''",
      "17, 127, 2, ''"
    })
    void aBroadcastReachesEverybodyWhomItIsForAndGetsNoAnswer(
        int upper, int lower, int length, String reached) {
      HdlcSecondary two = new HdlcSecondary(servers().device(33, Set.of(1)).build());
      Station line = new Station(two);
      HdlcAddress everybody = new HdlcAddress(upper, lower, length);
      List<LinkEvent> expected =
          reached.isEmpty()
              ? List.of()
              : List.of(reached.split(" ", -1)).stream()
                  .map(station -> station.split("/", -1))
                  .map(parts -> unconfirmed(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])))
                  .toList();
      assertEquals(List.of(), line.receive(command(everybody, false)));
      assertEquals(expected, line.events());
      assertEquals(List.of(), line.receive(command(everybody, true)));
      assertEquals(expected, line.events());
    }

    @Test
    void nothingButUnnumberedInformationToAllStationsHasAnEffect() {
      HdlcAddress everybody = HdlcAddress.server(127, 127);
      HdlcFrame disc = new HdlcFrame.Disc(everybody, CLIENT, true, NONE);
      HdlcFrame i = new HdlcFrame.I(everybody, CLIENT, true, false, 0, 0, APDU);
      assertEquals(
          List.of(), server.receive(new HdlcFrame.Snrm(everybody, CLIENT, true, NONE), disc, i));
      assertEquals(List.of(), server.events());
      connect();
      assertEquals(
          List.of(), server.receive(new HdlcFrame.Snrm(everybody, CLIENT, true, NONE), disc, i));
      assertEquals(List.of(), server.events());
      assertEquals(List.of(ready(0)), server.receive(new HdlcFrame.Rr(SERVER, CLIENT, true, 0)));
    }

    @Test
    void aServersUnnumberedInformationWaitsForAPollAndGoesBeforeWhatElseIsSent() {
      connect();
      assertTrue(link.sendUnconfirmed(CONNECTION, APDU, server.now()));
      assertTrue(link.send(CONNECTION, APDU, server.now()));
      assertEquals(List.of(), server.sent());
      Payload information = Octets.join(LlcHeader.RESPONSE.octets(), APDU);
      HdlcFrame i = new HdlcFrame.I(CLIENT, SERVER, true, false, 0, 0, information);
      assertEquals(
          List.of(response(false), i), server.receive(new HdlcFrame.Rr(SERVER, CLIENT, true, 0)));
      assertEquals(List.of(ready(0)), server.receive(new HdlcFrame.Rr(SERVER, CLIENT, true, 1)));
    }

    @Test
    void inNdmAnEmptyUiFrameGivesTheRightToSend() {
      assertEquals(List.of(dm()), server.receive(permission()));
      assertTrue(link.sendUnconfirmed(CONNECTION, APDU, server.now()));
      assertTrue(link.sendUnconfirmed(CONNECTION, APDU, server.now()));
      assertEquals(List.of(), server.sent());
      assertEquals(List.of(response(false), response(true)), server.receive(permission()));
      assertEquals(List.of(dm()), server.receive(permission()));
      assertEquals(List.of(), server.events());
    }

    @Test
    void whatWaitedInNdmGoesInNrmAsWell() {
      assertTrue(link.sendUnconfirmed(CONNECTION, APDU, server.now()));
      connect();
      assertEquals(List.of(response(false), ready(0)), server.receive(permission()));
    }

    @Test
    void whatCannotGoIsNotTaken() {
      long now = server.now();
      assertFalse(link.sendUnconfirmed(new LinkAddress(18, 2, 32), APDU, now));
      assertFalse(link.sendUnconfirmed(new LinkAddress(0, 1, 32), APDU, now));
      assertFalse(link.sendUnconfirmed(new LinkAddress(127, 1, 32), APDU, now));
      assertFalse(link.sendUnconfirmed(CONNECTION, NONE, now));
      assertFalse(link.sendUnconfirmed(CONNECTION, Payload.of(new byte[126]), now));
      assertTrue(link.sendUnconfirmed(CONNECTION, Payload.of(new byte[125]), now));
      for (int i = 1; i < 64; i++) {
        assertTrue(link.sendUnconfirmed(CONNECTION, APDU, now));
      }
      assertFalse(link.sendUnconfirmed(CONNECTION, APDU, now), "too many wait");
    }

    @Test
    void whatBecameTooLongWithTheAgreementIsDropped() {
      assertTrue(link.sendUnconfirmed(CONNECTION, Payload.of(new byte[125]), server.now()));
      Payload offer = new HdlcParameters(64, 64).encode();
      server.receive(new HdlcFrame.Snrm(SERVER, CLIENT, true, offer));
      assertEquals(List.of(ready(0)), server.receive(permission()));
    }

    @ParameterizedTest
    @CsvSource({"2, 126, 32, 2", "4, 16382, 32, 4", "2, 126, 300, 4"})
    void theCallingDeviceAnswersWithItsOwnAddress(
        int length, int calling, int physical, int answerLength) {
      Station only =
          new Station(
              new HdlcSecondary(HdlcSecondaryConfig.builder().device(physical, Set.of(1)).build()));
      HdlcAddress any = new HdlcAddress(1, calling, length);
      HdlcAddress own = new HdlcAddress(1, physical, answerLength);
      assertEquals(
          List.of(new HdlcFrame.Dm(CLIENT, own, true, NONE)),
          only.receive(new HdlcFrame.Disc(any, CLIENT, true, NONE)));
      assertEquals(
          List.of(new HdlcFrame.Ua(CLIENT, own, true, NONE)),
          only.receive(new HdlcFrame.Snrm(any, CLIENT, true, NONE)));
      assertEquals(List.of(new LinkEvent.Up(new LinkAddress(18, 1, physical))), only.events());
      HdlcFrame answer = new HdlcFrame.Rr(CLIENT, own, true, 0);
      assertEquals(List.of(answer), only.receive(new HdlcFrame.Rr(own, CLIENT, true, 0)));
      assertEquals(List.of(answer), only.receive(new HdlcFrame.Rr(any, CLIENT, true, 0)));
    }

    @Test
    void withSeveralDevicesNobodyKnowsWhoIsCalling() {
      Station two = new Station(new HdlcSecondary(servers().device(33, Set.of(1)).build()));
      assertEquals(
          List.of(),
          two.receive(new HdlcFrame.Snrm(HdlcAddress.server(1, 126), CLIENT, true, NONE)));
      assertEquals(List.of(), two.events());
    }
  }

  @Nested
  class Client {
    private final HdlcPrimary link = new HdlcPrimary(HdlcPrimaryConfig.builder(18, SERVER).build());
    private final Station client = new Station(link);

    private void connect() {
      link.open(client.now());
      client.sent();
      client.receive(new HdlcFrame.Ua(CLIENT, SERVER, true, NONE));
      assertEquals(List.of(new LinkEvent.Up(CONNECTION)), client.events());
    }

    @Test
    void unnumberedInformationGoesAtOnceAndAwaitsNothing() {
      assertTrue(link.sendUnconfirmed(CONNECTION, APDU, client.now()));
      assertEquals(List.of(command(SERVER, false)), client.sent());
      connect();
      assertTrue(link.sendUnconfirmed(CONNECTION, APDU, client.now()));
      assertTrue(link.send(CONNECTION, APDU, client.now()));
      Payload information = Octets.join(LlcHeader.COMMAND.octets(), APDU);
      HdlcFrame i = new HdlcFrame.I(SERVER, CLIENT, true, false, 0, 0, information);
      assertEquals(List.of(command(SERVER, false), i), client.sent());
      assertTrue(link.sendUnconfirmed(CONNECTION, APDU, client.now()));
      assertEquals(List.of(), client.sent(), "it is the server's turn");
      assertEquals(
          List.of(command(SERVER, false)),
          client.receive(new HdlcFrame.Rr(CLIENT, SERVER, true, 1)));
    }

    @ParameterizedTest
    @CsvSource({"127, 127", "1, 127", "127, 32"})
    void unnumberedInformationGoesToAllStations(int logical, int physical) {
      connect();
      LinkAddress everybody = new LinkAddress(18, logical, physical);
      assertTrue(link.sendUnconfirmed(everybody, APDU, client.now()));
      assertEquals(List.of(command(HdlcAddress.server(logical, physical), false)), client.sent());
      assertFalse(link.sendUnconfirmed(everybody, NONE, client.now()));
      assertFalse(link.sendUnconfirmed(everybody, Payload.of(new byte[126]), client.now()));
      assertFalse(link.sendUnconfirmed(new LinkAddress(18, 2, 32), APDU, client.now()));
      assertFalse(link.sendUnconfirmed(new LinkAddress(19, 127, 127), APDU, client.now()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServersUnnumberedInformationIsDeliveredInEitherMode(boolean connected) {
      if (connected) {
        connect();
      }
      assertEquals(List.of(), client.receive(response(false)));
      assertEquals(List.of(unconfirmed(1, 32)), client.events());
    }

    @Test
    void anEmptyPayloadGivesAServerInNdmTheRightToSend() {
      assertTrue(link.sendUnconfirmed(CONNECTION, NONE, client.now()));
      assertEquals(List.of(new HdlcFrame.Ui(SERVER, CLIENT, true, NONE)), client.sent());
      assertTrue(link.sendUnconfirmed(CONNECTION, APDU, client.now()));
      assertEquals(List.of(), client.sent());
      assertEquals(List.of(), client.receive(response(false)));
      assertEquals(List.of(command(SERVER, false)), client.receive(response(true)));
      assertEquals(2, client.events().size());
    }

    @Test
    void aServerThatDoesNotUseItsRightLosesItWhenItsTimeIsUp() {
      assertTrue(link.sendUnconfirmed(CONNECTION, NONE, client.now()));
      assertEquals(1, client.sent().size());
      assertEquals(List.of(), client.wakeAtDeadline());
      assertEquals(Link.NEVER, link.nextDeadline());
      connect();
    }

    @Test
    void whoeverAnswersForTheCallingDeviceIsTheServer() {
      HdlcAddress calling = HdlcAddress.server(1, HdlcAddress.CALLING_PHYSICAL_DEVICE);
      HdlcPrimary caller = new HdlcPrimary(HdlcPrimaryConfig.builder(18, calling).build());
      Station station = new Station(caller);
      caller.open(station.now());
      assertEquals(calling, station.sent().get(0).destination());
      for (HdlcAddress other :
          List.of(
              HdlcAddress.server(2, 32),
              HdlcAddress.logical(1),
              HdlcAddress.server(1, 127),
              HdlcAddress.server(1, 0))) {
        station.receive(new HdlcFrame.Ua(CLIENT, other, true, NONE));
      }
      assertEquals(List.of(), station.events());
      station.receive(new HdlcFrame.Ua(CLIENT, SERVER, true, NONE));
      assertEquals(List.of(new LinkEvent.Up(caller.address())), station.events());
      assertEquals(SERVER, caller.server());
      assertTrue(caller.send(caller.address(), APDU, station.now()));
      assertEquals(SERVER, station.sent().get(0).destination());
      station.receive(new HdlcFrame.Dm(CLIENT, HdlcAddress.server(1, 33), true, NONE));
      assertEquals(List.of(), station.events(), "somebody else's");
      caller.lineLost(station.now());
      caller.open(station.now());
      assertEquals(calling, station.sent().get(0).destination());
    }
  }
}
