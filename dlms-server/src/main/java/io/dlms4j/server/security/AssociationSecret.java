package io.dlms4j.server.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.KeyMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The secret of one association that clients may change: the password of low level security, or the
 * secret of the HLS mechanisms 3, 4 and 6 (Blue Book 4.4.4, attribute secret and method
 * change_HLS_secret). A new one counts from the next AARQ on, when it has been saved. For all
 * threads.
 */
public final class AssociationSecret {
  /** How many octets a secret has at most: as many as a challenge (Green Book 9.2.7.4). */
  public static final int LONGEST = 64;

  private final @Nullable AssociationSecretStore store;
  private KeyMaterial secret;

  private AssociationSecret(KeyMaterial secret, @Nullable AssociationSecretStore store) {
    this.secret = secret;
    this.store = store;
  }

  /**
   * A secret whose changes end with the process.
   *
   * @param first 1..64 octets, copied
   * @return the secret
   * @throws IllegalArgumentException if it is longer
   */
  public static AssociationSecret of(KeyMaterial first) {
    return new AssociationSecret(copyOf(first), null);
  }

  /**
   * A secret that survives a restart.
   *
   * @param first what counts as long as the store is empty, and is then saved: 1..64 octets, copied
   * @param store where it is kept
   * @return the secret that the store has, or else the first one
   * @throws IllegalArgumentException if it is longer
   * @throws IOException if the store cannot be read or written
   */
  public static AssociationSecret of(KeyMaterial first, AssociationSecretStore store)
      throws IOException {
    KeyMaterial copy = copyOf(first);
    Optional<KeyMaterial> stored = store.load();
    if (stored.isPresent()) {
      copy.wipe();
      AssociationSecret secret = new AssociationSecret(copyOf(stored.get()), store);
      stored.get().wipe();
      return secret;
    }
    store.save(copy);
    return new AssociationSecret(copy, store);
  }

  /**
   * Whether octets that came from a peer can be a secret. To be asked before {@link #change}.
   *
   * @param candidate any octets
   * @return whether there are 1..64
   */
  public static boolean accepts(Octets candidate) {
    return !candidate.isEmpty() && candidate.length() <= LONGEST;
  }

  /**
   * The secret as it is now.
   *
   * @return a copy, which its user may wipe
   */
  public synchronized KeyMaterial current() {
    return KeyMaterial.of(secret.export());
  }

  /**
   * Compares in a time that does not depend on how much is right.
   *
   * @param candidate what a client sent
   * @return whether it is the secret
   */
  public synchronized boolean matches(Octets candidate) {
    return !candidate.isEmpty() && secret.matches(KeyMaterial.of(candidate));
  }

  /**
   * Changes the secret. It counts when it has been saved, and not before. May block while it is.
   *
   * @param changed the new secret, 1..64 octets, copied
   * @throws IllegalArgumentException if it is longer: nothing has changed
   * @throws UncheckedIOException if it cannot be saved: nothing has changed
   */
  public synchronized void change(KeyMaterial changed) {
    KeyMaterial next = copyOf(changed);
    if (store != null) {
      try {
        store.save(next);
      } catch (IOException e) {
        next.wipe();
        throw new UncheckedIOException("the secret of the association cannot be saved", e);
      }
    }
    secret.wipe();
    secret = next;
  }

  private static KeyMaterial copyOf(KeyMaterial given) {
    if (given.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a secret of " + given.length() + " octets, where there may be " + LONGEST);
    }
    return KeyMaterial.of(given.export());
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return "AssociationSecret[not shown]";
  }
}
