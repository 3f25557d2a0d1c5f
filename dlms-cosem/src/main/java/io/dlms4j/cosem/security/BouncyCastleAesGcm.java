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

  private final KeyParameter key;
  private final GCMModeCipher sealing = GCMBlockCipher.newInstance(AESEngine.newInstance());
  private final GCMModeCipher opening = GCMBlockCipher.newInstance(AESEngine.newInstance());
  private final CTRModeCipher counter = SICBlockCipher.newInstance(AESEngine.newInstance());

  BouncyCastleAesGcm(KeyMaterial key) {
    this.key = new KeyParameter(key.octets());
  }

  @Override
  public byte[] seal(byte[] nonce, Octets[] aad, Octets plaintext) {
    try {
      sealing.init(true, new AEADParameters(key, TAG_BITS, nonce));
      return run(sealing, aad, plaintext);
    } catch (IllegalArgumentException | InvalidCipherTextException e) {
      throw new IllegalStateException("AES-GCM does not encrypt; was a nonce repeated?", e);
    }
  }

  @Override
  public byte @Nullable [] open(byte[] nonce, Octets[] aad, Octets sealed) {
    if (sealed.length() < TAG_LENGTH) {
      return null;
    }
    opening.init(false, new AEADParameters(key, TAG_BITS, nonce));
    try {
      return run(opening, aad, sealed);
    } catch (InvalidCipherTextException e) {
      return null;
    }
  }

  private static byte[] run(GCMModeCipher cipher, Octets[] aad, Octets input)
      throws InvalidCipherTextException {
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
    counter.init(true, new ParametersWithIV(key, first));
    byte[] output = new byte[input.length()];
    counter.processBytes(input.array(), input.offset(), input.length(), output, 0);
    return output;
  }
}
