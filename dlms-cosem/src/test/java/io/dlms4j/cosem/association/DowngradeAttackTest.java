package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Less security than a server insists on. */
class DowngradeAttackTest {
  private static final Octets CTOS = Octets.ofHex("000102030405060708090A0B0C0D0E0F");

  static Octets protectedBy(ApduProtection by, Octets apdu, Set<Protection> how) {
    return Attacks.encode(by.protectServiceSpecific(apdu, KeyKind.GLOBAL_UNICAST, how));
  }

  static List<Octets> weaker(ApduProtection by, Octets apdu) {
    return List.of(
        apdu,
        protectedBy(by, apdu, Set.of(Protection.AUTHENTICATED)),
        protectedBy(by, apdu, Set.of(Protection.ENCRYPTED)));
  }

  @Test
  void aRequestThatIsProtectedLessThanThePolicyAsksIsNotCarriedOut() {
    SecuredPair pair = Attacks.open();
    for (Octets plain : List.of(Attacks.PLAIN_GET, Attacks.PLAIN_SET, Attacks.PLAIN_ACTION)) {
      for (Octets weak : weaker(Attacks.asClient(pair), plain)) {
        assertEquals(Attacks.TOO_WEAK, Attacks.hex(pair.inject(weak)), weak::toHex);
      }
    }
    assertEquals(List.of(), pair.served);
    ServiceResponse response = pair.ask(Attacks.GET);
    assertEquals(pair.expected, response);
  }

  @Test
  void aPolicyThatIsMadeStrongerCountsAtOnce() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.with(
        pair.clientSecurity().ciphering(Set.of(Protection.AUTHENTICATED)).build(),
        pair.cipheringServer().build());
    Attacks.opened(pair);
    ServiceResponse before = pair.ask(Attacks.GET);
    assertEquals(pair.expected, before);
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    assertNull(pair.ask(Attacks.GET));
    assertEquals(1, pair.served.size());
  }

  @Test
  void anAnswerIsAtLeastAsTheRequestAndAsThePolicyAsks() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.policy = new SecurityPolicy(Set.of(), Set.of(Protection.ENCRYPTED));
    pair.with(
        pair.clientSecurity().ciphering(Set.of(Protection.AUTHENTICATED)).build(),
        pair.cipheringServer().build());
    Attacks.opened(pair);
    Octets answer = pair.inject(pair.intercept(Attacks.GET)).get(0);
    assertEquals(0x30, answer.at(2));
  }

  @Test
  void aFurtherMessageOfAReadIsNoWayToReadInClear() {
    SecuredPair pair = Attacks.open();
    pair.inject(pair.intercept(Attacks.GET));
    Attacks.assertRefused(pair, Octets.ofHex("C002C100000001"), Attacks.TOO_WEAK);
  }

  /** The user-informations of AARQs that are protected less than the policy asks. */
  @Test
  void anInitiateRequestThatIsProtectedLessOpensNothing() {
    SecuredPair pair = Attacks.pair();
    pair.server.linkUp();
    for (Octets weak : weaker(Attacks.asClient(pair), RefusalOctetsTest.initiate())) {
      assertEquals(
          List.of("6117A109060760857405080103A203020101A305A10302010D"),
          Attacks.hex(pair.inject(RefusalOctetsTest.aarq(weak))));
      assertFalse(pair.server.isAssociated());
    }
  }

  private static void assertRejected(
      ApplicationContextName context,
      @Nullable MechanismName mechanism,
      @Nullable Octets value,
      int diagnostic) {
    SecuredPair pair = Attacks.pair();
    pair.server.linkUp();
    AARQ.Authentication offered = value == null ? null : new AARQ.Authentication(mechanism, value);
    // The rest of it is as the policy asks.
    Octets initiate =
        protectedBy(Attacks.asClient(pair), RefusalOctetsTest.initiate(), SecuredPair.BOTH);
    AARQ aarq =
        new AARQ(context, offered, initiate)
            .withCalling(ApplicationEntity.UNNAMED.withApTitle(SecuredPair.CLIENT.octets()));
    Attacks.assertRefused(
        pair,
        AcseCodec.encode(aarq),
        List.of("6117A109060760857405080103A203020101A305A1030201%02X".formatted(diagnostic)));
  }

  @Test
  void anAarqThatAsksForLessIsRejectedWithItsDiagnostic() {
    ApplicationContextName ciphered =
        ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING;
    Octets password = Octets.ofHex("3132333435363738");
    MechanismName hls = MechanismName.HIGH_LEVEL_SECURITY_USING_GMAC;
    assertRejected(ApplicationContextName.LOGICAL_NAME_REFERENCING, hls, CTOS, 2);
    assertRejected(ApplicationContextName.SHORT_NAME_REFERENCING_WITH_CIPHERING, hls, CTOS, 2);
    // Authentication-required, to whoever does not begin one.
    assertRejected(ciphered, null, null, 14);
    // Authentication-mechanism-name-not-recognised.
    for (MechanismName other :
        List.of(
            MechanismName.LOWEST,
            MechanismName.LOW_LEVEL_SECURITY,
            MechanismName.HIGH_LEVEL_SECURITY,
            MechanismName.HIGH_LEVEL_SECURITY_USING_MD5,
            MechanismName.HIGH_LEVEL_SECURITY_USING_SHA_1,
            MechanismName.HIGH_LEVEL_SECURITY_USING_SHA_256,
            MechanismName.HIGH_LEVEL_SECURITY_USING_ECDSA)) {
      assertRejected(ciphered, other, other.equals(hls) ? CTOS : password, 11);
    }
  }

  @Test
  void aBroadcastKeyProvesNobody() {
    SecuredPair pair = Attacks.open();
    ApduProtection anyDevice = Attacks.asClient(pair);
    // A confirmed service: not agreed on.
    assertEquals(
        List.of("D80102"),
        Attacks.hex(pair.inject(Attacks.encode(forMany(anyDevice, Attacks.PLAIN_GET)))));
    assertEquals(
        List.of("6303800101"),
        Attacks.hex(
            pair.inject(
                AcseCodec.encode(
                    new RLRQ(
                        RLRQ.Reason.NORMAL,
                        Attacks.encode(forMany(anyDevice, RefusalOctetsTest.initiate())))))));
    assertTrue(pair.isOpen());
    assertEquals(
        List.of("6117A109060760857405080103A203020101A305A10302010D"),
        Attacks.hex(
            pair.inject(
                RefusalOctetsTest.aarq(
                    Attacks.encode(forMany(anyDevice, RefusalOctetsTest.initiate()))))));
    assertEquals(List.of(), pair.served);
  }

  @Test
  void aPass3ThatIsProtectedLessThanThePolicyAsksIsNotLookedAt() {
    SecuredPair pair = Attacks.pair();
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    Octets pass3 = Attacks.encode(HlsPasses.pass3(false, Octets.ofHex("00".repeat(17))));
    Attacks.assertRefused(pair, pass3, Attacks.TOO_WEAK);
    pair.run();
    assertTrue(pair.isOpen());
    // The opening is not over with those that have a counter either.
    pair.client.linkUp(pair.now);
    Octets again = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    pair.inject(again);
    pair.told.clear();
    for (Octets weak : weaker(Attacks.asClient(pair), pass3)) {
      assertEquals(Attacks.TOO_WEAK, Attacks.hex(pair.inject(weak)), weak::toHex);
    }
    assertTrue(
        pair.told.stream().allMatch(ServerAssociationEvent.MessageRefused.class::isInstance));
  }

  @Test
  void aBroadcastKeyIsNoneForPass3() {
    SecuredPair pair = Attacks.pair();
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    Octets pass3 = Attacks.encode(HlsPasses.pass3(false, Octets.ofHex("00".repeat(17))));
    assertEquals(
        Attacks.TOO_WEAK,
        Attacks.hex(pair.inject(Attacks.encode(forMany(Attacks.asClient(pair), pass3)))));
    pair.run();
    assertTrue(pair.isOpen());
  }

  static ProtectedApdu forMany(ApduProtection by, Octets apdu) {
    return by.protectServiceSpecific(apdu, KeyKind.GLOBAL_BROADCAST, SecuredPair.BOTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C401C0", "C401C1", "C401C2", "C401C3"})
  void anAnswerThatIsProtectedLessThanAskedAnswersNothing(String head) {
    SecuredPair pair = Attacks.open();
    Octets request = pair.intercept(Attacks.GET);
    Octets plain = Octets.ofHex(head + "00" + "090166");
    for (Octets weak : weaker(Attacks.asServer(pair), plain)) {
      pair.client.receive(weak, pair.now);
    }
    pair.takeEvents();
    assertEquals(List.of(), pair.heard);
    assertTrue(pair.client.isAssociated());
    // It is the counter of the authenticated one that has been used, and no other.
    assertFalse(Attacks.hex(pair.inject(request)).isEmpty());
  }

  @Test
  void whatAServerHasToProtectItTellsNobodyInClear() {
    SecuredPair pair = Attacks.pair();
    DataNotification notification =
        new DataNotification(new LongInvokeIdAndPriority(5), Octets.EMPTY, Attacks.value("66"));
    pair.server.linkUp();
    assertFalse(pair.server.sendNotification(notification));
    // Nor what waited while the opening failed.
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    assertTrue(pair.server.sendNotification(notification));
    pair.server.onDeadline(pair.server.nextDeadline());
    assertNull(pair.server.pollTransmit(pair.now));
    assertInstanceOf(
        ServerAssociationEvent.Refused.class, Objects.requireNonNull(pair.server.pollEvent()));
  }

  @ParameterizedTest
  @EnumSource(HlsMechanism.class)
  void withoutCipheringTheServerIsStillPinnedToItsMechanism(HlsMechanism by) {
    SecuredPair pair =
        new SecuredPair(by == HlsMechanism.ECDSA ? SecuritySuite.SUITE_1 : SecuritySuite.SUITE_0);
    ServerSecurity.Builder server = pair.serverSecurity();
    SecuredPair.authenticate(by, pair.clientSecurity(), server);
    for (HlsMechanism other : HlsMechanism.values()) {
      if (other != by && (other == HlsMechanism.MD5 || other == HlsMechanism.SHA_1)) {
        pair.heard.clear();
        pair.with(pair.clientSecurity().authentication(other).build(), server.build());
        pair.open();
        AssociationRefusedException refusal =
            assertInstanceOf(AssociationRefusedException.class, pair.failure());
        assertEquals(
            ResultSourceDiagnostic.AUTHENTICATION_MECHANISM_NAME_NOT_RECOGNISED,
            refusal.diagnostic());
      }
    }
  }

  @Test
  void anUnprotectedRlrqIsAnsweredThatTheAssociationIsNotFinished() {
    SecuredPair pair = Attacks.open();
    for (String rlrq :
        List.of("6200", "6203800100", "6215800100BE10040E01000000065F1F0400001E1DFFFF")) {
      // SYMSEC_REL_N1
      Attacks.assertRefused(pair, Octets.ofHex(rlrq), List.of("6303800101"));
    }
    ServiceResponse response = pair.ask(Attacks.GET);
    assertEquals(pair.expected, response);
  }
}
