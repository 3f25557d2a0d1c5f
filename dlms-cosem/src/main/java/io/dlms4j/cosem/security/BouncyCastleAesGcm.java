package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CTRModeCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/** AES-GCM of Bouncy Castle's lightweight interface. */
final class BouncyCastleAesGcm implements AesGcm {
  private static final int BLOCK = 16;
  private static final int TAG_BITS = 8 * TAG_LENGTH;

  /** Of another length than ours, so that it is none of those that must not repeat. */
  private static final byte[] NO_NONCE = new byte[1];

  private final KeyParameter key;
  private @Nullable GCMModeCipher sealing;
  private @Nullable GCMModeCipher opening;
  private @Nullable CTRModeCipher counter;

  BouncyCastleAesGcm(KeyMaterial key) {
    this.key = new KeyParameter(key.octets());
  }

  @Override
  public byte[] seal(byte[] nonce, Octets[] aad, Octets plaintext) {
    if (sealing == null) {
      sealing = withKey(true);
    }
    try {
      return run(sealing, true, nonce, aad, plaintext);
    } catch (IllegalArgumentException | InvalidCipherTextException e) {
      throw new IllegalStateException("AES-GCM does not encrypt; was a nonce repeated?", e);
    }
  }

  @Override
  public byte @Nullable [] open(byte[] nonce, Octets[] aad, Octets sealed) {
    if (sealed.length() < TAG_LENGTH) {
      return null;
    }
    if (opening == null) {
      opening = withKey(false);
    }
    try {
      return run(opening, false, nonce, aad, sealed);
    } catch (InvalidCipherTextException e) {
      return null;
    }
  }

  private GCMModeCipher withKey(boolean encrypting) {
    GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(encrypting, new AEADParameters(key, TAG_BITS, NO_NONCE));
    return cipher;
  }

  private static byte[] run(
      GCMModeCipher cipher, boolean encrypting, byte[] nonce, Octets[] aad, Octets input)
      throws InvalidCipherTextException {
    // Without a key, the one from before is kept, with the tables made of it.
    cipher.init(encrypting, new AEADParameters(null, TAG_BITS, nonce));
    for (Octets part : aad) {
      cipher.processAADBytes(part.array(), part.offset(), part.length());
    }
    byte[] output = new byte[cipher.getOutputSize(input.length())];
    int written = cipher.processBytes(input.array(), input.offset(), input.length(), output, 0);
    written += cipher.doFinal(output, written);
    return written == output.length ? output : Arrays.copyOf(output, written);
  }

  @Override
  public byte[] counterMode(byte[] nonce, Octets input) {
    byte[] first = Arrays.copyOf(nonce, BLOCK);
    first[BLOCK - 1] = 2;
    if (counter == null) {
      counter = SICBlockCipher.newInstance(AESEngine.newInstance());
    }
    counter.init(true, new ParametersWithIV(key, first));
    byte[] output = new byte[input.length()];
    counter.processBytes(input.array(), input.offset(), input.length(), output, 0);
    return output;
  }
}
