package io.dlms4j.server;

import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a logical device offers one client SAP: immutable, changed by copying.
 *
 * @param config how the client has to authenticate itself, and what it may agree on
 * @param policy its rights to the objects
 * @param keys finds the keys that the device has with the client; null if none are needed
 * @param secretChange changes the secret of the association; null if it cannot be changed
 * @param securitySetup the object of class "Security setup" that the association refers to; null if
 *     there is none
 */
public record AssociationOffer(
    ServerAssociationConfig config,
    AccessPolicy policy,
    @Nullable KeyProvider keys,
    @Nullable SecretChange secretChange,
    @Nullable ObisCode securitySetup) {

  /**
   * Changes the password of low level security, or the secret of the HLS mechanisms 3, 4 and 6: the
   * attribute LLS_secret, or the method change_HLS_secret, of the Association object (Blue Book
   * 4.4.4). Called on the lines' threads.
   */
  @FunctionalInterface
  public interface SecretChange {
    /**
     * Takes the new secret. It counts from the next association on. What is thrown goes into the
     * log, so its message must not hold the secret; the client is told other-reason.
     *
     * @param secret 1 octet or more
     * @throws IllegalArgumentException if it cannot be one
     * @throws RuntimeException if it cannot be kept; then the old one counts on
     */
    void change(KeyMaterial secret);
  }

  /**
   * An offer that needs no keys.
   *
   * @param config how the client has to authenticate itself, and what it may agree on
   * @param policy its rights to the objects
   * @return the offer
   */
  public static AssociationOffer of(ServerAssociationConfig config, AccessPolicy policy) {
    return new AssociationOffer(config, policy, null, null, null);
  }

  /**
   * The same with keys. Where messages are ciphered, or clients authenticate themselves with what
   * is among the keys, every client is refused without this.
   *
   * @param provider finds the keys, asked at every AARQ that needs them
   * @return the changed offer
   */
  public AssociationOffer withKeys(KeyProvider provider) {
    return new AssociationOffer(config, policy, provider, secretChange, securitySetup);
  }

  /**
   * The same with a secret that clients may change, if the policy lets them.
   *
   * @param change what changes it
   * @return the changed offer
   */
  public AssociationOffer withSecretChange(SecretChange change) {
    return new AssociationOffer(config, policy, keys, change, securitySetup);
  }

  /**
   * The same with a Security setup object, which has to be added to the device as well.
   *
   * @param logicalName its name
   * @return the changed offer
   */
  public AssociationOffer withSecuritySetup(ObisCode logicalName) {
    return new AssociationOffer(config, policy, keys, secretChange, logicalName);
  }

  boolean hasShortNames() {
    return config.applicationContextName().hasShortNames();
  }

  /** Whether the client authenticates itself by high level security. */
  boolean hasHighLevelSecurity() {
    var security = config.security();
    return security != null && security.mechanism() != null;
  }
}
