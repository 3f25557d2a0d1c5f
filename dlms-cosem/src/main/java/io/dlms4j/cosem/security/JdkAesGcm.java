package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/** AES-GCM of the Java Cryptography Architecture. */
final class JdkAesGcm implements AesGcm {
  private static final String GCM = "AES/GCM/NoPadding";
  private static final int BLOCK = 16;
  private static final int TAG_BITS = 8 * TAG_LENGTH;

  private final SecretKey key;

  // One object a direction, so that the cipher's own watch over repeated nonces sees them all.
  // Made when first used: the key of one APDU needs but one of them.
  private @Nullable Cipher sealing;
  private @Nullable Cipher opening;
  private @Nullable Cipher counter;

  JdkAesGcm(KeyMaterial key) {
    this.key = key.toAesKey();
  }

  @Override
  public byte[] seal(byte[] nonce, Octets[] aad, Octets plaintext) {
    try {
      if (sealing == null) {
        sealing = Cipher.getInstance(GCM);
      }
      sealing.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      return run(sealing, aad, plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not encrypt; was a nonce repeated?", e);
    }
  }

  @Override
  public byte @Nullable [] open(byte[] nonce, Octets[] aad, Octets sealed) {
    if (sealed.length() < TAG_LENGTH) {
      return null;
    }
    try {
      if (opening == null) {
        opening = Cipher.getInstance(GCM);
      }
      opening.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      return run(opening, aad, sealed);
    } catch (AEADBadTagException e) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not decrypt", e);
    }
  }

  private static byte[] run(Cipher cipher, Octets[] aad, Octets input)
      throws GeneralSecurityException {
    for (Octets part : aad) {
      cipher.updateAAD(part.array(), part.offset(), part.length());
    }
    return cipher.doFinal(input.array(), input.offset(), input.length());
  }

  @Override
  public byte[] counterMode(byte[] nonce, Octets input) {
    byte[] first = Arrays.copyOf(nonce, BLOCK);
    first[BLOCK - 1] = 2;
    try {
      if (counter == null) {
        counter = Cipher.getInstance("AES/CTR/NoPadding");
      }
      counter.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(first));
      return counter.doFinal(input.array(), input.offset(), input.length());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-CTR does not run", e);
    }
  }
}
