package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a PKCS#12 file (RFC 7292). The symmetric keys are secret keys whose alias is the peer's
 * system title, a dot, and the {@link Name}: {@code 4d4d4d0000bc614e.guek}. Our key pairs are
 * private keys with their {@link CosemCertificate}, those of peers are certificates; whose they are
 * and what for is read from the certificate, whatever the alias. What the file holds is trusted as
 * it is: certificates are checked before they are put into it.
 *
 * <p>The file is read once. For all threads.
 */
public final class Pkcs12KeyProvider implements KeyProvider {
  /** Names of symmetric keys. */
  public enum Name {
    /** Global unicast encryption key. */
    GUEK,
    /** Global broadcast encryption key. */
    GBEK,
    /** Authentication key. */
    GAK,
    /** Master key. */
    KEK,
    /** Secret of the HLS mechanisms 3, 4 and 6. */
    HLS;

    private String alias(SystemTitle peer) {
      return (peer + "." + name()).toLowerCase(Locale.ROOT);
    }
  }

  private record Holder(SystemTitle title, CosemCertificate.Use use) {}

  private final SecuritySuite suite;
  private final Map<String, KeyMaterial> symmetric = new HashMap<>();
  private final Map<Holder, PrivateKey> own = new HashMap<>();
  private final Map<Holder, PublicKey> peers = new HashMap<>();

  private Pkcs12KeyProvider(SecuritySuite suite) {
    this.suite = suite;
  }

  /**
   * Reads a file.
   *
   * @param file a PKCS#12 file
   * @param password of the file and all its entries; stays the caller's, to be wiped
   * @param suite the suite that the keys are used in; key pairs of another one are left aside
   * @return the keys
   * @throws IOException if the file cannot be read, or the password is wrong
   */
  public static Pkcs12KeyProvider load(Path file, char[] password, SecuritySuite suite)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return of(store, password, suite);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is no PKCS#12 file that can be read here", e);
    }
  }

  /**
   * Reads a key store.
   *
   * @param store a key store that has been loaded
   * @param password of all its entries; stays the caller's, to be wiped
   * @param suite the suite that the keys are used in; key pairs of another one are left aside
   * @return the keys
   * @throws GeneralSecurityException if an entry cannot be read
   */
  public static Pkcs12KeyProvider of(KeyStore store, char[] password, SecuritySuite suite)
      throws GeneralSecurityException {
    Pkcs12KeyProvider provider = new Pkcs12KeyProvider(suite);
    for (String alias : Collections.list(store.aliases())) {
      if (store.isCertificateEntry(alias)) {
        provider.addCertificate(store.getCertificate(alias), null);
        continue;
      }
      Key key = store.getKey(alias, password);
      if (key instanceof PrivateKey privateKey) {
        provider.addCertificate(store.getCertificate(alias), privateKey);
      } else if (key != null) {
        provider.symmetric.put(
            alias.toLowerCase(Locale.ROOT), KeyMaterial.owning(key.getEncoded()));
      }
    }
    return provider;
  }

  /**
   * Puts a symmetric key into a key store, under the alias that this class looks for.
   *
   * @param store the key store
   * @param password of its entries
   * @param peer whom we have the key with
   * @param name which key
   * @param key the key
   * @throws GeneralSecurityException if the key store does not take it
   */
  public static void put(
      KeyStore store, char[] password, SystemTitle peer, Name name, KeyMaterial key)
      throws GeneralSecurityException {
    store.setEntry(
        name.alias(peer),
        new KeyStore.SecretKeyEntry(new SecretKeySpec(key.octets(), "AES")),
        new KeyStore.PasswordProtection(password));
  }

  private void addCertificate(
      java.security.cert.Certificate certificate, @Nullable PrivateKey key) {
    if (!(certificate instanceof X509Certificate x509)) {
      return;
    }
    CosemCertificate cosem;
    try {
      cosem = CosemCertificate.of(x509);
    } catch (ProtectionException e) {
      return; // Such as an issuer's, which may stand in the same file.
    }
    if (cosem.suite() == suite) {
      Holder holder = new Holder(cosem.systemTitle(), cosem.use());
      if (key == null) {
        peers.put(holder, cosem.publicKey());
      } else {
        own.put(holder, key);
      }
    }
  }

  /**
   * Finds the keys that two parties have with each other.
   *
   * @return the keys, at once; or a failure with reason UNKNOWN_KEY if there is not a single one
   */
  @Override
  public CompletionStage<KeyRing> keysFor(SystemTitle ourTitle, SystemTitle peer) {
    KeyRing.Builder keys = KeyRing.builder(suite);
    boolean any = false;
    for (Name name : Name.values()) {
      KeyMaterial found = symmetric.get(name.alias(peer));
      if (found != null) {
        any = true;
        // A copy, which its user may wipe.
        KeyMaterial key = KeyMaterial.of(Octets.view(found.octets()));
        switch (name) {
          case GUEK -> keys.unicastKey(key);
          case GBEK -> keys.broadcastKey(key);
          case GAK -> keys.authenticationKey(key);
          case KEK -> keys.masterKey(key);
          case HLS -> keys.hlsSecret(key);
        }
      }
    }
    for (CosemCertificate.Use use : CosemCertificate.Use.values()) {
      PrivateKey ownKey = own.get(new Holder(ourTitle, use));
      PublicKey peerKey = peers.get(new Holder(peer, use));
      any |= peerKey != null;
      if (use == CosemCertificate.Use.DIGITAL_SIGNATURE) {
        keys.signing(ownKey, peerKey);
      } else {
        keys.keyAgreement(ownKey, peerKey);
      }
    }
    if (!any) {
      return CompletableFuture.failedFuture(
          ProtectionException.local(
              Reason.UNKNOWN_KEY, "the key store has no keys for the peer " + peer));
    }
    try {
      return CompletableFuture.completedFuture(keys.build());
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedFuture(
          ProtectionException.local(
              Reason.UNKNOWN_KEY,
              "the keys for the peer " + peer + " are not of " + suite + ": " + e.getMessage()));
    }
  }
}
