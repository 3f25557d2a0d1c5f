package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.CipheredService;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.apdu.ProtectedContent;
import io.dlms4j.cosem.apdu.SecurityControl;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invocation counters: far ahead, at their end, and moved by those who have no keys. */
class CounterAttackTest {
  private static final long HIGHEST = InvocationCounterStore.HIGHEST;
  private static final List<String> REPLAY_AT_END = List.of("D80106FFFFFFFF");

  private static CounterId ofClient(SecuredPair pair) {
    return Attacks.counter(SecuredPair.CLIENT, pair.clientKeys.unicastKey());
  }

  private static CounterId ofServer(SecuredPair pair) {
    return Attacks.counter(SecuredPair.SERVER, pair.serverKeys.unicastKey());
  }

  /** What the client would count with next. */
  private static long next(SecuredPair pair) {
    return pair.clientCounters.next(ofClient(pair));
  }

  private static Reason reason(RuntimeException failure) {
    return assertInstanceOf(ProtectionException.class, failure).reason();
  }

  @Test
  void aJumpToTheEndByWhoeverHasTheKeysIsTakenOnceAndThenNothingMore() {
    SecuredPair pair = Attacks.open();
    pair.clientCounters.skipTo(ofClient(pair), HIGHEST);
    Octets last = pair.intercept(Attacks.GET);
    assertEquals("C81E30FFFFFFFF", last.slice(0, 7).toHex());
    ServiceResponse response = Attacks.deliver(pair, last);
    assertEquals(pair.expected, response);
    assertEquals(1L << 32, Attacks.expected(pair));
    Attacks.assertRefused(pair, last, REPLAY_AT_END);
    Attacks.assertRefused(pair, Attacks.PLAIN_GET, Attacks.TOO_WEAK);
    assertEquals(1, pair.served.size());
    // Nor does anything open an association any more.
    pair.server.linkUp();
    Attacks.assertRefused(pair, pair.up.get(0), REPLAY_AT_END);
  }

  @Test
  void aClientWhoseCounterIsAtItsEndSendsNothingRatherThanInClear() {
    SecuredPair pair = Attacks.open();
    pair.clientCounters.skipTo(ofClient(pair), HIGHEST);
    next(pair);
    int sent = pair.up.size();
    for (ServiceRequest service : Attacks.SERVICES) {
      assertNull(pair.ask(service));
      assertEquals(Reason.COUNTER_EXHAUSTED, reason(pair.failure()));
    }
    pair.client.confirm(
        new DataNotification(new LongInvokeIdAndPriority(5), Octets.EMPTY, Attacks.value("01")));
    pair.client.release(pair.now);
    pair.run();
    assertTrue(pair.heard.contains(new ClientAssociationEvent.Released(false)));
    pair.heard.clear();
    pair.client.associate(pair.now);
    pair.run();
    assertEquals(Reason.COUNTER_EXHAUSTED, reason(pair.failure()));
    assertEquals(sent, pair.up.size());
  }

  @Test
  void aClientWhoseCounterEndsDuringTheOpeningSendsNoPass3() {
    SecuredPair pair = Attacks.pair();
    pair.clientCounters.skipTo(ofClient(pair), HIGHEST);
    pair.open();
    assertEquals(1, pair.up.size());
    assertEquals(Reason.COUNTER_EXHAUSTED, reason(pair.failure()));
    assertFalse(pair.client.isAssociated());
  }

  @Test
  void aServerWhoseCounterIsAtItsEndAnswersThatItCannotRatherThanInClear() {
    SecuredPair pair = Attacks.open();
    pair.serverCounters.skipTo(ofServer(pair), HIGHEST);
    pair.serverCounters.next(ofServer(pair));
    Octets get = pair.intercept(Attacks.GET);
    assertEquals(Attacks.TOO_WEAK, Attacks.hex(pair.inject(get)));
    assertEquals(
        Reason.COUNTER_EXHAUSTED,
        assertInstanceOf(
                ServerAssociationEvent.MessageRefused.class, pair.told.get(pair.told.size() - 1))
            .cause()
            .reason());
    // A notification is not sent at all, and an RLRE proves nothing.
    pair.server.sendNotification(
        new DataNotification(new LongInvokeIdAndPriority(5), Octets.EMPTY, Attacks.value("01")));
    assertNull(pair.server.pollTransmit(pair.now));
    pair.client.release(pair.now);
    Octets rlrq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    assertEquals(List.of("6303800100"), Attacks.hex(pair.inject(rlrq)));
    assertFalse(pair.server.isAssociated());
  }

  @Test
  void aServerThatCannotAnswerAnAarqHoldsItAgainstNobody() {
    SecuredPair pair = Attacks.pair();
    pair.serverCounters.skipTo(ofServer(pair), HIGHEST);
    pair.serverCounters.next(ofServer(pair));
    pair.open();
    assertFalse(pair.client.isAssociated());
    assertFalse(refused(pair).authenticationFailed());
    assertTrue(refused(pair).reason().contains("end"), () -> refused(pair).reason());
  }

  @Test
  void aServerThatCannotMakePass4HoldsItAgainstNobodyAndSaysNothingInClear() {
    SecuredPair pair = Attacks.pair();
    // One for the AARE; none is left for the answer of GMAC, nor for the APDU around it.
    pair.serverCounters.skipTo(ofServer(pair), HIGHEST);
    pair.open();
    assertEquals("D80101", pair.down.get(1).toHex());
    assertFalse(pair.client.isAssociated());
    assertFalse(pair.server.isAssociated());
    assertFalse(refused(pair).authenticationFailed());
  }

  private static ServerAssociationEvent.Refused refused(SecuredPair pair) {
    return assertInstanceOf(
        ServerAssociationEvent.Refused.class, pair.told.get(pair.told.size() - 1));
  }

  @Test
  void aForgedHighCounterMovesNothing() {
    SecuredPair pair = Attacks.open();
    Octets genuine = pair.intercept(Attacks.GET);
    Octets high = withCounter(genuine, HIGHEST);
    Attacks.assertRefused(pair, high, Attacks.NOT_AUTHENTIC);
    // Encryption only: nothing to verify, and so nothing is believed.
    Attacks.assertRefused(pair, Attacks.with(high, 2, 0x20), Attacks.TOO_WEAK);
    Attacks.assertRefused(pair, Attacks.with(high, 2, 0x10), Attacks.NOT_AUTHENTIC);
    ServiceResponse response = Attacks.deliver(pair, genuine);
    assertEquals(pair.expected, response);
  }

  @Test
  void aForgedHighCounterOfAnAnswerMovesNothing() {
    SecuredPair pair = Attacks.open();
    Octets answer = pair.inject(pair.intercept(Attacks.GET)).get(0);
    List<Long> counters = Attacks.received(pair);
    for (int control : new int[] {0x30, 0x20, 0x10}) {
      pair.client.receive(Attacks.with(withCounter(answer, HIGHEST), 2, control), pair.now);
    }
    assertEquals(counters, Attacks.received(pair));
    pair.client.receive(answer, pair.now);
    pair.run();
    assertEquals(pair.expected, pair.response());
  }

  private static Octets withCounter(Octets apdu, long counter) {
    return Attacks.join(
        apdu.slice(0, 3),
        Octets.ofHex("%08X".formatted(counter)),
        apdu.slice(7, apdu.length() - 7));
  }

  @Test
  void whereEncryptionAloneIsTakenItMovesNoCounterOfWhatHasATag() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.with(
        pair.clientSecurity().authentication(HlsMechanism.GMAC).ciphering().build(),
        pair.cipheringServer().authentication(HlsMechanism.GMAC).acceptEncryptionOnly().build());
    Attacks.opened(pair);
    long expected = Attacks.expected(pair);
    // Whoever has recorded a GET can make another of it; only by chance has it the right tag, and
    // here it has.
    Octets genuine = pair.intercept(Attacks.GET);
    Octets forged =
        Attacks.encode(
            new ServiceSpecificCiphering(
                CipheredService.GET_REQUEST,
                false,
                new ProtectedContent(
                    new SecurityControl(0x20),
                    expected,
                    genuine.slice(7, genuine.length() - 7 - 12))));
    pair.inject(forged);
    assertEquals(1, pair.served.size());
    assertEquals(expected, Attacks.expected(pair));
    // With the policy it is refused, although it is taken apart.
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    assertEquals(Attacks.TOO_WEAK, Attacks.hex(pair.inject(Attacks.encode(encryptedOnly(pair)))));
    assertEquals(1, pair.served.size());
    ServiceResponse response = Attacks.deliver(pair, genuine);
    assertEquals(pair.expected, response);
  }

  private static ServiceSpecificCiphering encryptedOnly(SecuredPair pair) {
    return Attacks.asClient(pair)
        .protectServiceSpecific(
            Attacks.PLAIN_GET, KeyKind.GLOBAL_UNICAST, Set.of(Protection.ENCRYPTED));
  }

  /** A client that has lost its counters, and the server that has not. */
  private static SecuredPair behind(long expected, long step) {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    ClientSecurity client =
        pair.clientSecurity()
            .authentication(HlsMechanism.GMAC)
            .ciphering()
            .longestCounterStep(step)
            .build();
    pair.with(client, pair.cipheringServer().authentication(HlsMechanism.GMAC).build());
    pair.serverCounters.accept(ofClient(pair), expected - 1);
    return pair;
  }

  @Test
  void aClientThatIsBehindFollowsTheServerOnce() {
    SecuredPair pair = behind(100_000, 1 << 20);
    pair.open();
    assertTrue(pair.isOpen());
    assertEquals("D80106000186A0", pair.down.get(0).toHex());
    // AARQ, the AARQ again, pass 3.
    assertEquals(3, pair.up.size());
    assertEquals("000186A0", pair.up.get(1).slice(pair.up.get(1).length() - 30, 4).toHex());
  }

  @Test
  void aClientDoesNotFollowAServerThatSaysSoTwice() {
    SecuredPair pair = Attacks.pair();
    pair.client.linkUp(pair.now);
    assertEquals(0x60, Objects.requireNonNull(pair.client.pollTransmit(pair.now)).at(0));
    pair.client.receive(Octets.ofHex("D8010600001000"), pair.now);
    assertEquals(0x60, Objects.requireNonNull(pair.client.pollTransmit(pair.now)).at(0));
    pair.client.receive(Octets.ofHex("D8010600002000"), pair.now);
    assertNull(pair.client.pollTransmit(pair.now));
    pair.takeEvents();
    assertEquals(
        "the server answered the AARQ with exception-response service-not-allowed,"
            + " invocation-counter-error 8192",
        pair.failure().getMessage());
    assertEquals(0x1001, next(pair));
  }

  @ParameterizedTest
  @ValueSource(longs = {(1 << 20) + 3, 0x7FFF_FFFFL, HIGHEST})
  void aClientDoesNotFollowFurtherThanTheStepThatIsAllowed(long told) {
    SecuredPair pair = Attacks.pair();
    pair.client.linkUp(pair.now);
    pair.client.pollTransmit(pair.now);
    pair.client.receive(Octets.ofHex("D80106%08X".formatted(told)), pair.now);
    assertNull(pair.client.pollTransmit(pair.now));
    pair.takeEvents();
    assertEquals(Reason.INVOCATION_COUNTER, reason(pair.failure()));
    assertTrue(next(pair) < 10);
  }

  @Test
  void aClientThatMayNotFollowAtAllDoesNot() {
    SecuredPair pair = behind(100, 0);
    pair.open();
    assertEquals(Reason.INVOCATION_COUNTER, reason(pair.failure()));
    assertEquals(1, pair.up.size());
  }

  @Test
  void aLowerCounterMovesNothingBack() {
    SecuredPair pair = Attacks.pair();
    pair.clientCounters.skipTo(ofClient(pair), 5_000);
    pair.client.linkUp(pair.now);
    pair.client.pollTransmit(pair.now);
    pair.client.receive(Octets.ofHex("D8010600000000"), pair.now);
    Octets again = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    assertEquals("0000138A", again.slice(again.length() - 30, 4).toHex());
  }

  @Test
  void duringTheAssociationAnExceptionResponseMovesTheCounterOnceAndNotFar() {
    SecuredPair pair = Attacks.open();
    // Whatever the errors say, and however often.
    for (long told : new long[] {HIGHEST, 0x2000_0000L, 0x1000, 0x2000, 0x3000}) {
      pair.intercept(Attacks.GET);
      pair.client.receive(Octets.ofHex("D80106%08X".formatted(told)), pair.now);
      pair.run();
    }
    // The first was too far, and it was the one.
    assertTrue(next(pair) < 50);
    SecuredPair other = Attacks.open();
    for (long told : new long[] {0x1000, 0x2000, 0x3000}) {
      other.intercept(Attacks.GET);
      other.client.receive(Octets.ofHex("D80106%08X".formatted(told)), other.now);
      other.run();
    }
    long next = next(other);
    assertTrue(next >= 0x1000 && next < 0x1050, () -> "next " + next);
    ServiceResponse response = other.ask(Attacks.GET);
    assertEquals(other.expected, response);
  }

  @Test
  void resynchronisingGoesAboveTheFrameCounterAndNeverBackNorTooFar() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    ClientSecurity security = pair.clientSecurity().ciphering().longestCounterStep(1000).build();
    security.resynchronise(500);
    assertEquals(501, next(pair));
    security.resynchronise(3);
    assertEquals(503, next(pair));
    for (long frameCounter : new long[] {1504, HIGHEST - 1, HIGHEST}) {
      assertEquals(
          Reason.INVOCATION_COUNTER,
          reason(
              assertThrows(ProtectionException.class, () -> security.resynchronise(frameCounter))));
    }
    assertEquals(507, next(pair));
  }

  @Test
  void resynchronisingToTheEndLeavesNoCounterAndOneMoreIsRefused() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    ClientSecurity security = pair.clientSecurity().ciphering().longestCounterStep(HIGHEST).build();
    assertThrows(ProtectionException.class, () -> security.resynchronise(HIGHEST));
    security.resynchronise(HIGHEST - 1);
    assertEquals(HIGHEST, next(pair));
    assertEquals(
        Reason.COUNTER_EXHAUSTED,
        reason(assertThrows(ProtectionException.class, () -> security.resynchronise(5))));
  }

  @Test
  void withoutAGlobalKeyThereIsNothingToResynchronise() {
    ClientSecurity security = ClientSecurity.withSecret(HlsMechanism.MD5, KeyMaterial.ofHex("00"));
    assertThrows(IllegalStateException.class, () -> security.resynchronise(5));
  }
}
