package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A symmetric key or a secret. It does not show itself, compares in constant time, and can be
 * wiped. For all threads.
 */
public final class KeyMaterial {
  private byte @Nullable [] octets;

  private KeyMaterial(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Key material from octets.
   *
   * @param octets the octets, copied
   * @return the key material
   * @throws IllegalArgumentException if there are none
   */
  public static KeyMaterial of(Octets octets) {
    return owning(octets.toByteArray());
  }

  /**
   * Key material written in hexadecimal. The text remains in memory: for tests and examples.
   *
   * @param hex pairs of digits
   * @return the key material
   * @throws IllegalArgumentException if it is anything else; its message does not hold the text
   */
  public static KeyMaterial ofHex(String hex) {
    Octets octets;
    try {
      octets = Octets.ofHex(hex);
    } catch (IllegalArgumentException e) {
      // The cause would show a digit of the key.
      throw new IllegalArgumentException("a key is written as pairs of hexadecimal digits");
    }
    return of(octets);
  }

  /**
   * New key material.
   *
   * @param length how many octets, at least 1
   * @param random where they come from
   * @return the key material
   */
  public static KeyMaterial generate(int length, SecureRandom random) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return owning(octets);
  }

  /** Key material from an array that is given away. */
  static KeyMaterial owning(byte[] octets) {
    if (octets.length == 0) {
      throw new IllegalArgumentException("a key of no octets");
    }
    return new KeyMaterial(octets);
  }

  /**
   * How long it is.
   *
   * @return number of octets
   * @throws IllegalStateException if it has been wiped
   */
  public int length() {
    return octets().length;
  }

  /**
   * Compares in a time that does not depend on how much is equal.
   *
   * @param other other key material
   * @return whether the octets are the same
   * @throws IllegalStateException if either has been wiped
   */
  public boolean matches(KeyMaterial other) {
    return MessageDigest.isEqual(octets(), other.octets());
  }

  /**
   * The octets, for whoever must store or transfer them.
   *
   * @return a copy
   * @throws IllegalStateException if it has been wiped
   */
  public Octets export() {
    return Octets.copyOf(octets());
  }

  /** Overwrites the octets. Ciphers that were made with them before keep copies of their own. */
  public synchronized void wipe() {
    if (octets != null) {
      Arrays.fill(octets, (byte) 0);
      octets = null;
    }
  }

  /** The octets themselves: to be read at once, and neither kept nor shown. */
  synchronized byte[] octets() {
    if (octets == null) {
      throw new IllegalStateException("the key material has been wiped");
    }
    return octets;
  }

  SecretKey toAesKey() {
    return new SecretKeySpec(octets(), "AES");
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return "KeyMaterial[not shown]";
  }
}
