package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.KeyAgreementScheme.KeyUse;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signatures and key agreement, against the examples of the standards. */
class PublicKeyTest {
  private static final Vectors P256 = Vectors.load("key-agreement-p256.txt");
  private static final Vectors P384 = Vectors.load("p384.txt");
  private static final SystemTitle CLIENT = P256.title("client title");
  private static final SystemTitle SERVER = P256.title("server title");
  private static final SecureRandom RANDOM = new SecureRandom();

  private static PrivateKey private256(String name) {
    return EllipticCurve.P_256.privateKey(P256.get(name));
  }

  private static PublicKey public256(String name) {
    return KeyAgreementScheme.publicKey(SecuritySuite.SUITE_1, P256.get(name));
  }

  private static Octets z(String own, String peer) {
    return Octets.view(
        KeyAgreementScheme.sharedSecret(EllipticCurve.P_256, private256(own), public256(peer)));
  }

  @Test
  void theSignatureOfTheGreenBookIsOverKeyIdAndKey() {
    Octets point = P256.get("2e client ephemeral Q");
    Octets signature = P256.get("2e client signature");
    PublicKey signer = public256("client signing Q");
    assertTrue(
        DigitalSignature.verify(SecuritySuite.SUITE_1, signer, signature, Octets.of(0), point));
    assertFalse(DigitalSignature.verify(SecuritySuite.SUITE_1, signer, signature, point));
    assertFalse(
        DigitalSignature.verify(
            SecuritySuite.SUITE_1, public256("server signing Q"), signature, Octets.of(0), point));
  }

  @Test
  void theSignatureOfRfc6979WithP384IsRight() {
    PublicKey key = KeyAgreementScheme.publicKey(SecuritySuite.SUITE_2, P384.get("Q"));
    assertTrue(
        DigitalSignature.verify(
            SecuritySuite.SUITE_2, key, P384.get("signature"), P384.get("message")));
    Octets ours =
        DigitalSignature.sign(
            SecuritySuite.SUITE_2,
            EllipticCurve.P_384.privateKey(P384.get("d")),
            RANDOM,
            P384.get("message"));
    assertEquals(SecuritySuite.SUITE_2.signatureLength(), ours.length());
    assertTrue(DigitalSignature.verify(SecuritySuite.SUITE_2, key, ours, P384.get("message")));
  }

  @Test
  void whatIsNoSignatureIsOnlyWrong() {
    PublicKey signer = public256("client signing Q");
    for (Octets signed :
        new Octets[] {
          Octets.EMPTY,
          Octets.of(1),
          Octets.view(new byte[64]),
          Octets.view(new byte[65]),
          Octets.view(filled(64, 0xFF)),
          Octets.view(filled(96, 0xFF))
        }) {
      assertFalse(DigitalSignature.verify(SecuritySuite.SUITE_1, signer, signed, Octets.of(1)));
    }
  }

  private static byte[] filled(int length, int value) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, (byte) value);
    return octets;
  }

  @Test
  void ephemeralUnifiedGivesTheSecretAndKeyOfTheGreenBook() {
    assertEquals(P256.get("2e z"), z("2e server ephemeral d", "2e client ephemeral Q"));
    assertEquals(
        P256.get("2e server ephemeral Q"),
        KeyAgreementScheme.toOctets(SecuritySuite.SUITE_1, public256("2e server ephemeral Q")));
    KeyMaterial key =
        KeyAgreementScheme.EPHEMERAL_UNIFIED.agree(
            SecuritySuite.SUITE_1,
            KeyUse.ENCRYPTION,
            private256("2e server ephemeral d"),
            public256("2e client ephemeral Q"),
            CLIENT,
            SERVER,
            Octets.EMPTY);
    assertEquals(P256.get("2e key"), key.export());
  }

  @Test
  void onePassGivesTheSecretsAndKeysOfTheGreenBookBothWays() {
    assertEquals(P256.get("1e z"), z("1e client ephemeral d", "1s server static Q"));
    assertEquals(P256.get("1e z"), z("1s server static d", "1e client ephemeral Q"));
    assertEquals(P256.get("1e z back"), z("1s client static d", "1e server ephemeral Q"));
    assertEquals(
        P256.get("1e key"),
        KeyAgreementScheme.ONE_PASS
            .agree(
                SecuritySuite.SUITE_1,
                KeyUse.ENCRYPTION,
                private256("1e client ephemeral d"),
                public256("1s server static Q"),
                CLIENT,
                SERVER,
                Octets.EMPTY)
            .export());
    assertEquals(
        P256.get("1e key back"),
        KeyAgreementScheme.ONE_PASS
            .agree(
                SecuritySuite.SUITE_1,
                KeyUse.ENCRYPTION,
                private256("1s client static d"),
                public256("1e server ephemeral Q"),
                SERVER,
                CLIENT,
                Octets.EMPTY)
            .export());
  }

  @Test
  void staticUnifiedGivesTheSecretAndKeyWithTheTransactionIdAsNonce() {
    assertEquals(P256.get("2s z"), z("1s client static d", "1s server static Q"));
    assertEquals(
        P256.get("2s key"),
        KeyAgreementScheme.STATIC_UNIFIED
            .agree(
                SecuritySuite.SUITE_1,
                KeyUse.ENCRYPTION,
                private256("1s client static d"),
                public256("1s server static Q"),
                CLIENT,
                SERVER,
                P256.get("transaction id"))
            .export());
  }

  @Test
  void ecdhWithP384GivesTheSecretOfRfc5903() {
    PublicKey gr = KeyAgreementScheme.publicKey(SecuritySuite.SUITE_2, P384.get("gr"));
    PublicKey gi = KeyAgreementScheme.publicKey(SecuritySuite.SUITE_2, P384.get("gi"));
    PrivateKey i = EllipticCurve.P_384.privateKey(P384.get("i"));
    PrivateKey r = EllipticCurve.P_384.privateKey(P384.get("r"));
    assertEquals(
        P384.get("z"), Octets.view(KeyAgreementScheme.sharedSecret(EllipticCurve.P_384, i, gr)));
    assertEquals(
        P384.get("z"), Octets.view(KeyAgreementScheme.sharedSecret(EllipticCurve.P_384, r, gi)));
  }

  /** Suite 2 has no example in a book: the formula, written out once more. */
  @Test
  void suite2DerivesKeysWithSha384AndItsOwnAlgorithmIds() throws Exception {
    for (KeyUse use : KeyUse.values()) {
      MessageDigest hash = MessageDigest.getInstance("SHA-384");
      hash.update(Octets.ofHex("00000001").toByteArray());
      hash.update(P384.get("z").toByteArray());
      hash.update(
          Octets.ofHex(use == KeyUse.ENCRYPTION ? "60857405080301" : "60857405080303")
              .toByteArray());
      hash.update(CLIENT.octets().toByteArray());
      hash.update(SERVER.octets().toByteArray());
      KeyMaterial key =
          KeyAgreementScheme.ONE_PASS.agree(
              SecuritySuite.SUITE_2,
              use,
              EllipticCurve.P_384.privateKey(P384.get("i")),
              KeyAgreementScheme.publicKey(SecuritySuite.SUITE_2, P384.get("gr")),
              CLIENT,
              SERVER,
              Octets.EMPTY);
      assertEquals(Octets.copyOf(hash.digest(), 0, 32), key.export());
    }
  }

  @ParameterizedTest
  @EnumSource(KeyAgreementScheme.class)
  void bothPartiesAgreeAndAThirdOneDoesNot(KeyAgreementScheme scheme) {
    Octets nonce = scheme == KeyAgreementScheme.STATIC_UNIFIED ? Octets.of(7) : Octets.EMPTY;
    for (SecuritySuite suite : new SecuritySuite[] {SecuritySuite.SUITE_1, SecuritySuite.SUITE_2}) {
      KeyPair u = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      KeyPair v = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      KeyPair w = KeyAgreementScheme.generateKeyPair(suite, RANDOM);
      KeyMaterial ofU = agree(scheme, suite, u, v, nonce);
      assertEquals(suite.keyLength(), ofU.length());
      assertTrue(ofU.matches(agree(scheme, suite, v, u, nonce)));
      assertFalse(ofU.matches(agree(scheme, suite, w, u, nonce)));
    }
  }

  private static KeyMaterial agree(
      KeyAgreementScheme scheme, SecuritySuite suite, KeyPair own, KeyPair peer, Octets nonce) {
    return scheme.agree(
        suite, KeyUse.ENCRYPTION, own.getPrivate(), peer.getPublic(), CLIENT, SERVER, nonce);
  }

  @Test
  void aPublicKeyOffTheCurveOrOutsideTheFieldIsRefused() {
    byte[] good = P256.get("client signing Q").toByteArray();
    byte[] off = good.clone();
    off[63] ^= 1;
    byte[] outside = good.clone();
    Arrays.fill(outside, 0, 32, (byte) 0xFF);
    for (byte[] point : new byte[][] {off, outside, new byte[64], new byte[63], new byte[0]}) {
      ProtectionException refusal =
          assertThrows(
              ProtectionException.class,
              () -> KeyAgreementScheme.publicKey(SecuritySuite.SUITE_1, Octets.copyOf(point)));
      assertEquals(ProtectionException.Reason.MALFORMED, refusal.reason());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> EllipticCurve.P_384.validated(public256("client signing Q")));
    assertThrows(
        IllegalArgumentException.class,
        () -> KeyAgreementScheme.publicKey(SecuritySuite.SUITE_0, Octets.copyOf(good)));
  }

  @Test
  void theCoordinatesOfAPublicKeyKeepTheirLeadingZeros() {
    // 379 times the base point of P-256, the first multiple whose x begins with 00.
    Octets point =
        Octets.ofHex(
            "005543894AF3D00ED7D740ABDBD75C96B06877B787DB5F70EEA78B90A8D7C00A"
                + "BB4C85A3D8EA29EFAAFA24406912DD84D5B14DC32BF656EF6C6BD58A5D943F92");
    assertEquals(
        point,
        KeyAgreementScheme.toOctets(
            SecuritySuite.SUITE_1, KeyAgreementScheme.publicKey(SecuritySuite.SUITE_1, point)));
  }
}
