package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A security setup as the key provider of its associations. */
class SecuritySetupKeysTest {
  private static final SecuritySuite SUITE = SecuritySuite.SUITE_2;

  private final Authority authority = new Authority("Test root");

  private static void assertUnknown(KeyProvider provider, SystemTitle own, SystemTitle peer) {
    ExecutionException failure =
        assertThrows(
            ExecutionException.class,
            () -> provider.keysFor(own, peer).toCompletableFuture().get());
    assertEquals(
        ProtectionException.Reason.UNKNOWN_KEY,
        assertInstanceOf(ProtectionException.class, failure.getCause()).reason());
  }

  @Test
  void aPeerHasTheSymmetricKeysOurPrivateOnesAndThoseOfItsCertificates() throws Exception {
    KeyMaterial secret = KeyMaterial.of(Octets.ofAscii("an HLS secret"));
    KeyRing first = Contexts.keys(SUITE).toBuilder().hlsSecret(secret).build();
    KeyPair signing = Contexts.pair(SUITE);
    KeyPair agreement = Contexts.pair(SUITE);
    KeyPair clientSigning = Contexts.pair(SUITE);
    KeyPair clientAgreement = Contexts.pair(SUITE);
    SecuritySetup setup =
        Contexts.builder(first)
            .signing(signing)
            .keyAgreement(agreement)
            .certificate(
                authority.certificate(
                    Contexts.CLIENT, Use.DIGITAL_SIGNATURE, clientSigning.getPublic()))
            .certificate(
                authority.certificate(
                    Contexts.CLIENT, Use.KEY_AGREEMENT, clientAgreement.getPublic()))
            .build();
    KeyRing keys = Contexts.keysFor(setup, Contexts.CLIENT);
    assertEquals(SUITE, keys.suite());
    for (KeyId id : KeyId.values()) {
      assertTrue(Contexts.symmetric(first, id).matches(Contexts.symmetric(keys, id)));
    }
    assertTrue(secret.matches(Objects.requireNonNull(keys.hlsSecret())));
    assertSame(signing.getPrivate(), keys.signingKey());
    assertSame(agreement.getPrivate(), keys.agreementKey());
    assertEquals(clientSigning.getPublic(), keys.peerSigningKey());
    assertEquals(clientAgreement.getPublic(), keys.peerAgreementKey());
    assertNull(Contexts.keysFor(setup, Contexts.OTHER).peerSigningKey());
  }

  @Test
  void anotherServerAndWhoIsNotPinnedAreUnknown() {
    SecuritySetup free = Contexts.builder(Contexts.keys(SUITE)).build();
    assertUnknown(free, Contexts.OTHER, Contexts.CLIENT);
    assertTrue(Contexts.keysFor(free, Contexts.OTHER).unicastKey() != null);
    SecuritySetup pinned = Contexts.builder(Contexts.keys(SUITE)).client(Contexts.CLIENT).build();
    assertUnknown(pinned, Contexts.SERVER, Contexts.OTHER);
    assertTrue(Contexts.keysFor(pinned, Contexts.CLIENT).unicastKey() != null);
  }

  @Test
  void whereThereIsNotASingleKeyThePeerIsUnknown() throws Exception {
    KeyPair client = Contexts.pair(SUITE);
    SecuritySetup setup =
        Contexts.builder(KeyRing.builder(SUITE).build())
            .signing(Contexts.pair(SUITE))
            .certificate(
                authority.certificate(Contexts.CLIENT, Use.DIGITAL_SIGNATURE, client.getPublic()))
            .build();
    assertUnknown(setup, Contexts.SERVER, Contexts.OTHER);
    assertEquals(client.getPublic(), Contexts.keysFor(setup, Contexts.CLIENT).peerSigningKey());
  }

  @Test
  void aPeersKeyCountsOnlyWhileItsCertificateIsValid() throws Exception {
    KeyPair client = Contexts.pair(SUITE);
    Instant until = Contexts.NOW.plusSeconds(10);
    AtomicReference<Instant> now = new AtomicReference<>(Contexts.NOW);
    SecuritySetup setup =
        Contexts.builder(Contexts.keys(SUITE))
            .clock(now::get)
            .certificate(
                CosemCertificate.decode(
                    authority.certify(
                        Contexts.CLIENT,
                        Use.DIGITAL_SIGNATURE,
                        client.getPublic(),
                        Contexts.NOW,
                        until)))
            .build();
    for (Instant valid : new Instant[] {Contexts.NOW, until}) {
      now.set(valid);
      assertEquals(client.getPublic(), Contexts.keysFor(setup, Contexts.CLIENT).peerSigningKey());
    }
    for (Instant not : new Instant[] {Contexts.NOW.minusSeconds(1), until.plusSeconds(1)}) {
      now.set(not);
      assertNull(Contexts.keysFor(setup, Contexts.CLIENT).peerSigningKey());
    }
  }

  @Test
  void theKeysThatWereGivenStayTheCallersToBeWiped() {
    KeyRing first = Contexts.keys(SUITE);
    Octets unicast = Contexts.symmetric(first, KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY).export();
    SecuritySetup setup = Contexts.builder(first).build();
    for (KeyId id : KeyId.values()) {
      Contexts.symmetric(first, id).wipe();
    }
    assertEquals(
        unicast,
        Contexts.symmetric(
                Contexts.keysFor(setup, Contexts.CLIENT), KeyId.GLOBAL_UNICAST_ENCRYPTION_KEY)
            .export());
  }
}
