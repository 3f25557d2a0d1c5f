package io.dlms4j.benchmarks;

import io.dlms4j.cosem.security.CipherEngine;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The least that ciphering needs: one AES-GCM object that is kept, and begun anew for each message
 * with the message's nonce and associated data. There are no APDUs, no counters that are looked
 * after and no checks but the tag's.
 */
interface CipherFloor {
  /** Bits of a tag. */
  int TAG_BITS = 96;

  /** Encrypts a text, or decrypts a text with its tag, into a new array. */
  byte[] run(byte[] nonce, byte[] aad, byte[] input) throws GeneralSecurityException;

  /** A floor of one direction. */
  static CipherFloor of(CipherEngine engine, boolean encrypting, byte[] key)
      throws GeneralSecurityException {
    return switch (engine) {
      case JDK -> new Jdk(encrypting, key);
      case BOUNCY_CASTLE -> new BouncyCastle(encrypting, key);
    };
  }

  /** The Java runtime's. */
  final class Jdk implements CipherFloor {
    private final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    private final int mode;
    private final SecretKey key;

    Jdk(boolean encrypting, byte[] key) throws GeneralSecurityException {
      this.mode = encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
      this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public byte[] run(byte[] nonce, byte[] aad, byte[] input) throws GeneralSecurityException {
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(aad);
      return cipher.doFinal(input);
    }
  }

  /** Bouncy Castle's, which keeps the key's tables when it is given a nonce only. */
  final class BouncyCastle implements CipherFloor {
    private final GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    private final boolean encrypting;

    BouncyCastle(boolean encrypting, byte[] key) {
      this.encrypting = encrypting;
      cipher.init(encrypting, new AEADParameters(new KeyParameter(key), TAG_BITS, new byte[12]));
    }

    @Override
    public byte[] run(byte[] nonce, byte[] aad, byte[] input) throws GeneralSecurityException {
      cipher.init(encrypting, new AEADParameters(null, TAG_BITS, nonce));
      cipher.processAADBytes(aad, 0, aad.length);
      byte[] output = new byte[cipher.getOutputSize(input.length)];
      int written = cipher.processBytes(input, 0, input.length, output, 0);
      try {
        cipher.doFinal(output, written);
      } catch (InvalidCipherTextException e) {
        throw new GeneralSecurityException(e);
      }
      return output;
    }
  }
}
