package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.GeneralCiphering;
import io.dlms4j.cosem.apdu.GeneralSigning;
import io.dlms4j.cosem.apdu.KeyInfo;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** General-ciphering and general-signing: what is covered, and what must be refused. */
class GeneralProtectionTest {
  private static final Octets APDU = Octets.ofHex("C0010000080000010000FF0200");
  private static final Set<Protection> BOTH =
      Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);
  private static final GeneralHeader HEADER =
      new GeneralHeader(Octets.of(1, 2, 3, 4), Octets.EMPTY, Octets.of(9));

  /** The five fields of HEADER between client and server, written by hand. */
  private static final String FIELDS =
      "04 01020304 08 4D4D4D0000000001 08 4D4D4D0000BC614E 00 01 09";

  private final Parties parties = new Parties(SecuritySuite.SUITE_1);

  private static Reason reason(ApduProtection receiver, ProtectedApdu apdu) {
    return assertThrows(ProtectionException.class, () -> receiver.unprotect(apdu)).reason();
  }

  private GeneralCiphering general(KeyKind key) {
    return parties.client.protectGeneral(APDU, key, BOTH, HEADER);
  }

  private static GeneralCiphering with(GeneralCiphering apdu, @Nullable KeyInfo keyInfo) {
    return new GeneralCiphering(
        apdu.transactionId(),
        apdu.originatorSystemTitle(),
        apdu.recipientSystemTitle(),
        apdu.dateTime(),
        apdu.otherInformation(),
        keyInfo,
        apdu.content());
  }

  /** The layout of what is authenticated, written out once more: no book has an example of it. */
  @Test
  void theTagCoversControlAuthenticationKeyAndFiveFieldsWithTheirLengths() {
    GeneralCiphering apdu = general(KeyKind.GLOBAL_UNICAST);
    KeyMaterial ek = Objects.requireNonNull(parties.clientKeys.unicastKey());
    KeyMaterial ak = Objects.requireNonNull(parties.clientKeys.authenticationKey());
    Octets aad = Octets.ofHex("31" + ak.export().toHex() + FIELDS);
    byte[] nonce = Octets.ofHex("4D4D4D0000000001 00000001").toByteArray();
    byte[] text =
        CipherEngine.JDK.aesGcm(ek).open(nonce, new Octets[] {aad}, apdu.content().octets());
    assertNotNull(text);
    assertEquals(APDU, Octets.view(text));
  }

  @ParameterizedTest
  @EnumSource(value = SecuritySuite.class, names = "SUITE_0", mode = EnumSource.Mode.EXCLUDE)
  void theSignatureCoversFiveFieldsAndTheContentWithTheirLengths(SecuritySuite suite) {
    Parties both = new Parties(suite);
    GeneralSigning apdu = both.client.sign(APDU, HEADER);
    assertTrue(
        DigitalSignature.verify(
            suite,
            Objects.requireNonNull(both.serverKeys.peerSigningKey()),
            apdu.signature(),
            Octets.ofHex(FIELDS + "0D" + APDU.toHex())));
  }

  @Test
  void whatIsForAnotherOneIsRefused() {
    GeneralCiphering apdu = general(KeyKind.GLOBAL_UNICAST);
    GeneralCiphering forAnother =
        new GeneralCiphering(
            apdu.transactionId(),
            apdu.originatorSystemTitle(),
            Octets.ofHex("4D4D4D0000000077"),
            apdu.dateTime(),
            apdu.otherInformation(),
            apdu.keyInfo(),
            apdu.content());
    assertEquals(Reason.WRONG_SYSTEM_TITLE, reason(parties.server, forAnother));
    GeneralSigning signed = parties.client.sign(APDU, HEADER);
    assertEquals(Reason.WRONG_SYSTEM_TITLE, reason(parties.client, signed));
    GeneralSigning odd =
        new GeneralSigning(
            signed.transactionId(),
            Octets.of(1, 2, 3),
            signed.recipientSystemTitle(),
            signed.dateTime(),
            signed.otherInformation(),
            signed.content(),
            signed.signature());
    assertEquals(Reason.MALFORMED, reason(parties.server, odd));
  }

  @Test
  void keyInfosThatTheStandardDoesNotDefineAreRefused() {
    GeneralCiphering apdu = general(KeyKind.GLOBAL_UNICAST);
    for (KeyInfo info :
        new KeyInfo[] {
          new KeyInfo.IdentifiedKey(2),
          new KeyInfo.WrappedKey(1, Octets.EMPTY),
          new KeyInfo.AgreedKey(Octets.EMPTY, Octets.EMPTY),
          new KeyInfo.AgreedKey(Octets.of(3), Octets.EMPTY),
          new KeyInfo.AgreedKey(Octets.of(1), Octets.view(new byte[127])),
          new KeyInfo.AgreedKey(Octets.of(1, 0), Octets.EMPTY)
        }) {
      assertEquals(Reason.MALFORMED, reason(parties.server, with(apdu, info)), info::toString);
    }
    for (KeyInfo info :
        new KeyInfo[] {
          new KeyInfo.WrappedKey(0, Octets.EMPTY),
          new KeyInfo.WrappedKey(0, Octets.view(new byte[24])),
          new KeyInfo.AgreedKey(Octets.of(1), Octets.view(new byte[128]))
        }) {
      assertEquals(Reason.NOT_AUTHENTIC, reason(parties.server, with(apdu, info)), info::toString);
    }
    assertEquals(APDU, parties.server.unprotect(apdu).apdu());
  }

  @Test
  void aSignedEphemeralKeyThatIsNoPointIsRefused() {
    byte[] point = new byte[64];
    point[63] = 5;
    Octets signature =
        DigitalSignature.sign(
            SecuritySuite.SUITE_1,
            Objects.requireNonNull(parties.clientKeys.signingKey()),
            Parties.RANDOM,
            Octets.view(point));
    KeyInfo info =
        new KeyInfo.AgreedKey(
            Octets.of(1), Octets.ofHex(Octets.view(point).toHex() + signature.toHex()));
    assertEquals(
        Reason.MALFORMED, reason(parties.server, with(general(KeyKind.AGREED_ONE_PASS), info)));
  }

  @Test
  void aKeyWrappedForAnotherSuiteIsRefused() {
    KeyMaterial kek = Objects.requireNonNull(parties.clientKeys.masterKey());
    Octets wrapped = KeyWrap.wrap(kek, KeyMaterial.generate(32, Parties.RANDOM));
    assertEquals(
        Reason.NOT_AUTHENTIC,
        reason(parties.server, with(general(KeyKind.WRAPPED), new KeyInfo.WrappedKey(0, wrapped))));
  }

  @Test
  void withoutKeyInfoTheGlobalUnicastKeyIsMeant() {
    assertEquals(
        new Unprotected(APDU, BOTH, KeyKind.GLOBAL_UNICAST),
        parties.server.unprotect(with(general(KeyKind.GLOBAL_UNICAST), null)));
  }

  @Test
  void suite0HasNoPublicKeysToUse() {
    Parties without = new Parties(SecuritySuite.SUITE_0);
    GeneralSigning signed = parties.client.sign(APDU, HEADER);
    assertEquals(Reason.NOT_SUPPORTED, reason(without.server, signed));
    GeneralCiphering ciphered =
        without.client.protectGeneral(APDU, KeyKind.GLOBAL_UNICAST, BOTH, HEADER);
    for (int parameters = 1; parameters <= 2; parameters++) {
      assertEquals(
          Reason.NOT_SUPPORTED,
          reason(
              without.server,
              with(ciphered, new KeyInfo.AgreedKey(Octets.of(parameters), Octets.EMPTY))));
    }
    assertEquals(
        Reason.UNKNOWN_KEY,
        assertThrows(ProtectionException.class, () -> without.client.sign(APDU, HEADER)).reason());
  }

  @Test
  void oneTransactionIdUsedTwiceRepeatsNoNonce() {
    GeneralCiphering first = general(KeyKind.AGREED_STATIC);
    GeneralCiphering second = general(KeyKind.AGREED_STATIC);
    assertNotEquals(first.content().invocationCounter(), second.content().invocationCounter());
    assertEquals(APDU, parties.server.unprotect(first).apdu());
    assertEquals(APDU, parties.server.unprotect(second).apdu());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            parties.client.protectGeneral(APDU, KeyKind.AGREED_STATIC, BOTH, GeneralHeader.EMPTY));
  }

  @Test
  void aKeyForOneApduIsKnownAgainByAnotherAssociationThatSharesTheMemory() {
    InMemoryInvocationCounterStore memory = new InMemoryInvocationCounterStore(2);
    ApduProtection[] servers = new ApduProtection[2];
    for (int i = 0; i < servers.length; i++) {
      servers[i] =
          ApduProtection.builder(
                  parties.serverKeys,
                  Parties.SERVER,
                  Parties.CLIENT,
                  parties.serverCounters,
                  Parties.RANDOM)
              .passingKeys(memory)
              .build();
    }
    GeneralCiphering apdu = general(KeyKind.WRAPPED);
    assertEquals(APDU, servers[0].unprotect(apdu).apdu());
    assertEquals(Reason.INVOCATION_COUNTER, reason(servers[1], apdu));
    // A full memory refuses; it forgets nothing.
    assertEquals(APDU, servers[1].unprotect(general(KeyKind.WRAPPED)).apdu());
    assertEquals(Reason.COUNTER_STORE, reason(servers[1], general(KeyKind.WRAPPED)));
    assertEquals(Reason.INVOCATION_COUNTER, reason(servers[0], apdu));
  }

  @Test
  void countersCanBeAskedForAndSkipped() {
    assertEquals(0, parties.server.lowestAcceptable(KeyKind.GLOBAL_UNICAST));
    parties.client.skipTo(KeyKind.GLOBAL_UNICAST, 1000);
    assertEquals(APDU, parties.server.unprotect(general(KeyKind.GLOBAL_UNICAST)).apdu());
    assertEquals(1001, parties.server.lowestAcceptable(KeyKind.GLOBAL_UNICAST));
    assertEquals(0, parties.server.lowestAcceptable(KeyKind.DEDICATED));
    assertThrows(
        IllegalArgumentException.class, () -> parties.server.lowestAcceptable(KeyKind.WRAPPED));
  }
}
