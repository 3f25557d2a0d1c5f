package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a session says when there is nothing to say, on a clock of the test's own. */
class KeepAliveTest {
  private static final LinkAddress ADDRESS = new LinkAddress(16, 1);
  private static final long SECOND = 1_000_000_000L;
  private static final Octets AARE =
      Octets.ofHex(
          "6129 A109060760857405080101 A203020100 A305A103020100"
              + "BE10040E0800065F1F0400001010007D0007");

  private final List<String> finished = new ArrayList<>();
  private final CompletableFuture<NegotiatedContext> opened = new CompletableFuture<>();
  private boolean silent;

  private ClientSession session(@Nullable ServiceRequest request) {
    ClientListener listener =
        new ClientListener() {
          @Override
          public void onRequestFinished(RequestInfo info, RequestReport report) {
            finished.add(
                info.description()
                    + " "
                    + report.result()
                    + " "
                    + report.duration().toMillis()
                    + " ms "
                    + report.octetsSent()
                    + " "
                    + report.octetsReceived());
            throw new IllegalStateException("a listener that throws costs nothing");
          }
        };
    ClientSession session =
        new ClientSession(
            ADDRESS,
            ClientAssociationConfig.builder().responseTimeout(Duration.ofSeconds(5)).build(),
            new ClientSession.Settings(
                null,
                Duration.ofSeconds(2),
                false,
                new KeepAlive(Duration.ofSeconds(60), request),
                new ClientEvents(List.of(listener))),
            opened);
    session.onSilence(() -> silent = true);
    session.onLinkEvent(new LinkEvent.Up(ADDRESS), 0);
    assertEquals(1, sent(session, 0).size());
    receive(session, AARE, SECOND);
    assertTrue(opened.isDone());
    assertEquals(List.of(), sent(session, SECOND));
    assertEquals(0, session.awaited().payloads());
    return session;
  }

  private static void receive(ClientSession session, Octets apdu, long now) {
    session.onLinkEvent(new LinkEvent.Received(ADDRESS, Payload.of(apdu.toByteArray())), now);
  }

  private static List<Octets> sent(ClientSession session, long now) {
    List<Octets> sent = new ArrayList<>();
    for (LinkUser.Outgoing out = session.pollOutgoing(now);
        out != null;
        out = session.pollOutgoing(now)) {
      sent.add(Octets.copyOf(out.payload().toByteArray()));
    }
    return sent;
  }

  private static ClientSession.Receiver nobody() {
    return new ClientSession.Receiver() {
      @Override
      public void onData(Octets octets, boolean last) {}

      @Override
      public void onFailure(DlmsException cause) {}
    };
  }

  @Test
  void aQuietHdlcLinkIsPolledOnceAndThenAgainAfterTheInterval() {
    ClientSession session = session(null);
    assertEquals(61 * SECOND, session.nextDeadline());
    session.onDeadline(61 * SECOND - 1);
    assertEquals(0, session.awaited().payloads());
    session.onDeadline(61 * SECOND);
    assertEquals(List.of(), sent(session, 61 * SECOND));
    assertEquals(1, session.awaited().payloads());
    assertEquals(0, session.awaited().payloads());
    assertEquals(121 * SECOND, session.nextDeadline());
  }

  @Test
  void aQuietWrapperReadsTheAssociationsNameAndAnyAnswerWillDo() {
    ClientSession session = session(KeepAlive.cheapest(false));
    session.onDeadline(61 * SECOND);
    assertEquals(
        List.of(Octets.ofHex("C001C1 000F 0000280000FF 01 00")), sent(session, 61 * SECOND));
    assertEquals(66 * SECOND, session.nextDeadline());
    // object-undefined
    receive(session, Octets.ofHex("C401C1 01 04"), 62 * SECOND);
    assertFalse(silent);
    assertEquals(122 * SECOND, session.nextDeadline());
    assertEquals(List.of(), finished);
  }

  @Test
  void aMeterThatDoesNotAnswerIsGone() {
    ClientSession session = session(KeepAlive.cheapest(false));
    session.onDeadline(61 * SECOND);
    assertEquals(1, sent(session, 61 * SECOND).size());
    session.onDeadline(66 * SECOND);
    assertTrue(silent);
    LinkException gone = assertInstanceOf(LinkException.class, session.over());
    assertTrue(String.valueOf(gone.getMessage()).contains("did not answer the keep-alive"));
    session.onDeadline(300 * SECOND);
    assertEquals(List.of(), sent(session, 300 * SECOND));
    assertEquals(Link.NEVER, session.nextDeadline());
  }

  @Test
  void whileAnAnswerIsAwaitedNothingElseIsSaidAndTrafficPutsItOff() {
    ClientSession session = session(KeepAlive.cheapest(false));
    session.request(
        new ServiceRequest.Get(io.dlms4j.cosem.AttributeRef.of(1, "0.0.96.1.0.255", 2), null),
        RequestOptions.DEFAULT,
        nobody());
    assertEquals(1, sent(session, 30 * SECOND).size());
    assertEquals(35 * SECOND, session.nextDeadline());
    receive(session, Octets.ofHex("C401C1 00 1101"), 31 * SECOND);
    assertEquals(91 * SECOND, session.nextDeadline());
    assertNull(session.over());
    assertEquals(List.of("the Get of 1:0.0.96.1.0.255:2 DONE 1000 ms 13 6"), finished);
  }

  @Test
  void anIntervalOutOfItsRangeIsRefused() {
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofDays(2))) {
      assertThrows(IllegalArgumentException.class, () -> new KeepAlive(wrong, null));
    }
  }
}
