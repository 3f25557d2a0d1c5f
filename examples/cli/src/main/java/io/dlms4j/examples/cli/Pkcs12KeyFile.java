package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Pkcs12KeyProvider;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a file of PKCS#12, by whom they are for. It may be the file of either party of a recorded
 * session: whose private keys are in it tells which.
 */
final class Pkcs12KeyFile implements KeyFile {
  private final Map<SecuritySuite, Pkcs12KeyProvider> providers;
  private final List<CosemCertificate> certificates;

  private Pkcs12KeyFile(
      Map<SecuritySuite, Pkcs12KeyProvider> providers, List<CosemCertificate> certificates) {
    this.providers = providers;
    this.certificates = certificates;
  }

  /**
   * Reads a file.
   *
   * @param password stays the caller's, to be wiped
   * @throws IOException if it cannot be read, or the password is wrong
   */
  static Pkcs12KeyFile read(Path file, char[] password) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      Map<SecuritySuite, Pkcs12KeyProvider> providers = new EnumMap<>(SecuritySuite.class);
      for (SecuritySuite suite : SecuritySuite.values()) {
        providers.put(suite, Pkcs12KeyProvider.of(store, password, suite));
      }
      return new Pkcs12KeyFile(providers, certificates(store));
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is no PKCS#12 file that can be read here", e);
    }
  }

  private static List<CosemCertificate> certificates(KeyStore store)
      throws GeneralSecurityException {
    List<CosemCertificate> certificates = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.getCertificate(alias) instanceof X509Certificate x509) {
        try {
          certificates.add(CosemCertificate.of(x509));
        } catch (ProtectionException e) {
          // Such as an issuer's: no party has it.
        }
      }
    }
    return certificates;
  }

  /** Nothing: the file does not say. */
  @Override
  public Optional<SecuritySuite> suite() {
    return Optional.empty();
  }

  @Override
  public boolean mayHave(Kind kind) {
    return true;
  }

  @Override
  public KeyProvider provider(SecuritySuite suite) {
    return find(suite);
  }

  private Pkcs12KeyProvider find(SecuritySuite suite) {
    Pkcs12KeyProvider provider = providers.get(suite);
    if (provider == null) {
      throw new IllegalStateException("there is a provider of every suite");
    }
    return provider;
  }

  @Override
  public Optional<KeyRing> between(
      SecuritySuite suite, SystemTitle originator, SystemTitle recipient, boolean eitherAgrees) {
    KeyRing ofRecipient = keys(suite, recipient, originator);
    KeyRing ofOriginator = keys(suite, originator, recipient);
    PublicKey signer = publicKey(suite, originator, CosemCertificate.Use.DIGITAL_SIGNATURE);
    if (ofRecipient == null && ofOriginator == null && signer == null) {
      return Optional.empty();
    }
    KeyRing.Builder merged = KeyRing.builder(suite).signing(null, signer);
    if (ofOriginator != null) {
      addSymmetric(ofOriginator, merged);
      if (eitherAgrees) {
        addAgreement(ofOriginator, recipient, merged);
      }
    }
    if (ofRecipient != null) {
      addSymmetric(ofRecipient, merged);
      addAgreement(ofRecipient, originator, merged);
    }
    return Optional.of(merged.build());
  }

  private @Nullable KeyRing keys(SecuritySuite suite, SystemTitle own, SystemTitle peer) {
    try {
      return find(suite).keysFor(own, peer).toCompletableFuture().join();
    } catch (CompletionException e) {
      return null;
    }
  }

  private static void addSymmetric(KeyRing from, KeyRing.Builder to) {
    add(from.unicastKey(), to::unicastKey);
    add(from.broadcastKey(), to::broadcastKey);
    add(from.authenticationKey(), to::authenticationKey);
    add(from.masterKey(), to::masterKey);
  }

  private static void add(@Nullable KeyMaterial key, Consumer<KeyMaterial> to) {
    if (key != null) {
      to.accept(key);
    }
  }

  private void addAgreement(KeyRing from, SystemTitle peer, KeyRing.Builder to) {
    if (from.agreementKey() != null) {
      to.keyAgreement(
          from.agreementKey(), publicKey(from.suite(), peer, CosemCertificate.Use.KEY_AGREEMENT));
    }
  }

  /** A public key, also that of a party whose private key is here. */
  private @Nullable PublicKey publicKey(
      SecuritySuite suite, SystemTitle title, CosemCertificate.Use use) {
    return certificates.stream()
        .filter(each -> each.suite() == suite && each.use() == use)
        .filter(each -> each.systemTitle().equals(title))
        .map(CosemCertificate::publicKey)
        .findFirst()
        .orElse(null);
  }

  @Override
  public List<KeyMaterial> dedicatedKeys() {
    return List.of();
  }
}
