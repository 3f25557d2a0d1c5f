package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns of several I frames, and stations that are not ready, frame by frame. */
class HdlcWindowTest {
  private static final HdlcAddress CLIENT = HdlcAddress.client(18);
  private static final HdlcAddress SERVER = HdlcAddress.server(16, 32);
  private static final LinkAddress CONNECTION = new LinkAddress(18, 16, 32);

  /** Two octets of payload after the LLC header in the first segment, five in all others. */
  private static final int SEGMENT = 5;

  private static Payload numbered(int octets) {
    byte[] payload = new byte[octets];
    for (int i = 0; i < octets; i++) {
      payload[i] = (byte) i;
    }
    return Payload.of(payload);
  }

  /** The I frames of a payload from a number on, with P or F on none of them. */
  private static List<HdlcFrame> segments(
      HdlcAddress to, HdlcAddress from, int firstNumber, int receiveNumber, Payload payload) {
    LlcHeader header = to.equals(SERVER) ? LlcHeader.COMMAND : LlcHeader.RESPONSE;
    Payload all = Octets.join(header.octets(), payload);
    List<HdlcFrame> frames = new ArrayList<>();
    for (int at = 0; at < all.length(); at += SEGMENT) {
      int length = Math.min(SEGMENT, all.length() - at);
      boolean more = at + length < all.length();
      int number = firstNumber + frames.size() & 7;
      frames.add(
          new HdlcFrame.I(to, from, false, more, number, receiveNumber, all.slice(at, length)));
    }
    return frames;
  }

  private static HdlcFrame polling(HdlcFrame frame) {
    HdlcFrame.I i = (HdlcFrame.I) frame;
    return new HdlcFrame.I(
        i.destination(),
        i.source(),
        true,
        i.segmented(),
        i.sendSequenceNumber(),
        i.receiveSequenceNumber(),
        i.information());
  }

  /** Some frames in a row, with P or F on the last. */
  private static List<HdlcFrame> turn(List<HdlcFrame> frames, int from, int to) {
    List<HdlcFrame> turn = new ArrayList<>(frames.subList(from, to));
    turn.set(turn.size() - 1, polling(turn.get(turn.size() - 1)));
    return turn;
  }

  private static HdlcFrame[] array(List<HdlcFrame> frames) {
    return frames.toArray(HdlcFrame[]::new);
  }

  @Nested
  class Server {
    private final HdlcSecondary link =
        new HdlcSecondary(
            HdlcSecondaryConfig.builder()
                .device(32, Set.of(16))
                .parameters(new HdlcParameters(2030, 2030, 7, 7))
                .build());
    private final Station server = new Station(link);

    private HdlcFrame ready(int number) {
      return new HdlcFrame.Rr(CLIENT, SERVER, true, number);
    }

    private HdlcFrame notReady(int number) {
      return new HdlcFrame.Rnr(CLIENT, SERVER, true, number);
    }

    private HdlcFrame poll(int number) {
      return new HdlcFrame.Rr(SERVER, CLIENT, true, number);
    }

    private void connect(int window) {
      HdlcParameters offer = new HdlcParameters(SEGMENT, SEGMENT, window, window);
      List<HdlcFrame> answer =
          server.receive(new HdlcFrame.Snrm(SERVER, CLIENT, true, offer.encode()));
      assertEquals(offer, HdlcParameters.decode(answer.get(0).information()));
      assertEquals(List.of(new LinkEvent.Up(CONNECTION)), server.events());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 7, 7, 1, 1", "7, 7, 1, 1, 1, 1", "3, 5, 4, 2, 4, 2", "7, 2, 7, 7, 2, 7"})
    void noLargerWindowIsAgreedToThanWasOfferedOrConfigured(
        int offeredTransmit,
        int offeredReceive,
        int mostTransmit,
        int mostReceive,
        int transmit,
        int receive) {
      Station narrow =
          new Station(
              new HdlcSecondary(
                  HdlcSecondaryConfig.builder()
                      .device(32, Set.of(16))
                      .parameters(new HdlcParameters(128, 128, mostTransmit, mostReceive))
                      .build()));
      Payload offer = new HdlcParameters(128, 128, offeredTransmit, offeredReceive).encode();
      HdlcFrame ua = narrow.receive(new HdlcFrame.Snrm(SERVER, CLIENT, true, offer)).get(0);
      HdlcParameters agreed = HdlcParameters.decode(ua.information());
      assertEquals(transmit, agreed.windowSizeTransmit());
      assertEquals(receive, agreed.windowSizeReceive());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void anAnswerGoesInTurnsOfTheWindowWithFOnTheLastFrame(int window) {
      connect(window);
      Payload answer = numbered(70);
      List<HdlcFrame> frames = segments(CLIENT, SERVER, 0, 0, answer);
      assertEquals(15, frames.size());
      assertTrue(link.send(CONNECTION, answer, server.now()));
      assertEquals(List.of(), server.sent(), "nothing is sent unasked");
      for (int at = 0; at < frames.size(); at += window) {
        int end = Math.min(frames.size(), at + window);
        assertEquals(turn(frames, at, end), server.receive(poll(at & 7)));
        assertEquals(List.of(), server.sent());
      }
      assertEquals(List.of(ready(0)), server.receive(poll(frames.size() & 7)));
    }

    @Test
    void whatAClientDoesNotAcknowledgeGoesAgainAndTheWindowMovesOn() {
      connect(3);
      Payload answer = numbered(40);
      List<HdlcFrame> frames = segments(CLIENT, SERVER, 0, 0, answer);
      assertTrue(link.send(CONNECTION, answer, server.now()));
      assertEquals(turn(frames, 0, 3), server.receive(poll(0)));
      assertEquals(turn(frames, 0, 3), server.receive(poll(0)), "the turn was lost");
      assertEquals(turn(frames, 1, 4), server.receive(poll(1)), "frame 1 was lost");
      assertEquals(turn(frames, 4, 7), server.receive(poll(4)));
    }

    @Test
    void framesWithoutPGetNoReplyAndTheOneWithPAcknowledgesAll() {
      connect(7);
      Payload request = numbered(30);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, request);
      assertEquals(7, frames.size());
      for (HdlcFrame frame : frames.subList(0, 6)) {
        assertEquals(List.of(), server.receive(frame));
      }
      assertEquals(List.of(), server.receive(polling(frames.get(6))), "the user may answer");
      assertEquals(List.of(new LinkEvent.Received(CONNECTION, request)), server.events());
      assertEquals(List.of(ready(7)), server.wakeAtDeadline());
    }

    @Test
    void aLostFrameIsAskedForByItsNumberAndWhatFollowedIsDropped() {
      connect(4);
      Payload request = numbered(12);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, request);
      assertEquals(3, frames.size());
      assertEquals(List.of(ready(1)), server.receive(frames.get(0), polling(frames.get(2))));
      assertEquals(List.of(), server.events());
      assertEquals(List.of(ready(1)), server.receive(polling(frames.get(2))));
      assertEquals(List.of(), server.receive(frames.get(1), polling(frames.get(2))));
      assertEquals(List.of(new LinkEvent.Received(CONNECTION, request)), server.events());
      assertEquals(List.of(ready(3)), server.wakeAtDeadline());
    }

    @Test
    void aTurnThatComesTwiceIsDeliveredOnce() {
      connect(4);
      Payload request = numbered(12);
      HdlcFrame[] frames = array(turn(segments(SERVER, CLIENT, 0, 0, request), 0, 3));
      assertEquals(List.of(), server.receive(frames));
      assertEquals(List.of(ready(3)), server.receive(frames));
      assertEquals(List.of(new LinkEvent.Received(CONNECTION, request)), server.events());
    }

    @Test
    void severalRequestsInOneTurnAreAnsweredInOne() {
      connect(4);
      List<HdlcFrame> requests = new ArrayList<>(segments(SERVER, CLIENT, 0, 0, numbered(2)));
      requests.addAll(segments(SERVER, CLIENT, 1, 0, numbered(1)));
      assertEquals(List.of(), server.receive(array(turn(requests, 0, 2))));
      assertEquals(2, server.events().size());
      assertTrue(link.send(CONNECTION, numbered(1), server.now()));
      assertTrue(link.send(CONNECTION, numbered(2), server.now()));
      List<HdlcFrame> answers = new ArrayList<>(segments(CLIENT, SERVER, 0, 2, numbered(1)));
      answers.addAll(segments(CLIENT, SERVER, 1, 2, numbered(2)));
      assertEquals(turn(answers, 0, 2), server.sent());
    }

    @Test
    void aServerThatIsNotReadyDropsInformationAndSaysSo() {
      connect(2);
      HdlcFrame request = polling(segments(SERVER, CLIENT, 0, 0, numbered(2)).get(0));
      link.setReady(CONNECTION, false, server.now());
      assertEquals(List.of(notReady(0)), server.receive(request));
      assertEquals(List.of(notReady(0)), server.receive(poll(0)));
      link.setReady(CONNECTION, true, server.now());
      assertEquals(List.of(), server.events());
      assertEquals(List.of(ready(0)), server.receive(poll(0)));
      assertEquals(List.of(), server.receive(request));
      assertEquals(List.of(new LinkEvent.Received(CONNECTION, numbered(2))), server.events());
    }

    @Test
    void aClientWhoseFrameWasDroppedIsToldEvenIfTheServerIsReadyAgainByThen() {
      connect(2);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, numbered(4));
      link.setReady(CONNECTION, false, server.now());
      assertEquals(List.of(), server.receive(frames.get(0)));
      link.setReady(CONNECTION, true, server.now());
      assertEquals(List.of(notReady(0)), server.receive(polling(frames.get(1))));
      assertEquals(List.of(ready(0)), server.receive(poll(0)));
    }

    @Test
    void aServerThatIsNotReadyStillSendsAndEndsItsTurnWithRnr() {
      connect(2);
      assertTrue(link.send(CONNECTION, numbered(4), server.now()));
      link.setReady(CONNECTION, false, server.now());
      List<HdlcFrame> expected = new ArrayList<>(segments(CLIENT, SERVER, 0, 0, numbered(4)));
      expected.add(notReady(0));
      assertEquals(expected, server.receive(poll(0)));
    }

    @Test
    void aClientThatIsNotReadyGetsNothingBeforeItPollsWithSomethingElse() {
      connect(3);
      assertTrue(link.send(CONNECTION, numbered(2), server.now()));
      HdlcFrame rnr = new HdlcFrame.Rnr(SERVER, CLIENT, true, 0);
      List<HdlcFrame> requests = segments(SERVER, CLIENT, 0, 0, numbered(4));
      assertEquals(List.of(ready(0)), server.receive(rnr));
      assertEquals(List.of(ready(2)), server.receive(requests.get(0), requests.get(1), rnr));
      List<HdlcFrame> answer = segments(CLIENT, SERVER, 0, 2, numbered(2));
      assertEquals(turn(answer, 0, 1), server.receive(poll(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x19, 0x1D, 0x39, 0x09})
    void rejAndSrejAreUnknownControlFields(int control) {
      connect(4);
      List<HdlcFrame> answer =
          server.receive(new HdlcFrame.Undefined(SERVER, CLIENT, control, Payload.EMPTY));
      FrameReject reason = new FrameReject(control, 0, 0, false, true, false, false, false);
      HdlcFrame frmr = new HdlcFrame.Frmr(CLIENT, SERVER, true, reason.encode());
      assertEquals((control & 0x10) != 0 ? List.of(frmr) : List.of(), answer);
      assertEquals(
          List.of(new LinkEvent.Down(CONNECTION, DownReason.PROTOCOL_ERROR)), server.events());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x11, 0x15})
    void readinessWithAnInformationFieldIsRejected(int control) {
      connect(4);
      List<HdlcFrame> answer =
          server.receive("20 41 25 " + Integer.toHexString(control), "01 02 03");
      FrameReject reason = new FrameReject(control, 0, 0, false, true, true, false, false);
      assertEquals(List.of(new HdlcFrame.Frmr(CLIENT, SERVER, true, reason.encode())), answer);
    }
  }

  @Nested
  class Client {
    private HdlcPrimary link = new HdlcPrimary(config(7).build());
    private Station client = new Station(link);

    private HdlcPrimaryConfig.Builder config(int window) {
      return HdlcPrimaryConfig.builder(18, SERVER)
          .parameters(new HdlcParameters(SEGMENT, SEGMENT, window, window));
    }

    private HdlcFrame ready(int number) {
      return new HdlcFrame.Rr(CLIENT, SERVER, true, number);
    }

    private HdlcFrame poll(int number) {
      return new HdlcFrame.Rr(SERVER, CLIENT, true, number);
    }

    private void connect(int window) {
      link = new HdlcPrimary(config(window).build());
      client = new Station(link);
      link.open(client.now());
      assertEquals(1, client.sent().size());
      HdlcParameters agreed = new HdlcParameters(SEGMENT, SEGMENT, 7, 7);
      client.receive(new HdlcFrame.Ua(CLIENT, SERVER, true, agreed.encode()));
      assertEquals(List.of(new LinkEvent.Up(CONNECTION)), client.events());
    }

    private List<HdlcFrame> send(Payload payload) {
      assertTrue(link.send(CONNECTION, payload, client.now()));
      return client.sent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void aRequestGoesInTurnsOfTheWindowWithPOnTheLastFrame(int window) {
      connect(window);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, numbered(70));
      List<HdlcFrame> sent = send(numbered(70));
      for (int at = 0; at < frames.size(); at += window) {
        int end = Math.min(frames.size(), at + window);
        assertEquals(turn(frames, at, end), sent);
        assertEquals(List.of(), client.sent(), "it is the server's turn");
        sent = client.receive(ready(end & 7));
      }
      assertEquals(List.of(), sent);
    }

    @Test
    void aServersWindowIsNeverExceeded() {
      link.open(client.now());
      client.sent();
      HdlcParameters narrow = new HdlcParameters(SEGMENT, SEGMENT, 1, 2);
      client.receive(new HdlcFrame.Ua(CLIENT, SERVER, true, narrow.encode()));
      assertEquals(turn(segments(SERVER, CLIENT, 0, 0, numbered(30)), 0, 2), send(numbered(30)));
    }

    @Test
    void whatAnAnswerDoesNotAcknowledgeGoesAgainAtOnce() {
      connect(4);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, numbered(40));
      assertEquals(turn(frames, 0, 4), send(numbered(40)));
      assertEquals(turn(frames, 2, 6), client.receive(ready(2)), "frame 2 was lost");
      assertEquals(turn(frames, 6, 9), client.receive(ready(6)));
    }

    @Test
    void aTurnWhoseFirstFrameWasLostGoesAgainAtOnce() {
      connect(4);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, numbered(40));
      assertEquals(turn(frames, 0, 4), send(numbered(40)));
      assertEquals(turn(frames, 0, 4), client.receive(ready(0)));
      assertEquals(turn(frames, 4, 8), client.receive(ready(4)));
    }

    @Test
    void aSecondAnswerToATurnThatWentTwiceIsPassedOver() {
      connect(2);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, numbered(40));
      assertEquals(turn(frames, 0, 2), send(numbered(40)));
      assertEquals(turn(frames, 0, 2), client.wakeAtDeadline());
      assertEquals(turn(frames, 2, 4), client.receive(ready(2)));
      assertEquals(
          List.of(), client.receive(ready(2)), "or two turns would be in the air for ever");
      assertEquals(turn(frames, 4, 6), client.receive(ready(4)));
    }

    @Test
    void anAnswerThatDoesNotComeMakesTheTurnGoAgainN2Times() {
      connect(3);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, numbered(12));
      assertEquals(turn(frames, 0, 3), send(numbered(12)));
      assertEquals(turn(frames, 0, 3), client.wakeAtDeadline());
      assertEquals(turn(frames, 0, 3), client.wakeAtDeadline());
      assertEquals(List.of(), client.wakeAtDeadline());
      assertEquals(List.of(new LinkEvent.Down(CONNECTION, DownReason.NO_ANSWER)), client.events());
    }

    @Test
    void anAcknowledgementOfWhatWasNeverSentIsNoAnswer() {
      connect(3);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, numbered(40));
      assertEquals(turn(frames, 0, 3), send(numbered(40)));
      HdlcFrame answer = segments(CLIENT, SERVER, 0, 4, numbered(2)).get(0);
      assertEquals(List.of(), client.receive(ready(4), polling(answer)));
      assertEquals(List.of(), client.events());
      assertEquals(turn(frames, 3, 6), client.receive(ready(3)));
    }

    @Test
    void aGapInAnAnswerIsAskedForAtOnce() {
      connect(3);
      assertEquals(1, send(numbered(2)).size());
      List<HdlcFrame> answer = turn(segments(CLIENT, SERVER, 0, 1, numbered(12)), 0, 3);
      assertEquals(List.of(poll(1)), client.receive(answer.get(0), answer.get(2)));
      assertEquals(List.of(), client.events());
      assertEquals(List.of(), client.receive(answer.get(1), answer.get(2)));
      assertEquals(List.of(new LinkEvent.Received(CONNECTION, numbered(12))), client.events());
    }

    @Test
    void anAnswerWhoseLastFrameIsLostIsAskedForWhenItsTimeIsUp() {
      connect(3);
      assertEquals(1, send(numbered(2)).size());
      List<HdlcFrame> answer = turn(segments(CLIENT, SERVER, 0, 1, numbered(12)), 0, 3);
      assertEquals(List.of(), client.receive(answer.get(0), answer.get(1)));
      assertEquals(List.of(poll(2)), client.wakeAtDeadline());
      assertEquals(List.of(), client.receive(answer.get(2)));
      assertEquals(List.of(new LinkEvent.Received(CONNECTION, numbered(12))), client.events());
      assertEquals(Link.NEVER, link.nextDeadline());
    }

    @Test
    void aServerIsPolledUntilEveryRequestHasItsAnswer() {
      connect(3);
      assertTrue(link.send(CONNECTION, numbered(1), client.now()));
      assertEquals(2, send(numbered(2)).size());
      HdlcFrame first = polling(segments(CLIENT, SERVER, 0, 2, numbered(1)).get(0));
      HdlcFrame second = polling(segments(CLIENT, SERVER, 1, 2, numbered(2)).get(0));
      assertEquals(List.of(poll(1)), client.receive(first));
      assertEquals(List.of(), client.receive(ready(2)));
      assertEquals(List.of(poll(1)), client.wakeAtDeadline());
      assertEquals(List.of(), client.receive(second));
      assertEquals(2, client.events().size());
      assertEquals(Link.NEVER, link.nextDeadline());
    }

    @Test
    void aServerThatIsNotReadyGetsTheRestOfItsRequestWhenItIs() {
      connect(2);
      List<HdlcFrame> frames = segments(SERVER, CLIENT, 0, 0, numbered(20));
      assertEquals(turn(frames, 0, 2), send(numbered(20)));
      HdlcFrame rnr = new HdlcFrame.Rnr(CLIENT, SERVER, true, 1);
      assertEquals(List.of(), client.receive(rnr));
      assertEquals(List.of(poll(0)), client.wakeAtDeadline());
      assertEquals(List.of(), client.receive(rnr));
      assertEquals(List.of(poll(0)), client.wakeAtDeadline());
      assertEquals(turn(frames, 1, 3), client.receive(ready(1)));
    }

    @Test
    void aRequestToAServerThatWasNotReadyWhenThereWasNothingToSendAsksFirst() {
      connect(2);
      assertEquals(1, send(numbered(2)).size());
      List<HdlcFrame> answer = segments(CLIENT, SERVER, 0, 1, numbered(2));
      HdlcFrame rnr = new HdlcFrame.Rnr(CLIENT, SERVER, true, 1);
      assertEquals(List.of(), client.receive(answer.get(0), rnr));
      assertEquals(Link.NEVER, link.nextDeadline());
      assertEquals(List.of(poll(1)), send(numbered(2)));
      assertEquals(
          turn(segments(SERVER, CLIENT, 1, 1, numbered(2)), 0, 1), client.receive(ready(1)));
    }

    @Test
    void aClientThatIsNotReadyClosesItsTurnWithRnrAndDoesNotPoll() {
      connect(3);
      link.setReady(CONNECTION, false, client.now());
      List<HdlcFrame> expected = new ArrayList<>(segments(SERVER, CLIENT, 0, 0, numbered(4)));
      expected.add(new HdlcFrame.Rnr(SERVER, CLIENT, true, 0));
      assertEquals(expected, send(numbered(4)));
      assertEquals(List.of(), client.receive(ready(2)));
      assertEquals(Link.NEVER, link.nextDeadline());
      link.setReady(CONNECTION, true, client.now());
      assertEquals(List.of(poll(0)), client.pass(200 * Bench.MILLISECOND));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x19, 0x1D})
    void rejAndSrejTakeTheConnectionDown(int control) {
      connect(3);
      assertEquals(1, send(numbered(2)).size());
      client.receive(new HdlcFrame.Undefined(CLIENT, SERVER, control, Payload.EMPTY));
      assertEquals(
          List.of(new LinkEvent.Down(CONNECTION, DownReason.PROTOCOL_ERROR)), client.events());
    }

    @Test
    void aConnectionIsSetUpAnewOnlyAfterTheServerHadTimeToGoToNdm() {
      connect(1);
      link.close(client.now());
      assertEquals(1, client.sent().size());
      client.receive(new HdlcFrame.Ua(CLIENT, SERVER, true, Payload.EMPTY));
      long end = client.now();
      assertEquals(1, client.events().size());
      link.open(end);
      assertEquals(List.of(), client.sent());
      assertEquals(end + 100 * Bench.MILLISECOND, link.nextDeadline());
      assertTrue(client.wakeAtDeadline().get(0) instanceof HdlcFrame.Snrm);
    }
  }
}
