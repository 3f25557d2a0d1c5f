package io.dlms4j.cosem.security;

import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The keys that two parties have with each other (Green Book 9.2.5). What is not there is null, and
 * whatever needs it is refused. The keys are checked to be of the suite.
 */
public final class KeyRing {
  private final SecuritySuite suite;
  private final @Nullable KeyMaterial unicastKey;
  private final @Nullable KeyMaterial broadcastKey;
  private final @Nullable KeyMaterial authenticationKey;
  private final @Nullable KeyMaterial masterKey;
  private final @Nullable KeyMaterial hlsSecret;
  private final @Nullable PrivateKey signingKey;
  private final @Nullable PublicKey peerSigningKey;
  private final @Nullable PrivateKey agreementKey;
  private final @Nullable PublicKey peerAgreementKey;

  private KeyRing(Builder builder) {
    suite = builder.suite;
    unicastKey = symmetric("global unicast encryption key", builder.unicastKey);
    broadcastKey = symmetric("global broadcast encryption key", builder.broadcastKey);
    authenticationKey = symmetric("authentication key", builder.authenticationKey);
    masterKey = symmetric("master key", builder.masterKey);
    hlsSecret = builder.hlsSecret;
    signingKey = own("signing key", builder.signingKey);
    peerSigningKey = peer(builder.peerSigningKey);
    agreementKey = own("key agreement key", builder.agreementKey);
    peerAgreementKey = peer(builder.peerAgreementKey);
  }

  private @Nullable KeyMaterial symmetric(String what, @Nullable KeyMaterial key) {
    if (key != null) {
      checkLength(what, key);
    }
    return key;
  }

  /** Checks the length of a symmetric key of the suite. */
  void checkLength(String what, KeyMaterial key) {
    if (key.length() != suite.keyLength()) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " has "
              + key.length()
              + " octets, but "
              + suite
              + " has keys of "
              + suite.keyLength()
              + " (Green Book 9.2.3.7)");
    }
  }

  private @Nullable PrivateKey own(String what, @Nullable PrivateKey key) {
    if (key != null && !suite.curve().has(key)) {
      throw new IllegalArgumentException("the " + what + " is not one of " + suite.curve());
    }
    return key;
  }

  private @Nullable PublicKey peer(@Nullable PublicKey key) {
    return key == null ? null : suite.curve().validated(key);
  }

  /**
   * Begins a key ring.
   *
   * @param suite the security suite that the keys are for
   * @return a builder without keys
   */
  public static Builder builder(SecuritySuite suite) {
    return new Builder(suite);
  }

  /**
   * A builder that has what is here, to change some of it.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder(suite);
    builder.unicastKey = unicastKey;
    builder.broadcastKey = broadcastKey;
    builder.authenticationKey = authenticationKey;
    builder.masterKey = masterKey;
    builder.hlsSecret = hlsSecret;
    builder.signingKey = signingKey;
    builder.peerSigningKey = peerSigningKey;
    builder.agreementKey = agreementKey;
    builder.peerAgreementKey = peerAgreementKey;
    return builder;
  }

  /**
   * The security suite.
   *
   * @return the suite that the keys are for
   */
  public SecuritySuite suite() {
    return suite;
  }

  /**
   * Global unicast encryption key, GUEK.
   *
   * @return the key, or null
   */
  public @Nullable KeyMaterial unicastKey() {
    return unicastKey;
  }

  /**
   * Global broadcast encryption key, GBEK.
   *
   * @return the key, or null
   */
  public @Nullable KeyMaterial broadcastKey() {
    return broadcastKey;
  }

  /**
   * Global authentication key, GAK.
   *
   * @return the key, or null: then it plays no part in what is authenticated
   */
  public @Nullable KeyMaterial authenticationKey() {
    return authenticationKey;
  }

  /**
   * Master key, the key-encryption key KEK.
   *
   * @return the key, or null
   */
  public @Nullable KeyMaterial masterKey() {
    return masterKey;
  }

  /**
   * The secret of the HLS mechanisms 3, 4 and 6.
   *
   * @return the secret, or null
   */
  public @Nullable KeyMaterial hlsSecret() {
    return hlsSecret;
  }

  /**
   * Our private key for digital signatures.
   *
   * @return the key, or null
   */
  public @Nullable PrivateKey signingKey() {
    return signingKey;
  }

  /**
   * The peer's public key for digital signatures.
   *
   * @return the key, or null
   */
  public @Nullable PublicKey peerSigningKey() {
    return peerSigningKey;
  }

  /**
   * Our private key for key agreement.
   *
   * @return the key, or null
   */
  public @Nullable PrivateKey agreementKey() {
    return agreementKey;
  }

  /**
   * The peer's public key for key agreement.
   *
   * @return the key, or null
   */
  public @Nullable PublicKey peerAgreementKey() {
    return peerAgreementKey;
  }

  /** No key. */
  @Override
  public String toString() {
    return "KeyRing[" + suite + ", keys not shown]";
  }

  /** Makes a {@link KeyRing}. */
  public static final class Builder {
    private final SecuritySuite suite;
    private @Nullable KeyMaterial unicastKey;
    private @Nullable KeyMaterial broadcastKey;
    private @Nullable KeyMaterial authenticationKey;
    private @Nullable KeyMaterial masterKey;
    private @Nullable KeyMaterial hlsSecret;
    private @Nullable PrivateKey signingKey;
    private @Nullable PublicKey peerSigningKey;
    private @Nullable PrivateKey agreementKey;
    private @Nullable PublicKey peerAgreementKey;

    private Builder(SecuritySuite suite) {
      this.suite = suite;
    }

    /**
     * Sets the global unicast encryption key.
     *
     * @param key 16 octets, in suite 2 32
     * @return this builder
     */
    public Builder unicastKey(KeyMaterial key) {
      unicastKey = key;
      return this;
    }

    /**
     * Sets the global broadcast encryption key.
     *
     * @param key 16 octets, in suite 2 32
     * @return this builder
     */
    public Builder broadcastKey(KeyMaterial key) {
      broadcastKey = key;
      return this;
    }

    /**
     * Sets the global authentication key.
     *
     * @param key 16 octets, in suite 2 32
     * @return this builder
     */
    public Builder authenticationKey(KeyMaterial key) {
      authenticationKey = key;
      return this;
    }

    /**
     * Sets the master key.
     *
     * @param key 16 octets, in suite 2 32
     * @return this builder
     */
    public Builder masterKey(KeyMaterial key) {
      masterKey = key;
      return this;
    }

    /**
     * Sets the secret of the HLS mechanisms 3, 4 and 6.
     *
     * @param secret any octets
     * @return this builder
     */
    public Builder hlsSecret(KeyMaterial secret) {
      hlsSecret = secret;
      return this;
    }

    /**
     * Sets the keys for digital signatures.
     *
     * @param own our private key, or null if we only check
     * @param peer the peer's public key, or null if we only sign
     * @return this builder
     */
    public Builder signing(@Nullable PrivateKey own, @Nullable PublicKey peer) {
      signingKey = own;
      peerSigningKey = peer;
      return this;
    }

    /**
     * Sets the static keys for key agreement.
     *
     * @param own our private key, or null
     * @param peer the peer's public key, or null
     * @return this builder
     */
    public Builder keyAgreement(@Nullable PrivateKey own, @Nullable PublicKey peer) {
      agreementKey = own;
      peerAgreementKey = peer;
      return this;
    }

    /**
     * Makes the key ring.
     *
     * @return the key ring
     * @throws IllegalArgumentException if a key does not fit the suite
     */
    public KeyRing build() {
      return new KeyRing(this);
    }
  }
}
