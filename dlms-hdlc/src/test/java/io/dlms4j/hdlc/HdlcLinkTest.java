package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Primary and secondary back to back. */
class HdlcLinkTest {
  private static final LinkAddress CONNECTION = new LinkAddress(18, 16, 32);
  private static final HdlcAddress SERVER = HdlcAddress.server(16, 32);

  private static HdlcPrimaryConfig.Builder primary() {
    return HdlcPrimaryConfig.builder(18, SERVER);
  }

  private static HdlcSecondaryConfig.Builder secondary() {
    return HdlcSecondaryConfig.builder().device(32, Set.of(1, 16));
  }

  /** An answer that tells whose it is. */
  private static Payload answerTo(Payload request) {
    return Octets.join(Payload.of(new byte[] {(byte) 0xA5}), request, request);
  }

  @Property(tries = 60)
  void payloadsOfAnySizeGoBothWaysWhole(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300) int toServer,
      @ForAll @IntRange(min = 1, max = 300) int toClient) {
    Random random = new Random(seed);
    ScriptedUser client = new ScriptedUser();
    ScriptedUser server = new ScriptedUser().answering(received -> answerTo(received.payload()));
    Bench bench =
        new Bench(
            new HdlcPrimary(primary().parameters(new HdlcParameters(2030, toClient)).build()),
            client,
            new HdlcSecondary(secondary().parameters(new HdlcParameters(2030, toServer)).build()),
            server,
            Bench.GOOD);
    bench.open();
    List<Payload> requests = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      requests.add(Octets.random(random, random.nextInt(1 + random.nextInt(2500))));
    }
    bench.runUntil(() -> !client.events().isEmpty(), Bench.SECOND);
    for (int i = 0; i < requests.size(); i++) {
      int answers = i + 1;
      client.send(CONNECTION, requests.get(i));
      bench.wake();
      bench.runUntil(() -> client.received().size() == answers, 600 * Bench.SECOND);
    }
    assertEquals(requests, server.received());
    assertEquals(requests.stream().map(HdlcLinkTest::answerTo).toList(), client.received());
    for (Payload frame : bench.sentByPrimary()) {
      assertTrue(information(frame) <= Math.max(toServer, 23), "within what was agreed");
    }
    for (Payload frame : bench.sentBySecondary()) {
      assertTrue(information(frame) <= Math.max(toClient, 23), "within what was agreed");
    }
  }

  @Test
  void payloadsOfEveryLengthAroundAFrameGoBothWays() {
    ScriptedUser client = new ScriptedUser();
    ScriptedUser server = new ScriptedUser().answering(LinkEvent.Received::payload);
    HdlcParameters all = new HdlcParameters(2030, 2030, 7, 7);
    Bench bench =
        new Bench(
            new HdlcPrimary(primary().parameters(all).build()),
            client,
            new HdlcSecondary(secondary().parameters(all).build()),
            server,
            Bench.GOOD);
    bench.open();
    bench.runUntil(() -> !client.events().isEmpty(), Bench.SECOND);
    byte[] octets = Octets.random(new Random(6), 2100).array();
    List<Payload> requests = new ArrayList<>();
    for (int length = 0; length <= 2100; length++) {
      requests.add(Payload.of(octets, 0, length));
      client.send(CONNECTION, requests.get(length));
      if (length % 40 == 0) {
        bench.wake();
        bench.runUntil(() -> client.received().size() == requests.size(), 60 * Bench.SECOND);
      }
    }
    bench.wake();
    bench.runUntil(() -> client.received().size() == requests.size(), 60 * Bench.SECOND);
    assertEquals(requests, server.received());
    assertEquals(requests, client.received());
  }

  private static int information(Payload withFlags) {
    return HdlcFrame.decode(withFlags.slice(1, withFlags.length() - 2)).information().length();
  }

  /** A pipe that loses, cuts, extends and changes, by seed. */
  private static Bench.Pipe harmful(Random random, int harmPercent, long longestDelay) {
    return new Bench.Pipe() {
      @Override
      public Payload pass(Payload octets) {
        if (random.nextInt(100) >= harmPercent) {
          return octets;
        }
        byte[] changed = octets.toByteArray();
        return switch (random.nextInt(4)) {
          case 0 -> Payload.EMPTY;
          case 1 -> octets.slice(0, random.nextInt(octets.length()));
          case 2 -> Octets.join(Octets.random(random, random.nextInt(40)), octets);
          default -> {
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            yield Payload.of(changed);
          }
        };
      }

      @Override
      public long delay() {
        return longestDelay == 0 ? 0 : (long) (random.nextDouble() * longestDelay);
      }
    };
  }

  @Property(tries = 300)
  void onABadLineEveryPayloadArrivesOnceInOrderAndWholeOrTheClientIsTold(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int harmPercent,
      @ForAll @IntRange(max = 5) int retransmissions) {
    exchange(new Random(seed), harmPercent, 20 * Bench.MILLISECOND, retransmissions);
  }

  @Property(tries = 150)
  void answersLaterThanTheResponseTimeOutDoNotDoubleOrMixPayloads(
      @ForAll long seed, @ForAll @IntRange(max = 10) int harmPercent) {
    exchange(new Random(seed), harmPercent, 5 * Bench.SECOND, 20);
  }

  private static void exchange(
      Random random, int harmPercent, long longestDelay, int retransmissions) {
    ScriptedUser client = new ScriptedUser();
    ScriptedUser server =
        new ScriptedUser()
            .answering(
                received -> answerTo(received.payload()),
                received -> random.nextInt(3) == 0 ? random.nextInt(3000) * Bench.MILLISECOND : 0L);
    Bench bench =
        new Bench(
            new HdlcPrimary(
                primary()
                    .parameters(new HdlcParameters(60, 70))
                    .retransmissions(retransmissions)
                    .build()),
            client,
            new HdlcSecondary(secondary().inactivityTimeout(Duration.ZERO).build()),
            server,
            harmful(random, harmPercent, longestDelay));
    bench.open();
    List<Payload> requests = new ArrayList<>();
    bench.runUntil(() -> !client.events().isEmpty(), 3600 * Bench.SECOND);
    while (client.down() == null && requests.size() < 15) {
      Payload request =
          Octets.join(Payload.of(new byte[] {(byte) requests.size()}), Octets.random(random, 90));
      requests.add(request);
      client.send(CONNECTION, request);
      bench.wake();
      bench.runUntil(
          () -> client.received().size() == requests.size() || client.down() != null,
          3600 * Bench.SECOND);
    }
    // What arrived is the beginning of what was sent, at both ends, and nothing else.
    List<Payload> atServer = server.received();
    List<Payload> atClient = client.received();
    assertEquals(requests.subList(0, atServer.size()), atServer);
    assertEquals(
        atServer.subList(0, atClient.size()).stream().map(HdlcLinkTest::answerTo).toList(),
        atClient);
    if (client.down() == null) {
      assertEquals(requests.size(), atClient.size());
    } else {
      assertEquals(DownReason.NO_ANSWER, client.down());
    }
    if (harmPercent == 0) {
      assertNull(client.down());
    }
  }

  @Property(tries = 150)
  void neitherAnImpatientClientNorATalkativeServerUpsetsTheOrder(
      @ForAll long seed, @ForAll @IntRange(max = 15) int harmPercent) {
    Random random = new Random(seed);
    List<Payload> sentByServer = new ArrayList<>();
    ScriptedUser client = new ScriptedUser();
    ScriptedUser server =
        new ScriptedUser()
            .answering(
                received -> {
                  sentByServer.add(answerTo(received.payload()));
                  return answerTo(received.payload());
                });
    Bench bench =
        new Bench(
            new HdlcPrimary(
                primary().parameters(new HdlcParameters(60, 70)).retransmissions(20).build()),
            client,
            new HdlcSecondary(secondary().inactivityTimeout(Duration.ZERO).build()),
            server,
            harmful(random, harmPercent, random.nextInt(4) * Bench.SECOND));
    bench.open();
    bench.runUntil(() -> !client.events().isEmpty(), 3600 * Bench.SECOND);
    // An SNRM sent twice resets the server when it arrives, with all that waits there.
    bench.runFor(60 * Bench.SECOND);
    List<Payload> requests = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Payload request = Octets.random(random, random.nextInt(150));
      requests.add(request);
      client.send(CONNECTION, request);
      if (random.nextInt(3) == 0) {
        Payload unasked = Octets.random(random, random.nextInt(150));
        sentByServer.add(unasked);
        server.send(CONNECTION, unasked);
      }
      bench.wake();
      bench.runFor(random.nextInt(3000) * Bench.MILLISECOND);
    }
    bench.runUntil(
        () -> server.received().size() == requests.size() || client.down() != null,
        3600 * Bench.SECOND);
    assertNull(client.down());
    assertEquals(requests, server.received());
    List<Payload> atClient = client.received();
    assertEquals(sentByServer.subList(0, atClient.size()), atClient);
  }

  @Test
  void aSlowServerIsPolledUntilItAnswers() {
    ScriptedUser client = new ScriptedUser();
    ScriptedUser server =
        new ScriptedUser()
            .answering(received -> answerTo(received.payload()), received -> 60 * Bench.SECOND);
    Bench bench =
        new Bench(
            new HdlcPrimary(primary().build()),
            client,
            new HdlcSecondary(secondary().build()),
            server,
            Bench.GOOD);
    bench.open();
    bench.runUntil(() -> !client.events().isEmpty(), Bench.SECOND);
    client.send(CONNECTION, Octets.hex("01"));
    bench.wake();
    bench.runUntil(() -> !client.received().isEmpty(), 61 * Bench.SECOND);
    assertEquals(List.of(Octets.hex("A5 01 01")), client.received());
    assertEquals(1, server.received().size());
    // Nothing more is asked of a server that has answered.
    int frames = bench.sentByPrimary().size();
    bench.runFor(10 * Bench.SECOND);
    assertEquals(frames, bench.sentByPrimary().size());
  }

  @Test
  void aRequestSentInsteadOfWaitingGoesAtOnce() {
    ScriptedUser client = new ScriptedUser();
    ScriptedUser server = new ScriptedUser();
    Bench bench =
        new Bench(
            new HdlcPrimary(primary().build()),
            client,
            new HdlcSecondary(secondary().build()),
            server,
            Bench.GOOD);
    bench.open();
    bench.runUntil(() -> !client.events().isEmpty(), Bench.SECOND);
    client.send(CONNECTION, Octets.hex("01"));
    bench.wake();
    bench.runFor(5 * Bench.SECOND);
    client.send(CONNECTION, Octets.hex("02"));
    bench.wake();
    bench.runFor(10 * Bench.MILLISECOND);
    assertEquals(List.of(Octets.hex("01"), Octets.hex("02")), server.received());
  }

  @Test
  void closingTakesBothSidesDown() {
    ScriptedUser client = new ScriptedUser();
    ScriptedUser server = new ScriptedUser();
    Bench bench =
        new Bench(
            new HdlcPrimary(primary().build()),
            client,
            new HdlcSecondary(secondary().build()),
            server,
            Bench.GOOD);
    bench.open();
    bench.runUntil(() -> !client.events().isEmpty(), Bench.SECOND);
    bench.closePrimary();
    bench.runFor(Bench.SECOND);
    assertEquals(
        List.of(new LinkEvent.Up(CONNECTION), new LinkEvent.Down(CONNECTION, DownReason.CLOSED)),
        client.events());
    assertEquals(
        List.of(
            new LinkEvent.Up(CONNECTION),
            new LinkEvent.Down(CONNECTION, DownReason.CLOSED_BY_PEER)),
        server.events());
  }

  @Test
  void aClientThatComesBackAfterTheInactivityTimeOutIsToldThatItsConnectionIsGone() {
    ScriptedUser client = new ScriptedUser();
    ScriptedUser server = new ScriptedUser();
    Bench bench =
        new Bench(
            new HdlcPrimary(primary().build()),
            client,
            new HdlcSecondary(secondary().build()),
            server,
            Bench.GOOD);
    bench.open();
    bench.runFor(21 * Bench.SECOND);
    assertEquals(DownReason.INACTIVE, server.down());
    client.send(CONNECTION, Octets.hex("01"));
    bench.wake();
    bench.runFor(Bench.SECOND);
    assertEquals(DownReason.CLOSED_BY_PEER, client.down());
    assertEquals(List.of(), server.received());
  }

  @Test
  void aPayloadLongerThanTheLinkCarriesComesBackToItsSender() {
    ScriptedUser client = new ScriptedUser();
    Link primary = new HdlcPrimary(primary().maxPayloadLength(100).build());
    Bench bench =
        new Bench(
            primary,
            client,
            new HdlcSecondary(secondary().build()),
            new ScriptedUser().answering(received -> received.payload()),
            Bench.GOOD);
    bench.open();
    bench.runUntil(() -> !client.events().isEmpty(), Bench.SECOND);
    Payload longest = Payload.of(new byte[100]);
    Payload tooLong = Payload.of(new byte[101]);
    client.send(CONNECTION, tooLong);
    client.send(CONNECTION, longest);
    bench.wake();
    bench.runFor(Bench.SECOND);
    assertEquals(1, client.refused().size());
    assertEquals(tooLong, client.refused().get(0).payload());
    assertEquals(List.of(longest), client.received());
  }
}
