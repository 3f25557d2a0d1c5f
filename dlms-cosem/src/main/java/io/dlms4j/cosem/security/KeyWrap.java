package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Cipher;

/** AES key wrap (RFC 3394; Green Book 9.2.3.3.8): how a key travels under a master key. */
public final class KeyWrap {
  /** Octets by which a wrapped key is longer than the key. */
  public static final int OVERHEAD = 8;

  private static final int LONGEST_KEY = 32;

  private KeyWrap() {}

  /**
   * Wraps a key.
   *
   * @param kek the key-encryption key, 16 or 32 octets
   * @param key the key to wrap, 16 or 32 octets
   * @return the wrapped key, 8 octets longer
   * @throws IllegalArgumentException if a key is of another length
   */
  public static Octets wrap(KeyMaterial kek, KeyMaterial key) {
    checkLength(kek.length());
    checkLength(key.length());
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.WRAP_MODE, kek.toAesKey());
      return Octets.view(cipher.wrap(key.toAesKey()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES key wrap does not run", e);
    }
  }

  /**
   * Unwraps a key that a peer sent.
   *
   * @param kek the key-encryption key, 16 or 32 octets
   * @param wrapped the wrapped key
   * @return the key, 16 or 32 octets
   * @throws ProtectionException with reason NOT_AUTHENTIC if it is of another length, or was not
   *     wrapped with that key
   * @throws IllegalArgumentException if the key-encryption key is of another length
   */
  public static KeyMaterial unwrap(KeyMaterial kek, Octets wrapped) {
    checkLength(kek.length());
    int length = wrapped.length() - OVERHEAD;
    if (length != 16 && length != LONGEST_KEY) {
      throw ProtectionException.notAuthentic();
    }
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.UNWRAP_MODE, kek.toAesKey());
      Key key = cipher.unwrap(wrapped.toByteArray(), "AES", Cipher.SECRET_KEY);
      return KeyMaterial.owning(key.getEncoded());
    } catch (InvalidKeyException e) {
      throw ProtectionException.notAuthentic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES key wrap does not run", e);
    }
  }

  private static Cipher cipher() throws GeneralSecurityException {
    try {
      return Cipher.getInstance("AESWrap");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no AES key wrap", e);
    }
  }

  private static void checkLength(int length) {
    if (length != 16 && length != LONGEST_KEY) {
      throw new IllegalArgumentException(
          "a key of " + length + " octets, where AES has 16 or 32 here (Green Book 9.2.3.7)");
    }
  }
}
