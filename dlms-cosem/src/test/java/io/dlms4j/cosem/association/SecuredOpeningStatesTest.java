package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.security.SystemTitle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way into a secured association, step by step: keys that come late, silence, and AARQs. */
class SecuredOpeningStatesTest {
  private static final String PLAIN_AARQ =
      "601DA109060760857405080101BE10040E01000000065F1F0400007E1F04B0";

  private static final SystemTitle SOMEBODY = SystemTitle.ofHex("4D4D4D0000C0FFEE");

  /** AARE: rejected-permanent, authentication-failure; rejected-transient, no-reason-given. */
  private static final String FAILED = "6117A109060760857405080103A203020101A305A10302010D";

  private static final String NOT_NOW = "6117A109060760857405080103A203020102A305A103020101";

  private static final long TIMEOUT =
      ServerAssociationConfig.builder().lowestLevelSecurity().build().openingTimeout().toNanos();

  private final SecuredPair pair = Attacks.pair();
  private Octets aarq = Octets.EMPTY;

  @BeforeEach
  void anAarqIsThere() {
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
  }

  private void receive(Octets apdu) {
    pair.server.receive(apdu, pair.now);
  }

  private @Nullable Octets polled() {
    return pair.server.pollTransmit(pair.now);
  }

  private List<ServerAssociationEvent> events() {
    List<ServerAssociationEvent> all = new ArrayList<>();
    for (ServerAssociationEvent event = pair.server.pollEvent();
        event != null;
        event = pair.server.pollEvent()) {
      all.add(event);
    }
    return all;
  }

  private void assertAnswered(String hex) {
    assertEquals(hex, Objects.requireNonNull(polled()).toHex());
    assertNull(polled());
  }

  private static ServerAssociationEvent.KeysWanted wanted(SystemTitle client) {
    return new ServerAssociationEvent.KeysWanted(SecuredPair.SERVER, client);
  }

  @Test
  void keysAreAskedForByBothTitlesAndNothingIsSaidBeforeTheyAreThere() {
    receive(aarq);
    assertEquals(List.of(wanted(SecuredPair.CLIENT)), events());
    assertNull(polled());
    pair.server.useKeys(SecuredPair.CLIENT, pair.serverKeys);
    assertEquals(0x61, Objects.requireNonNull(polled()).at(0));
    assertFalse(pair.server.isAssociated());
  }

  @Test
  void whileKeysAreSoughtEverythingIsRefused() {
    receive(aarq);
    for (Octets apdu :
        List.of(
            Attacks.PLAIN_GET,
            Attacks.PLAIN_SET,
            Attacks.PLAIN_ACTION,
            Attacks.encode(HlsPasses.pass3(false, Octets.ofHex("00"))),
            AcseCodec.encode(new RLRQ(RLRQ.Reason.NORMAL, null)),
            Octets.ofHex("E0800001000001C0"))) {
      receive(apdu);
      assertAnswered("D80101");
    }
    assertEquals(List.of(wanted(SecuredPair.CLIENT)), events());
    pair.server.useKeys(SecuredPair.CLIENT, pair.serverKeys);
    assertEquals(0x61, Objects.requireNonNull(polled()).at(0));
  }

  @Test
  void aClientWithoutKeysIsToldWhatOneWithWrongKeysIs() {
    receive(aarq);
    events();
    pair.server.refuseKeys(SecuredPair.CLIENT, "nobody knows it");
    assertAnswered(FAILED);
    assertEquals(List.of(new ServerAssociationEvent.Refused("nobody knows it", true)), events());
    SecuredPair wrong = Attacks.pair();
    pair.server.linkUp();
    receive(aarq);
    events();
    pair.server.useKeys(SecuredPair.CLIENT, wrong.serverKeys);
    assertAnswered(FAILED);
    assertTrue(
        assertInstanceOf(ServerAssociationEvent.Refused.class, events().get(0))
            .authenticationFailed());
  }

  @Test
  void keysOfAnotherClientAndKeysThatComeTwiceAreWithoutEffect() {
    receive(aarq);
    events();
    pair.server.useKeys(SOMEBODY, pair.serverKeys);
    pair.server.refuseKeys(SOMEBODY, "nobody knows it");
    assertNull(polled());
    assertEquals(List.of(), events());
    pair.server.useKeys(SecuredPair.CLIENT, pair.serverKeys);
    Octets aare = Objects.requireNonNull(polled());
    pair.server.useKeys(SecuredPair.CLIENT, pair.serverKeys);
    pair.server.refuseKeys(SecuredPair.CLIENT, "too late");
    assertNull(polled());
    assertEquals(List.of(), events());
    pair.client.receive(aare, pair.now);
    pair.run();
    assertTrue(pair.isOpen());
    pair.server.refuseKeys(SecuredPair.CLIENT, "too late");
    pair.server.useKeys(SecuredPair.CLIENT, Attacks.pair().serverKeys);
    assertTrue(pair.isOpen());
    ServiceResponse response = pair.ask(Attacks.GET);
    assertEquals(pair.expected, response);
  }

  @Test
  void keysThatComeAfterTheLinkHasGoneAreWithoutEffect() {
    for (Runnable end :
        List.<Runnable>of(pair.server::linkDown, pair.server::linkUp, pair.server::abort)) {
      pair.server.linkUp();
      receive(aarq);
      events();
      end.run();
      pair.server.useKeys(SecuredPair.CLIENT, pair.serverKeys);
      pair.server.refuseKeys(SecuredPair.CLIENT, "nobody knows it");
      assertNull(polled());
      assertEquals(List.of(), events());
      assertEquals(ServerAssociation.NEVER, pair.server.nextDeadline());
    }
    assertEquals(0, Attacks.expected(pair));
  }

  @Test
  void whereTheKeysDoNotComeTheClientIsToldToTryLater() {
    receive(aarq);
    events();
    assertEquals(pair.now + TIMEOUT, pair.server.nextDeadline());
    pair.server.onDeadline(pair.now + TIMEOUT - 1);
    assertNull(polled());
    pair.server.onDeadline(pair.now + TIMEOUT);
    assertAnswered(NOT_NOW);
    assertFalse(
        assertInstanceOf(ServerAssociationEvent.Refused.class, events().get(0))
            .authenticationFailed());
    assertEquals(ServerAssociation.NEVER, pair.server.nextDeadline());
    pair.server.useKeys(SecuredPair.CLIENT, pair.serverKeys);
    assertNull(polled());
    assertEquals(0, Attacks.expected(pair));
  }

  @Test
  void wherePass3DoesNotComeTheOpeningIsOver() {
    Octets aare = pair.inject(aarq).get(0);
    pair.client.receive(aare, pair.now);
    Octets pass3 = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    assertEquals(pair.now + TIMEOUT, pair.server.nextDeadline());
    // What is refused meanwhile keeps nothing open for longer.
    pair.now += Duration.ofSeconds(1).toNanos();
    pair.inject(Attacks.PLAIN_GET);
    assertEquals(1_000 + TIMEOUT, pair.server.nextDeadline());
    pair.server.onDeadline(1_000 + TIMEOUT);
    assertNull(polled());
    ServerAssociationEvent.Refused refused =
        assertInstanceOf(ServerAssociationEvent.Refused.class, events().get(0));
    assertEquals(
        "the association was not opened within " + Duration.ofNanos(TIMEOUT).toMillis() + " ms",
        refused.reason());
    assertFalse(refused.authenticationFailed());
    Attacks.assertRefused(pair, pass3, Attacks.TOO_WEAK);
    assertEquals(ServerAssociation.NEVER, pair.server.nextDeadline());
  }

  @Test
  void anOpenAssociationHasNoDeadline() {
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    pair.run();
    assertTrue(pair.isOpen());
    assertEquals(ServerAssociation.NEVER, pair.server.nextDeadline());
    pair.server.onDeadline(Long.MAX_VALUE - 1);
    assertTrue(pair.isOpen());
  }

  @Test
  void anAarqInTheMiddleBeginsAnewAndTheKeysOfTheFirstServeTheSecond() {
    receive(aarq);
    receive(aarq);
    assertEquals(List.of(wanted(SecuredPair.CLIENT), wanted(SecuredPair.CLIENT)), events());
    pair.server.useKeys(SecuredPair.CLIENT, pair.serverKeys);
    Octets aare = Objects.requireNonNull(polled());
    pair.server.useKeys(SecuredPair.CLIENT, pair.serverKeys);
    assertNull(polled());
    pair.client.receive(aare, pair.now);
    pair.run();
    assertTrue(pair.isOpen());
  }

  @Test
  void aMalformedAarqInPlaceOfPass3EndsTheOpening() {
    pair.inject(aarq);
    pair.told.clear();
    assertEquals(1, pair.inject(Octets.ofHex("60 03 A1 05 06")).size());
    assertTrue(
        pair.told.stream().anyMatch(ServerAssociationEvent.Refused.class::isInstance),
        pair.told::toString);
    assertEquals(ServerAssociation.NEVER, pair.server.nextDeadline());
  }

  @Test
  void anAarqBetweenAareAndPass3IsAnotherChallenge() {
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    Octets pass3 = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    // The same one is a replay, and ends the opening.
    Attacks.assertRefused(pair, aarq, Attacks.replay(Attacks.expected(pair)));
    Attacks.assertRefused(pair, pass3, Attacks.TOO_WEAK);
    pair.client.linkUp(pair.now);
    pair.run();
    assertTrue(pair.isOpen());
  }

  @Test
  void anAarqThatProvesNothingEndsNoAssociation() {
    SecuredPair open = Attacks.open();
    Octets recorded = open.up.get(0);
    Octets forged = Attacks.flip(recorded, 8 * recorded.length() - 1);
    Octets malformed = Octets.ofHex("60 03 A1 05 06");
    Octets plain = Octets.ofHex(PLAIN_AARQ);
    for (Octets aarq : List.of(recorded, forged, malformed, plain)) {
      open.told.clear();
      assertEquals(1, open.inject(aarq).size());
      assertTrue(
          open.told.stream().anyMatch(ServerAssociationEvent.Refused.class::isInstance),
          open.told::toString);
      assertFalse(
          open.told.stream().anyMatch(ServerAssociationEvent.Ended.class::isInstance),
          open.told::toString);
      assertTrue(open.server.isAssociated());
      assertEquals(open.ask(Attacks.GET), open.expected);
    }
  }

  @Test
  void whileKeysAreSoughtForAnAarqTheAssociationBeforeGoesOn() {
    SecuredPair open = Attacks.open();
    open.server.receive(open.up.get(0), open.now);
    // The keys do not come: nobody takes the event that asks for them, until the time is over.
    assertInstanceOf(ServerAssociationEvent.KeysWanted.class, open.server.pollEvent());
    assertEquals(open.ask(Attacks.GET), open.expected);
    open.now = open.server.nextDeadline();
    open.server.onDeadline(open.now);
    open.told.clear();
    open.takeEvents();
    assertInstanceOf(ServerAssociationEvent.Refused.class, open.told.get(0));
    assertTrue(open.server.isAssociated());
    assertEquals(ServerAssociation.NEVER, open.server.nextDeadline());
    assertEquals(open.ask(Attacks.GET), open.expected);
  }

  @Test
  void anAarqOfTheClientThatHasLostItsAssociationOpensAnotherOne() {
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    pair.run();
    pair.told.clear();
    pair.client.linkUp(pair.now);
    pair.run();
    assertTrue(pair.isOpen());
    assertTrue(pair.told.contains(new ServerAssociationEvent.Ended()), pair.told::toString);
    ServiceResponse response = pair.ask(Attacks.GET);
    assertEquals(pair.expected, response);
  }

  @Test
  void aServerThatTakesNobodyForNowAsksForNoKeys() {
    ServerAssociation server =
        new ServerAssociation(
            ServerAssociationConfig.builder()
                .security(pair.cipheringServer().build())
                .conformance(Services.LOGICAL_NAMES)
                .build(),
            now -> "too many have failed");
    pair.server = server;
    server.linkUp();
    receive(aarq);
    assertAnswered(NOT_NOW);
    assertEquals(
        List.of(new ServerAssociationEvent.Refused("too many have failed", false)), events());
  }

  @Test
  void aClientToWhomPass4DoesNotComeHasNoAssociation() {
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    pair.client.pollTransmit(pair.now);
    pair.client.onDeadline(pair.client.nextDeadline() - 1);
    pair.takeEvents();
    assertEquals(List.of(), pair.heard);
    pair.client.onDeadline(pair.client.nextDeadline());
    pair.takeEvents();
    assertEquals(
        "the server did not answer reply_to_HLS_authentication within 10000 ms",
        pair.failure().getMessage());
    assertFalse(pair.client.isAssociated());
  }
}
