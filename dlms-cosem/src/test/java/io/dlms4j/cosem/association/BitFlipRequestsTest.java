package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every single bit of what a client sends, changed on its way. */
class BitFlipRequestsTest {
  /**
   * Where the fields are in the AARQ of {@link Attacks#pair()}, in octets: 60 5D, A1 09 the
   * application-context-name, A6 0A the calling-AP-title, 8A 02 07 80 the sender-acse-requirements,
   * 8B 07 the mechanism-name, AC 12 80 10 CtoS, BE 23 04 21 the user-information.
   */
  private static final int REQUIREMENTS = 25;

  private static final int CTOS = 42;
  private static final int CTOS_END = CTOS + 16;

  private static List<Attacks.Kind> kinds() {
    return Attacks.kinds();
  }

  private static Octets aarq(SecuredPair pair) {
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    assertEquals("8A020780", aarq.slice(REQUIREMENTS, 4).toHex());
    assertEquals("80", aarq.slice(CTOS - 2, 1).toHex());
    return aarq;
  }

  /**
   * Whether a bit is one of the functional units that nobody has defined, or of their number: bit 0
   * says that there is authentication, and the others say nothing (Green Book 9.4.2).
   */
  private static boolean saysNothing(int bit) {
    return (bit / 8 == REQUIREMENTS + 2 && bit % 8 >= 5)
        || (bit / 8 == REQUIREMENTS + 3 && bit % 8 >= 1);
  }

  private static boolean isCtos(int bit) {
    return bit / 8 >= CTOS && bit / 8 < CTOS_END;
  }

  @Test
  void everyBitOfTheAarqIsRefusedByTheServerButThoseOfTheChallengeAndThoseThatSayNothing() {
    SecuredPair pair = Attacks.pair();
    Octets aarq = aarq(pair);
    List<Long> counters = Attacks.received(pair);
    for (int bit = 0; bit < 8 * aarq.length(); bit++) {
      if (isCtos(bit) || saysNothing(bit)) {
        continue;
      }
      List<Octets> answers = pair.inject(Attacks.flip(aarq, bit));
      String at = "bit " + bit + " of " + aarq.toHex() + ": " + answers;
      assertEquals(1, answers.size(), at);
      Octets answer = answers.get(0);
      if (answer.at(0) == 0x61) {
        AARE aare = assertInstanceOf(AARE.class, decoded(answer), at);
        assertNotEquals(AssociationResult.ACCEPTED, aare.result(), at);
      } else {
        assertEquals("D80101", answer.toHex(), at);
      }
      assertEquals(counters, Attacks.received(pair), at);
      // Pass 3 would be of no use: it is answered as if there had been no AARQ.
      assertEquals(Attacks.TOO_WEAK, Attacks.hex(pair.inject(Octets.ofHex("CB00"))), at);
    }
    Attacks.deliver(pair, aarq);
    assertTrue(pair.isOpen());
  }

  private static Object decoded(Octets apdu) {
    try {
      return AcseCodec.decode(apdu);
    } catch (BerException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theClientFindsOutInPass4ThatItsChallengeHasBeenChanged() {
    for (int bit = 8 * CTOS; bit < 8 * CTOS_END; bit++) {
      SecuredPair pair = Attacks.pair();
      Attacks.deliver(pair, Attacks.flip(aarq(pair), bit));
      assertFalse(pair.client.isAssociated());
      ProtectionException failure =
          assertInstanceOf(ProtectionException.class, pair.failure(), "bit " + bit);
      assertEquals(ProtectionException.Reason.NOT_AUTHENTIC, failure.reason());
      assertEquals(null, pair.ask(Attacks.GET));
      assertEquals(List.of(), pair.served);
    }
  }

  @Test
  void functionalUnitsThatNobodyHasDefinedAreWithoutEffect() {
    for (int bit = 8 * REQUIREMENTS; bit < 8 * (REQUIREMENTS + 4); bit++) {
      if (saysNothing(bit)) {
        SecuredPair pair = Attacks.pair();
        Attacks.deliver(pair, Attacks.flip(aarq(pair), bit));
        assertTrue(pair.isOpen());
        ServiceResponse response = pair.ask(Attacks.GET);
        assertEquals(pair.expected, response);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyBitOfPass3IsRefusedAndThenPass3IsTaken(Attacks.Kind kind) {
    SecuredPair pair = kind.pair();
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    for (Octets aare : pair.inject(Objects.requireNonNull(pair.client.pollTransmit(pair.now)))) {
      pair.client.receive(aare, pair.now);
    }
    Octets pass3 = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    Attacks.assertEveryFlipRefused(pair, pass3, kind.step());
    assertFalse(pair.server.isAssociated());
    Attacks.deliver(pair, pass3);
    assertTrue(pair.isOpen());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyBitOfARequestIsRefusedAndThenTheRequestIsServed(Attacks.Kind kind) {
    SecuredPair pair = Attacks.opened(kind.pair());
    for (ServiceRequest service : kind.services()) {
      Octets request = pair.intercept(service);
      Attacks.assertEveryFlipRefused(pair, request, kind.step());
      ServiceResponse response = Attacks.deliver(pair, request);
      assertEquals(service, pair.served.get(pair.served.size() - 1));
      assertEquals(pair.expected, response);
      // Only now has the counter moved, or the key been used.
      assertEquals(1, pair.inject(request).size());
      assertEquals(service, pair.served.get(pair.served.size() - 1));
    }
    assertEquals(kind.services(), pair.served);
  }

  @Test
  void everyBitOfARequestForManyIsRefusedAndThenItIsCarriedOut() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    pair.with(
        pair.clientSecurity().ciphering().key(KeyKind.GLOBAL_BROADCAST).build(),
        pair.cipheringServer().build());
    Attacks.opened(pair);
    pair.client.request(Attacks.SET, RequestOptions.DEFAULT.unconfirmed(), pair.now);
    Octets set = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    // C9, the length, and a security control with bit 6, key-set broadcast.
    assertEquals("C92570", set.slice(0, 3).toHex());
    Attacks.assertEveryFlipRefused(pair, set, 1);
    assertEquals(List.of(), pair.inject(set));
    assertEquals(List.of(Attacks.SET), pair.served);
  }

  @Test
  void everyBitOfTheRlrqButItsReasonIsRefusedAndThenTheAssociationIsReleased() {
    SecuredPair pair = Attacks.open();
    pair.client.release(pair.now);
    Octets rlrq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    // RLRQ, the reason normal, the user-information. The reason urgent releases just as well: that
    // is what the client wants.
    assertEquals("6228800100BE23042121", rlrq.slice(0, 10).toHex());
    int urgent = 8 * 4 + 7;
    // RLRE not-finished; the exception-response to what is no RLRQ any more, or none that can be
    // read; and the AARE to what has become an AARQ.
    Set<String> refusals =
        Set.of(
            "6303800101", "D80101", "D80203", "6117A109060760857405080103A203020101A305A203020101");
    List<Long> counters = Attacks.received(pair);
    for (int bit = 0; bit < 8 * rlrq.length(); bit++) {
      if (bit == urgent) {
        continue;
      }
      String at = "bit " + bit + " of " + rlrq.toHex();
      List<String> answers = Attacks.hex(pair.inject(Attacks.flip(rlrq, bit)));
      assertEquals(1, answers.size(), at);
      assertTrue(refusals.contains(answers.get(0)), () -> at + ": " + answers);
      assertTrue(pair.server.isAssociated(), at);
      assertEquals(counters, Attacks.received(pair), at);
    }
    Attacks.deliver(pair, Attacks.flip(rlrq, urgent));
    assertTrue(pair.heard.contains(new ClientAssociationEvent.Released(true)));
    assertFalse(pair.server.isAssociated());
  }
}
