package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Whose invocation counter under which key. A nonce is made of the originator's system title and
 * its counter, so this is exactly what a counter must not repeat for (Green Book 9.2.3.3.7): where
 * one key serves for several peers or associations they share the counter, and a new key begins a
 * new one.
 *
 * @param originator who protects with the key
 * @param fingerprint 8 octets of a one-way function of the key. They tell less of it than any
 *     message protected with it does.
 * @param authenticated whether the counter is of messages with a tag; those without have one of
 *     their own where they are received, for anybody can forge it
 */
public record CounterId(SystemTitle originator, Octets fingerprint, boolean authenticated) {
  /** Octets of a fingerprint. */
  public static final int FINGERPRINT_LENGTH = 8;

  private static final byte[] LABEL =
      "dlms4j invocation counter".getBytes(StandardCharsets.US_ASCII);

  /**
   * Checks the length.
   *
   * @throws IllegalArgumentException if the fingerprint has not 8 octets
   */
  public CounterId {
    if (fingerprint.length() != FINGERPRINT_LENGTH) {
      throw new IllegalArgumentException(
          "a fingerprint of " + fingerprint.length() + " octets, not " + FINGERPRINT_LENGTH);
    }
  }

  /**
   * The counter of messages with a tag, which is also the one that a sender counts with.
   *
   * @param originator who protects with the key
   * @param key the key
   * @return the id
   */
  public static CounterId of(SystemTitle originator, KeyMaterial key) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(LABEL);
      byte[] digest = hash.digest(key.octets());
      return new CounterId(originator, Octets.copyOf(digest, 0, FINGERPRINT_LENGTH), true);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  /** The fingerprint is as good as random: four of its octets are a hash. */
  @Override
  public int hashCode() {
    return fingerprint.at(0) << 24
        | fingerprint.at(1) << 16
        | fingerprint.at(2) << 8
        | fingerprint.at(3);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CounterId that
        && fingerprint.equals(that.fingerprint)
        && originator.equals(that.originator)
        && authenticated == that.authenticated;
  }

  /** The counter of messages without a tag. */
  CounterId unauthenticated() {
    return new CounterId(originator, fingerprint, false);
  }
}
