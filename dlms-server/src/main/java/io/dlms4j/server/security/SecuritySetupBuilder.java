package io.dlms4j.server.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.DigitalSignature;
import io.dlms4j.cosem.security.KeyAgreementScheme;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link SecuritySetup}.
 *
 * <p>Keys, key pairs, certificates and policy given here are those of a new device: they count only
 * as long as the store is empty. After that the store says what counts.
 */
public final class SecuritySetupBuilder {
  /** How many certificates there may be at most, unless said otherwise. */
  public static final int DEFAULT_MAX_CERTIFICATES = 32;

  private static final int MOST_CERTIFICATES = 1000;
  private static final int KEY_CERT_SIGN_BIT = 5;

  final ObisCode logicalName;
  final List<X509Certificate> issuerCertificates = new ArrayList<>();
  final List<PublicKey> issuerKeys = new ArrayList<>();
  int version = 1;
  @Nullable SystemTitle client;
  SecuritySetupStore store = new InMemorySecuritySetupStore();
  InstantSource clock = InstantSource.system();
  SecureRandom random = new SecureRandom();
  int maxCertificates = DEFAULT_MAX_CERTIFICATES;
  Executor executor = Runnable::run;

  private final SystemTitle server;
  private final SecuritySuite suite;
  private final Map<Use, KeyPair> keyPairs = new EnumMap<>(Use.class);
  private final List<CosemCertificate> certificates = new ArrayList<>();
  private KeyRing keys;
  private SecurityPolicy policy = SecurityPolicy.NONE;
  private @Nullable Supplier<KeyPair> ephemeralKeyPairs;

  SecuritySetupBuilder(ObisCode logicalName, SystemTitle server, SecuritySuite suite) {
    this.logicalName = logicalName;
    this.server = server;
    this.suite = suite;
    this.keys = KeyRing.builder(suite).build();
  }

  /**
   * Sets the version of the interface class; version 1 unless set.
   *
   * @param number 0, which knows suite 0 and symmetric keys alone, or 1
   * @return this
   * @throws IllegalArgumentException if it is another one
   */
  public SecuritySetupBuilder version(int number) {
    if (number < 0 || number > 1) {
      throw new IllegalArgumentException("Security setup has no version " + number + " here");
    }
    version = number;
    return this;
  }

  /**
   * Lets one client alone use the context, and tells its system title in attribute 4. Unless set,
   * any client that knows the keys may, and attribute 4 is the title of who asks.
   *
   * @param systemTitle the client's
   * @return this
   */
  public SecuritySetupBuilder client(SystemTitle systemTitle) {
    client = systemTitle;
    return this;
  }

  /**
   * Sets the first symmetric keys; there are none unless set.
   *
   * @param ring the keys and the HLS secret, copied; keys for signatures and key agreement have
   *     methods of their own here
   * @return this
   * @throws IllegalArgumentException if they are of another suite, or there are others among them
   */
  public SecuritySetupBuilder keys(KeyRing ring) {
    if (ring.suite() != suite) {
      throw new IllegalArgumentException("keys of " + ring.suite() + " for " + suite);
    }
    if (ring.signingKey() != null
        || ring.peerSigningKey() != null
        || ring.agreementKey() != null
        || ring.peerAgreementKey() != null) {
      throw new IllegalArgumentException(
          "private and public keys are given as key pairs and certificates");
    }
    KeyRing.Builder copies = KeyRing.builder(suite);
    SecuritySetupState.copyKeys(ring, copies);
    keys = copies.build();
    return this;
  }

  /**
   * Sets the server's first key pair for digital signatures.
   *
   * @param pair the pair
   * @return this
   * @throws IllegalArgumentException if it is not one of the suite, or its keys do not belong
   *     together
   */
  public SecuritySetupBuilder signing(KeyPair pair) {
    return keyPair(Use.DIGITAL_SIGNATURE, pair);
  }

  /**
   * Sets the server's first key pair for key agreement.
   *
   * @param pair the pair
   * @return this
   * @throws IllegalArgumentException if it is not one of the suite, or its keys do not belong
   *     together
   */
  public SecuritySetupBuilder keyAgreement(KeyPair pair) {
    return keyPair(Use.KEY_AGREEMENT, pair);
  }

  private SecuritySetupBuilder keyPair(Use use, KeyPair pair) {
    Octets message = Octets.of(0);
    Octets signature = DigitalSignature.sign(suite, pair.getPrivate(), random, message);
    if (!DigitalSignature.verify(suite, pair.getPublic(), signature, message)) {
      throw new IllegalArgumentException("the private and the public key do not belong together");
    }
    keyPairs.put(use, pair);
    return this;
  }

  /**
   * Adds a certificate that the device has from the start: its own, or one of a client. It is
   * trusted as it is.
   *
   * @param certificate the certificate
   * @return this
   * @throws IllegalArgumentException if its key is not of the suite
   */
  public SecuritySetupBuilder certificate(CosemCertificate certificate) {
    if (certificate.suite() != suite) {
      throw new IllegalArgumentException(certificate + " for " + suite);
    }
    certificates.add(certificate);
    return this;
  }

  /**
   * Sets the first security policy; nothing is asked for unless set.
   *
   * @param first the policy
   * @return this
   */
  public SecuritySetupBuilder policy(SecurityPolicy first) {
    policy = first;
    return this;
  }

  /**
   * Trusts an issuer of certificates. Its certificate is one of attribute 6, and can be exported
   * but not removed.
   *
   * @param certificate of a certification authority
   * @return this
   * @throws IllegalArgumentException if it is of anybody else
   */
  public SecuritySetupBuilder trustedIssuer(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN_BIT])) {
      throw new IllegalArgumentException(
          "the issuer's certificate is not one of a certification authority (RFC 5280, 4.2.1.9)");
    }
    issuerCertificates.add(certificate);
    return this;
  }

  /**
   * Trusts an issuer of certificates of which only the public key is known. Its name is not
   * checked.
   *
   * @param key its public key
   * @return this
   */
  public SecuritySetupBuilder trustedIssuer(PublicKey key) {
    issuerKeys.add(key);
    return this;
  }

  /**
   * Sets where the state survives; it ends with the process unless set.
   *
   * @param where the store
   * @return this
   */
  public SecuritySetupBuilder store(SecuritySetupStore where) {
    store = where;
    return this;
  }

  /**
   * Sets the clock by which certificates are valid; that of the system unless set.
   *
   * @param source the clock; asked on any thread
   * @return this
   */
  public SecuritySetupBuilder clock(InstantSource source) {
    clock = source;
    return this;
  }

  /**
   * Sets where keys and the secret numbers of signatures come from.
   *
   * @param source the generator; asked on any thread
   * @return this
   */
  public SecuritySetupBuilder random(SecureRandom source) {
    random = source;
    return this;
  }

  /**
   * Sets how many certificates there may be, trust anchors not counted.
   *
   * @param number 0..1000
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public SecuritySetupBuilder maxCertificates(int number) {
    if (number < 0 || number > MOST_CERTIFICATES) {
      throw new IllegalArgumentException(number + " certificates are not within 0..1000");
    }
    maxCertificates = number;
    return this;
  }

  /**
   * Sets what carries out methods: public keys take milliseconds, and a file on disk tens of them.
   * Unless set, they are carried out on the line's thread, where others wait.
   *
   * @param threads carries out one method at a time, whatever it does itself
   * @return this
   */
  public SecuritySetupBuilder executor(Executor threads) {
    executor = threads;
    return this;
  }

  /** Where ephemeral key pairs come from, for the examples of the standard, which has its own. */
  SecuritySetupBuilder ephemeralKeyPairs(Supplier<KeyPair> source) {
    ephemeralKeyPairs = source;
    return this;
  }

  Supplier<KeyPair> ephemeralKeyPairs() {
    SecureRandom source = random;
    return ephemeralKeyPairs == null
        ? () -> KeyAgreementScheme.generateKeyPair(suite, source)
        : ephemeralKeyPairs;
  }

  /**
   * Makes the security setup: with the state that the store has, or else with what was given here,
   * which is then saved.
   *
   * @return the security setup
   * @throws IllegalArgumentException if version, suite and policy do not go together, there are too
   *     many certificates, one of the server is of no key pair of its, or the store is of another
   *     server or suite
   * @throws UncheckedIOException if the store cannot be read or written
   */
  public SecuritySetup build() {
    if (version == 0 && suite != SecuritySuite.SUITE_0) {
      throw new IllegalArgumentException(
          "version 0 of Security setup knows security suite 0 alone, not " + suite);
    }
    try {
      Optional<SecuritySetupState> stored = store.load();
      SecuritySetupState state = stored.isPresent() ? stored.get() : first();
      check(state);
      if (stored.isEmpty()) {
        store.save(state);
      }
      // What the store keeps is not wiped with what is used here.
      return new SecuritySetup(this, state.copy());
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private SecuritySetupState first() {
    for (CosemCertificate certificate : certificates) {
      if (certificate.systemTitle().equals(server)
          && !CertificateMethods.isOf(keyPairs.get(certificate.use()), certificate)) {
        throw new IllegalArgumentException(certificate + " is of no key pair that was given");
      }
    }
    if (certificates.size() > maxCertificates) {
      throw new IllegalArgumentException(
          certificates.size() + " certificates, where there may be " + maxCertificates);
    }
    return new SecuritySetupState(server, policy, keys, keyPairs, Map.of(), certificates).copy();
  }

  private void check(SecuritySetupState state) {
    if (state.suite() != suite || !state.serverSystemTitle().equals(server)) {
      throw new IllegalArgumentException(
          "the store is of "
              + state.serverSystemTitle()
              + " and "
              + state.suite()
              + ", not of "
              + server
              + " and "
              + suite);
    }
    if (version == 0) {
      try {
        state.policy().toVersion0();
      } catch (IllegalStateException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }
}
