package io.dlms4j.server.security;

import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.CosemCertificate.Use;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.io.IOException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a {@link SecuritySetup} must not forget: policy, suite, keys and certificates of one
 * security context. Immutable, but for one thing: when a key has been replaced, the setup wipes it
 * in the state that had it. A {@link SecuritySetupStore} that keeps more than the last state keeps
 * {@link #toSecret()}, which is a copy.
 */
public final class SecuritySetupState {
  private final SystemTitle serverSystemTitle;
  private final SecurityPolicy policy;
  private final KeyRing keys;
  private final Map<Use, KeyPair> keyPairs;
  private final Map<Use, KeyPair> newKeyPairs;
  private final List<CosemCertificate> certificates;

  SecuritySetupState(
      SystemTitle serverSystemTitle,
      SecurityPolicy policy,
      KeyRing keys,
      Map<Use, KeyPair> keyPairs,
      Map<Use, KeyPair> newKeyPairs,
      List<CosemCertificate> certificates) {
    this.serverSystemTitle = serverSystemTitle;
    this.policy = policy;
    this.keys = keys;
    this.keyPairs = copy(keyPairs);
    this.newKeyPairs = copy(newKeyPairs);
    this.certificates = List.copyOf(certificates);
  }

  private static Map<Use, KeyPair> copy(Map<Use, KeyPair> pairs) {
    Map<Use, KeyPair> copy = new EnumMap<>(Use.class);
    copy.putAll(pairs);
    return Collections.unmodifiableMap(copy);
  }

  /**
   * Whose context it is.
   *
   * @return the server's system title
   */
  public SystemTitle serverSystemTitle() {
    return serverSystemTitle;
  }

  /**
   * The suite that all keys are of.
   *
   * @return the suite
   */
  public SecuritySuite suite() {
    return keys.suite();
  }

  /**
   * The security policy.
   *
   * @return what requests and responses must have at least
   */
  public SecurityPolicy policy() {
    return policy;
  }

  /**
   * The certificates of the server and of others, in the order in which they were imported.
   *
   * @return an unmodifiable list
   */
  public List<CosemCertificate> certificates() {
    return certificates;
  }

  /**
   * All but the certificates, for a store to keep as one secret.
   *
   * @return a copy, which may be wiped when it has been written
   * @throws IOException if a private key does not tell itself, as in a security module
   */
  public KeyMaterial toSecret() throws IOException {
    return StateCodec.encode(this);
  }

  /**
   * A state that a store has kept.
   *
   * @param secret what {@link #toSecret()} gave
   * @param certificates the certificates, in their order
   * @return the state
   * @throws IOException if they do not belong together, or are damaged
   */
  public static SecuritySetupState of(KeyMaterial secret, List<CosemCertificate> certificates)
      throws IOException {
    return StateCodec.decode(secret, certificates);
  }

  /** The symmetric keys. */
  KeyRing keys() {
    return keys;
  }

  boolean hasSymmetricKeys() {
    return keys.hlsSecret() != null
        || Arrays.stream(KeyId.values()).anyMatch(id -> id.of(keys) != null);
  }

  /** The server's key pairs that are in use. */
  Map<Use, KeyPair> keyPairs() {
    return keyPairs;
  }

  /** Those that were generated, and wait for their certificates. */
  Map<Use, KeyPair> newKeyPairs() {
    return newKeyPairs;
  }

  /** The key pair that a certificate is requested for: the new one, or else the one in use. */
  @Nullable KeyPair newestKeyPair(Use use) {
    return newKeyPairs.getOrDefault(use, keyPairs.get(use));
  }

  SecuritySetupState withPolicy(SecurityPolicy changed) {
    return new SecuritySetupState(
        serverSystemTitle, changed, keys, keyPairs, newKeyPairs, certificates);
  }

  SecuritySetupState withKeys(KeyRing changed) {
    return new SecuritySetupState(
        serverSystemTitle, policy, changed, keyPairs, newKeyPairs, certificates);
  }

  SecuritySetupState withNewKeyPair(Use use, KeyPair pair) {
    Map<Use, KeyPair> changed = new EnumMap<>(Use.class);
    changed.putAll(newKeyPairs);
    changed.put(use, pair);
    return new SecuritySetupState(serverSystemTitle, policy, keys, keyPairs, changed, certificates);
  }

  SecuritySetupState withCertificates(List<CosemCertificate> changed) {
    return new SecuritySetupState(serverSystemTitle, policy, keys, keyPairs, newKeyPairs, changed);
  }

  /**
   * Takes a new key pair into use, with its certificate. What certified the key pair before it goes
   * with that.
   */
  SecuritySetupState withKeyPairInUse(CosemCertificate certificate) {
    Use use = certificate.use();
    Map<Use, KeyPair> inUse = new EnumMap<>(Use.class);
    inUse.putAll(keyPairs);
    Map<Use, KeyPair> waiting = new EnumMap<>(Use.class);
    waiting.putAll(newKeyPairs);
    KeyPair pair = waiting.remove(use);
    if (pair == null) {
      throw new IllegalStateException("no key pair waits for a certificate");
    }
    inUse.put(use, pair);
    List<CosemCertificate> kept = new ArrayList<>(certificates);
    kept.removeIf(each -> each.systemTitle().equals(serverSystemTitle) && each.use() == use);
    kept.add(certificate);
    return new SecuritySetupState(serverSystemTitle, policy, keys, inUse, waiting, kept);
  }

  /** The same with symmetric keys of its own, that wiping elsewhere does not reach. */
  SecuritySetupState copy() {
    KeyRing.Builder copies = keys.toBuilder();
    copyKeys(keys, copies);
    return withKeys(copies.build());
  }

  /** Puts copies of the symmetric keys and the HLS secret into a key ring. */
  static void copyKeys(KeyRing from, KeyRing.Builder to) {
    for (KeyId id : KeyId.values()) {
      KeyMaterial key = id.of(from);
      if (key != null) {
        id.put(to, KeyMaterial.of(key.export()));
      }
    }
    KeyMaterial secret = from.hlsSecret();
    if (secret != null) {
      to.hlsSecret(KeyMaterial.of(secret.export()));
    }
  }

  /** Wipes those symmetric keys that another state has not. */
  void wipeAllBut(SecuritySetupState other) {
    for (KeyId id : KeyId.values()) {
      KeyMaterial key = id.of(keys);
      if (key != null && key != id.of(other.keys)) {
        key.wipe();
      }
    }
  }

  /** No key. */
  @Override
  public String toString() {
    return "SecuritySetupState["
        + serverSystemTitle
        + ", "
        + suite()
        + ", "
        + policy
        + ", keys not shown, "
        + certificates
        + "]";
  }
}
