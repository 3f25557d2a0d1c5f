package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.security.DigitalSignature;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.KeyWrap;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;

/** Parties, keys and parameters that the tests share. */
final class Contexts {
  static final ObisCode NAME = ObisCode.of("0.0.43.0.0.255");
  static final SystemTitle SERVER = SystemTitle.ofHex("4D4D4D0000000001");
  static final SystemTitle CLIENT = SystemTitle.ofHex("4D4D4D0000BC614E");
  static final SystemTitle OTHER = SystemTitle.ofHex("4D4D4D0000BC614F");
  static final SecureRandom RANDOM = new SecureRandom();
  static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");

  private Contexts() {}

  static KeyMaterial key(SecuritySuite suite) {
    return KeyMaterial.generate(suite.keyLength(), RANDOM);
  }

  static KeyPair pair(SecuritySuite suite) {
    return KeyAgreementScheme.generateKeyPair(suite, RANDOM);
  }

  /** All four symmetric keys, made at random. */
  static KeyRing keys(SecuritySuite suite) {
    return KeyRing.builder(suite)
        .unicastKey(key(suite))
        .broadcastKey(key(suite))
        .authenticationKey(key(suite))
        .masterKey(key(suite))
        .build();
  }

  /** A setup of version 1 with these keys, whose clock stands still. */
  static SecuritySetupBuilder builder(KeyRing keys) {
    return SecuritySetup.builder(NAME, SERVER, keys.suite())
        .keys(keys)
        .random(RANDOM)
        .clock(() -> NOW);
  }

  /** What the server has with a client now. */
  static KeyRing keysFor(SecuritySetup setup, SystemTitle client) {
    return setup.keysFor(SERVER, client).toCompletableFuture().join();
  }

  static KeyMaterial symmetric(KeyRing keys, KeyId id) {
    return Objects.requireNonNull(id.of(keys), id.name());
  }

  /** Makes sure that what one key signs the other one verifies. */
  static void assertPair(SecuritySuite suite, PublicKey publicKey, PrivateKey privateKey) {
    Octets signature = DigitalSignature.sign(suite, privateKey, RANDOM, Octets.of(1));
    assertTrue(DigitalSignature.verify(suite, publicKey, signature, Octets.of(1)));
  }

  static CosemData wrapped(int keyId, KeyMaterial kek, KeyMaterial key) {
    return keyItem(keyId, KeyWrap.wrap(kek, key));
  }

  static CosemData keyItem(int keyId, Octets octets) {
    return CosemData.structure(CosemData.enumerated(keyId), CosemData.octetString(octets));
  }

  static Octets concat(Octets first, Octets second) {
    byte[] both = new byte[first.length() + second.length()];
    first.copyTo(both, 0);
    second.copyTo(both, first.length());
    return Octets.view(both);
  }
}
