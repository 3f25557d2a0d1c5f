package io.dlms4j.server.security;

import io.dlms4j.cosem.security.KeyMaterial;
import java.io.IOException;
import java.util.Optional;

/**
 * Where an {@link AssociationSecret} survives a restart. What {@link #save} has returned from must
 * be there for ever after, also if the process is killed at that moment. For one secret, which
 * never calls it twice at once.
 */
public interface AssociationSecretStore {
  /**
   * Reads the secret that was saved last.
   *
   * @return the secret, which becomes the caller's; or nothing if none has ever been saved
   * @throws IOException if it cannot be read, or is damaged
   */
  Optional<KeyMaterial> load() throws IOException;

  /**
   * Keeps a secret in place of the one before.
   *
   * @param secret the secret, to be read before this returns
   * @throws IOException if it cannot be kept: then the one before is still there
   */
  void save(KeyMaterial secret) throws IOException;
}
