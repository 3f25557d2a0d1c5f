package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key that a client chooses for one association (Green Book 9.2.5). */
class DedicatedKeyAttackTest {
  /**
   * AARE: rejected-permanent, no-reason-given, ConfirmedServiceError refused-by-the-VDE-Handler.
   */
  private static String refused(ApplicationContextName context) {
    String name = context.hasCiphering() ? "03" : "01";
    return "611FA1090607608574050801" + name + "A203020101A305A103020101BE0604040E010604";
  }

  private static final Octets KEY = Octets.ofHex("000102030405060708090A0B0C0D0E0F");

  /** A server without a policy, so that only the dedicated key can be what is wrong. */
  private static SecuredPair lenient(boolean ciphered) {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    ServerSecurity server =
        ciphered
            ? pair.cipheringServer().acceptEncryptionOnly().build()
            : pair.serverSecurity().authentication(HlsMechanism.GMAC).build();
    pair.with(pair.clientSecurity().ciphering().build(), server);
    pair.server.linkUp();
    return pair;
  }

  private static Octets initiate(Octets key) {
    return Attacks.encode(Attacks.initiateRequest(key));
  }

  private static Octets ciphered(ApduProtection by, Octets initiate, Set<Protection> how) {
    return Attacks.encode(by.protectServiceSpecific(initiate, KeyKind.GLOBAL_UNICAST, how));
  }

  private static Octets aarq(Octets userInformation) {
    return AcseCodec.encode(
        new AARQ(
                ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING,
                null,
                userInformation)
            .withCalling(ApplicationEntity.UNNAMED.withApTitle(SecuredPair.CLIENT.octets())));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 15, 17, 24, 32})
  void aDedicatedKeyOfAnotherLengthThanTheSuitesIsRefused(int length) {
    SecuredPair pair = lenient(true);
    Octets initiate = initiate(Octets.ofHex("5A".repeat(length)));
    assertEquals(
        List.of(refused(ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING)),
        Attacks.hex(
            pair.inject(aarq(ciphered(Attacks.asClient(pair), initiate, SecuredPair.BOTH)))));
    assertFalse(pair.server.isAssociated());
  }

  @Test
  void aDedicatedKeyThatOthersCanReadIsRefused() {
    // SYMSEC_0_DedKey_N1
    SecuredPair pair = lenient(true);
    ApduProtection client = Attacks.asClient(pair);
    for (Octets readable :
        List.of(initiate(KEY), ciphered(client, initiate(KEY), Set.of(Protection.AUTHENTICATED)))) {
      assertEquals(
          List.of(refused(ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING)),
          Attacks.hex(pair.inject(aarq(readable))));
      assertFalse(pair.server.isAssociated());
    }
    pair.inject(aarq(ciphered(client, initiate(KEY), SecuredPair.BOTH)));
    assertTrue(pair.server.isAssociated());
  }

  @Test
  void aDedicatedKeyHasNoPlaceInAContextWithoutCiphering() {
    SecuredPair pair = lenient(false);
    AARQ aarq =
        new AARQ(
                ApplicationContextName.LOGICAL_NAME_REFERENCING,
                new AARQ.Authentication(MechanismName.HIGH_LEVEL_SECURITY_USING_GMAC, KEY),
                initiate(KEY))
            .withCalling(ApplicationEntity.UNNAMED.withApTitle(SecuredPair.CLIENT.octets()));
    Attacks.assertRefused(
        pair,
        AcseCodec.encode(aarq),
        List.of(refused(ApplicationContextName.LOGICAL_NAME_REFERENCING)));
    ServerAssociation plain =
        new ServerAssociation(ServerAssociationConfig.builder().lowestLevelSecurity().build());
    pair.server = plain;
    plain.linkUp();
    Attacks.assertRefused(
        pair,
        AcseCodec.encode(
            new AARQ(ApplicationContextName.LOGICAL_NAME_REFERENCING, null, initiate(KEY))),
        List.of(refused(ApplicationContextName.LOGICAL_NAME_REFERENCING)));
  }

  @Test
  void anotherDedicatedKeyIsNotAuthenticAndAnswersUseTheRightOne() {
    SecuredPair pair = lenient(true);
    ApduProtection client = Attacks.asClient(pair);
    pair.inject(aarq(ciphered(client, initiate(KEY), SecuredPair.BOTH)));
    ApduProtection wrong = Attacks.asClient(pair);
    wrong.useDedicatedKey(KeyMaterial.generate(16, Attacks.RANDOM));
    client.useDedicatedKey(KeyMaterial.of(KEY));
    Attacks.assertRefused(pair, dedicated(wrong), Attacks.NOT_AUTHENTIC);
    Octets answer = pair.inject(dedicated(client)).get(0);
    // ded-get-response
    assertEquals(0xD4, answer.at(0));
    assertEquals(1, pair.served.size());
  }

  private static Octets dedicated(ApduProtection by) {
    return Attacks.encode(
        by.protectServiceSpecific(Attacks.PLAIN_GET, KeyKind.DEDICATED, SecuredPair.BOTH));
  }

  @Test
  void eachAssociationHasAKeyOfItsOwnAndItsCountersBeginAnew() {
    SecuredPair pair =
        Attacks.opened(Attacks.pair(CipheringForm.SERVICE_SPECIFIC, KeyKind.DEDICATED));
    Octets first = pair.intercept(Attacks.GET);
    pair.client.linkUp(pair.now);
    pair.run();
    assertTrue(pair.isOpen());
    Octets second = pair.intercept(Attacks.GET);
    assertEquals("00000002", first.slice(3, 4).toHex());
    assertEquals("00000002", second.slice(3, 4).toHex());
    // The same nonce and, but for the invoke-id, the same text: only the key is another.
    assertNotEquals(
        first.slice(9, first.length() - 21).toHex(), second.slice(9, second.length() - 21).toHex());
  }
}
