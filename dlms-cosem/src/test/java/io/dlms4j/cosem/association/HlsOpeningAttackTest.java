package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.AuthenticationValue;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** High level security: out of turn, with the wrong answers, challenges and titles. */
class HlsOpeningAttackTest {
  private static final String GMAC = "60857405080205";

  /** AARE: rejected-permanent, calling-AP-title-not-recognized or authentication-failure. */
  private static final String WHO = "6117A109060760857405080101A203020101A305A103020103";

  private static final String FAILED = "6117A109060760857405080101A203020101A305A10302010D";

  /** High level security in a context without ciphering: what is sent can be made by hand. */
  private static SecuredPair inClear(HlsMechanism by, boolean shortNames) {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    ClientSecurity.Builder client = pair.clientSecurity();
    ServerSecurity.Builder server = pair.serverSecurity();
    SecuredPair.authenticate(by, client, server);
    return pair.with(client.build(), server.build(), shortNames, 0xFFFF, 0xFFFF);
  }

  private static SecuredPair challenged(SecuredPair pair) {
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets aarq = polled(pair);
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    return pair;
  }

  private static Octets polled(SecuredPair pair) {
    return Objects.requireNonNull(pair.client.pollTransmit(pair.now));
  }

  private static Octets aarq(@Nullable String title, @Nullable String challenge) {
    AARQ.Authentication offered =
        new AARQ.Authentication(
            Octets.ofHex("0780"),
            MechanismName.HIGH_LEVEL_SECURITY_USING_GMAC,
            challenge == null ? null : new AuthenticationValue.Charstring(Octets.ofHex(challenge)));
    AARQ plain =
        new AARQ(
            ApplicationContextName.LOGICAL_NAME_REFERENCING,
            offered,
            Attacks.encode(Attacks.initiateRequest(null)));
    return AcseCodec.encode(
        title == null
            ? plain
            : plain.withCalling(ApplicationEntity.UNNAMED.withApTitle(Octets.ofHex(title))));
  }

  private static ServerAssociationEvent.Refused refused(SecuredPair pair) {
    return assertInstanceOf(
        ServerAssociationEvent.Refused.class, pair.told.get(pair.told.size() - 1));
  }

  @Test
  void nothingButPass3IsAnsweredAndNothingIsCarriedOutBeforePass4() {
    for (boolean ciphered : new boolean[] {false, true}) {
      SecuredPair pair = challenged(ciphered ? Attacks.pair() : inClear(HlsMechanism.GMAC, false));
      for (Octets apdu :
          List.of(
              Attacks.PLAIN_GET,
              Attacks.PLAIN_SET,
              Attacks.PLAIN_ACTION,
              // GET-next, ACCESS, a block of general block transfer, RLRQ, an InitiateRequest; and
              // method 2 of the current association, and method 1 of another object.
              Octets.ofHex("C002C100000001"),
              Octets.ofHex("D900000001000000"),
              Octets.ofHex("E0800001000001C0"),
              Octets.ofHex("6203800100"),
              Attacks.encode(Attacks.initiateRequest(null)),
              Octets.ofHex("C301C1000F0000280000FF020109021234"),
              Octets.ofHex("C301C1000F0000280001FF010109021234"),
              Octets.ofHex("C301C100120000280000FF010109021234"),
              Octets.ofHex("00"))) {
        Attacks.assertRefused(pair, apdu, Attacks.TOO_WEAK);
        if (ciphered) {
          Octets authentic =
              Attacks.encode(
                  Attacks.asClient(pair)
                      .protectGeneralGlo(apdu, KeyKind.GLOBAL_UNICAST, SecuredPair.BOTH));
          assertEquals(Attacks.TOO_WEAK, Attacks.hex(pair.inject(authentic)));
        }
      }
      assertEquals(List.of(), pair.served);
      assertFalse(pair.server.isAssociated());
      if (!ciphered) {
        pair.run();
        assertTrue(pair.isOpen());
      }
    }
  }

  @Test
  void withShortNamesNothingButTheReadThatIsPass3IsAnswered() {
    SecuredPair pair = challenged(inClear(HlsMechanism.SHA_1, true));
    for (String apdu :
        List.of(
            // Read of a variable; of pass 3's, without a parameter; with one, of another; of two.
            "050102FA01",
            "050102FA58",
            "050104FA500009021234",
            "050204FA58000902123402FA01",
            "060102FA01010900",
            "160102FA01010900")) {
      Attacks.assertRefused(pair, Octets.ofHex(apdu), Attacks.TOO_WEAK);
    }
    pair.run();
    assertTrue(pair.isOpen());
    // ReadResponse, data-access-error other-reason.
    SecuredPair wrong = challenged(inClear(HlsMechanism.SHA_1, true));
    assertEquals(
        List.of("0C0101FA"), Attacks.hex(wrong.inject(Octets.ofHex("050104FA580009021234"))));
    assertTrue(refused(wrong).authenticationFailed());
    assertFalse(wrong.server.isAssociated());
  }

  @Test
  void pass3WithoutAnAarqIsNone() {
    SecuredPair pair = inClear(HlsMechanism.GMAC, false);
    pair.server.linkUp();
    Attacks.assertRefused(pair, pass3("00".repeat(17)), Attacks.TOO_WEAK);
  }

  private static Octets pass3(String answer) {
    return Attacks.encode(HlsPasses.pass3(false, Octets.ofHex(answer)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "0102030405060708090A0B0C0D0E0F10"})
  void aWrongAnswerToTheChallengeEndsTheOpening(String answer) {
    for (HlsMechanism by : HlsMechanism.values()) {
      if (by == HlsMechanism.ECDSA) {
        continue;
      }
      SecuredPair pair = challenged(inClear(by, false));
      Octets genuine = polled(pair);
      List<String> answers = Attacks.hex(pair.inject(pass3(answer)));
      assertEquals(List.of("C701C0FA00"), answers);
      assertTrue(refused(pair).authenticationFailed());
      assertFalse(pair.server.isAssociated());
      // There is no second attempt: who guesses has to ask for another challenge.
      Attacks.assertRefused(pair, genuine, Attacks.TOO_WEAK);
    }
  }

  @Test
  void aRefusedPass3IsAnsweredUnderProtectionAndTheClientSaysWhatToCheck() {
    // Only the secret of the passes is not the same.
    SecuredPair pair =
        secrets(
            Attacks.pair(),
            KeyMaterial.ofHex("00112233445566778899AABBCCDDEEFF"),
            KeyMaterial.ofHex("00112233445566778899AABBCCDDEEFE"));
    pair.open();
    assertFalse(pair.client.isAssociated());
    assertFalse(pair.server.isAssociated());
    assertEquals(2, pair.down.size());
    // glo-action-response.
    assertEquals("CF1630", pair.down.get(1).slice(0, 3).toHex());
    ProtectionException failure = assertInstanceOf(ProtectionException.class, pair.failure());
    assertEquals(Reason.NOT_AUTHENTIC, failure.reason());
    assertTrue(
        String.valueOf(failure.getMessage()).contains("refused our answer to its challenge"),
        failure::getMessage);
    assertTrue(refused(pair).authenticationFailed());
  }

  private static SecuredPair secrets(SecuredPair pair, KeyMaterial ofClient, KeyMaterial ofServer) {
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    return pair.with(
        pair.clientSecurity()
            .keys(pair.clientKeys.toBuilder().hlsSecret(ofClient).build())
            .authentication(HlsMechanism.SHA_256)
            .ciphering()
            .build(),
        pair.cipheringServer().authentication(HlsMechanism.SHA_256).secret(() -> ofServer).build());
  }

  @Test
  void aServerThatDoesNotKnowTheSecretIsNotBelieved() {
    for (String pass4 :
        List.of(
            // Success without data, with an empty octet-string, with another type, with a wrong
            // answer; and an answer to another request.
            "C701C00000",
            "C701C00001000900",
            "C701C000010016" + "00",
            "C701C0000100" + "0911" + "10" + "00".repeat(16),
            "C701C0000101FA")) {
      SecuredPair pair = challenged(inClear(HlsMechanism.GMAC, false));
      polled(pair);
      pair.client.receive(Octets.ofHex(pass4), pair.now);
      pair.takeEvents();
      assertFalse(pair.client.isAssociated(), pass4);
      assertEquals(
          Reason.NOT_AUTHENTIC,
          assertInstanceOf(ProtectionException.class, pair.failure()).reason(),
          pass4);
      assertNull(pair.ask(Attacks.GET));
    }
  }

  @Test
  void anAnswerToAnotherRequestIsNoPass4() {
    SecuredPair pair = challenged(inClear(HlsMechanism.GMAC, false));
    Octets pass3 = polled(pair);
    for (String other : List.of("C701C10000", "C701C1FA00", "C401C00000", "C501C000", "0C0100")) {
      pair.client.receive(Octets.ofHex(other), pair.now);
    }
    pair.takeEvents();
    assertEquals(List.of(), pair.heard);
    Attacks.deliver(pair, pass3);
    assertTrue(pair.isOpen());
  }

  @Test
  void pass3AndPass4AreNotTakenTwice() {
    SecuredPair pair = Attacks.open();
    Attacks.assertRefused(pair, pair.up.get(1), Attacks.replay(Attacks.expected(pair)));
    pair.heard.clear();
    pair.client.receive(pair.down.get(1), pair.now);
    pair.takeEvents();
    assertEquals(List.of(), pair.heard);
    assertTrue(pair.isOpen());
  }

  @ParameterizedTest
  @CsvSource({"0, false", "7, false", "8, true", "64, true", "65, false"})
  void aClientsChallengeHas8To64Octets(int length, boolean taken) {
    SecuredPair pair = inClear(HlsMechanism.GMAC, false);
    pair.server.linkUp();
    String answer =
        Attacks.hex(pair.inject(aarq(SecuredPair.CLIENT.octets().toHex(), "5A".repeat(length))))
            .get(0);
    assertEquals(taken, answer.contains(GMAC), answer);
    if (!taken) {
      assertEquals(FAILED, answer);
      assertTrue(refused(pair).authenticationFailed());
    }
  }

  @Test
  void aClientWithoutAChallengeIsRefused() {
    SecuredPair pair = inClear(HlsMechanism.GMAC, false);
    pair.server.linkUp();
    Attacks.assertRefused(pair, aarq(SecuredPair.CLIENT.octets().toHex(), null), List.of(FAILED));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "7, false", "8, true", "64, true", "65, false"})
  void aServersChallengeHas8To64Octets(int length, boolean taken) throws BerException {
    SecuredPair pair = inClear(HlsMechanism.GMAC, false);
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets aare = pair.inject(polled(pair)).get(0);
    pair.client.receive(withStoc(aare, Octets.ofHex("5A".repeat(length))), pair.now);
    pair.takeEvents();
    assertEquals(taken, pair.client.pollTransmit(pair.now) != null);
    if (!taken) {
      pair.failure();
    }
  }

  private static Octets withStoc(Octets aare, Octets stoc) throws BerException {
    AARE genuine = assertInstanceOf(AARE.class, AcseCodec.decode(aare));
    return AcseCodec.encode(
        new AARE(
            genuine.protocolVersion(),
            genuine.applicationContextName(),
            genuine.result(),
            genuine.diagnostic(),
            genuine.responding(),
            new AARE.Authentication(MechanismName.HIGH_LEVEL_SECURITY_USING_GMAC, stoc),
            null,
            genuine.userInformation()));
  }

  @Test
  void aServerThatSendsTheClientsChallengeBackIsLeft() throws BerException {
    SecuredPair pair = inClear(HlsMechanism.GMAC, false);
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets octets = polled(pair);
    AARQ aarq = assertInstanceOf(AARQ.class, AcseCodec.decode(octets));
    Octets ctos =
        Objects.requireNonNull(
            Objects.requireNonNull(aarq.authentication()).callingAuthenticationValue());
    pair.client.receive(withStoc(pair.inject(octets).get(0), ctos), pair.now);
    pair.takeEvents();
    assertNull(pair.client.pollTransmit(pair.now));
    assertEquals(
        "the peer sent our own challenge back, StoC equal to CtoS (Green Book 9.2.7.4)",
        pair.failure().getMessage());
  }

  /** Whose challenges everybody knows beforehand. */
  private static final class Predictable extends SecureRandom {
    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] octets) {
      Arrays.fill(octets, (byte) 0x5A);
    }
  }

  @Test
  void aClientThatSendsTheServersChallengeIsRefused() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.with(
        pair.clientSecurity().authentication(HlsMechanism.GMAC).build(),
        pair.serverSecurity().authentication(HlsMechanism.GMAC).random(new Predictable()).build());
    pair.server.linkUp();
    Attacks.assertRefused(
        pair, aarq(SecuredPair.CLIENT.octets().toHex(), "5A".repeat(16)), List.of(FAILED));
    assertTrue(refused(pair).authenticationFailed());
  }

  @Test
  void aTitleThatIsMissingTooShortOrTheServersOwnIsNotRecognized() {
    SecuredPair pair = inClear(HlsMechanism.GMAC, false);
    pair.server.linkUp();
    for (String title :
        new String[] {null, "4D4D4D0000BC61", SecuredPair.SERVER.octets().toHex()}) {
      Attacks.assertRefused(pair, aarq(title, "00".repeat(16)), List.of(WHO));
      assertFalse(refused(pair).authenticationFailed());
    }
    // Nobody was asked for keys.
    assertTrue(pair.told.stream().noneMatch(ServerAssociationEvent.KeysWanted.class::isInstance));
  }

  @Test
  void aServerThatHasTheClientsOwnTitleOrAnotherThanIsPinnedIsLeft() {
    for (SystemTitle title : List.of(SecuredPair.CLIENT, SystemTitle.ofHex("4D4D4D0000C0FFEE"))) {
      SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
      pair.with(
          pair.clientSecurity()
              .authentication(HlsMechanism.GMAC)
              .server(title.equals(SecuredPair.CLIENT) ? title : SecuredPair.SERVER)
              .build(),
          ServerSecurity.builder(SystemTitle.ofHex("4D4D4D0000C0FFEE"))
              .counters(pair.serverCounters)
              .authentication(HlsMechanism.GMAC)
              .build());
      pair.open();
      assertFalse(pair.client.isAssociated());
      assertEquals(
          Reason.WRONG_SYSTEM_TITLE,
          assertInstanceOf(ProtectionException.class, pair.failure()).reason());
      assertEquals(1, pair.up.size());
    }
  }

  @Test
  void keysOfAnotherSuiteAreNotGuessed() {
    SecuredPair pair = Attacks.pair();
    pair.serverKeys =
        KeyRing.builder(SecuritySuite.SUITE_1)
            .unicastKey(Objects.requireNonNull(pair.clientKeys.unicastKey()))
            .authenticationKey(Objects.requireNonNull(pair.clientKeys.authenticationKey()))
            .build();
    pair.open();
    assertFalse(pair.client.isAssociated());
    assertTrue(refused(pair).authenticationFailed());
  }
}
