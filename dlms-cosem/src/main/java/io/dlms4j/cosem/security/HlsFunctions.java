package io.dlms4j.cosem.security;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ProtectedContent;
import io.dlms4j.cosem.apdu.SecurityControl;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;

/** The functions f of mechanisms 3 to 7 (Green Book 9.2.7.4, table of HLS mechanisms). */
final class HlsFunctions {
  private HlsFunctions() {}

  /** A function that both sides can compute: what is right is what we would have sent. */
  private abstract static class Symmetric implements HlsFunction {
    /** f as a party computes it that has received one challenge and sent the other. */
    abstract byte[] compute(boolean ours, Octets received, Octets sent);

    @Override
    public final Octets respond(Octets received, Octets own) {
      return Octets.view(compute(true, received, own));
    }

    @Override
    public final boolean verify(Octets answer, Octets received, Octets own) {
      return MessageDigest.isEqual(compute(false, own, received), answer.toByteArray());
    }
  }

  /** Mechanisms 3 and 4: Hash(challenge || secret). */
  static HlsFunction simpleHash(String algorithm, KeyMaterial secret) {
    return new Symmetric() {
      @Override
      byte[] compute(boolean ours, Octets received, Octets sent) {
        MessageDigest hash = hash(algorithm);
        hash.update(received.toByteArray());
        return hash.digest(secret.octets());
      }
    };
  }

  /** Mechanism 6: SHA-256(secret || own title || peer's title || received || sent challenge). */
  static HlsFunction sha256(KeyMaterial secret, SystemTitle own, SystemTitle peer) {
    return new Symmetric() {
      @Override
      byte[] compute(boolean ours, Octets received, Octets sent) {
        MessageDigest hash = hash("SHA-256");
        hash.update(secret.octets());
        hash.update((ours ? own : peer).octets().toByteArray());
        hash.update((ours ? peer : own).octets().toByteArray());
        hash.update(received.toByteArray());
        return hash.digest(sent.toByteArray());
      }
    };
  }

  /** Mechanism 5: SC || IC || GMAC(SC || AK || challenge). */
  static HlsFunction gmac(ApduProtection protection) {
    return new HlsFunction() {
      private static final int HEADER = 1 + 4;

      @Override
      public Octets respond(Octets received, Octets own) {
        ProtectedContent answer = protection.gmac(received);
        return new AxdrWriter()
            .writeUnsigned8(answer.securityControl().octet())
            .writeUnsigned32(answer.invocationCounter())
            .writeOctets(answer.octets())
            .toOctets();
      }

      @Override
      public boolean verify(Octets answer, Octets received, Octets own) {
        if (answer.length() != HEADER + AesGcm.TAG_LENGTH) {
          return false;
        }
        AxdrReader reader = AxdrReader.of(answer);
        SecurityControl control = new SecurityControl(reader.readUnsigned8());
        long counter = reader.readUnsigned32();
        protection.verifyGmac(
            new ProtectedContent(control, counter, reader.readOctets(AesGcm.TAG_LENGTH)), own);
        return true;
      }
    };
  }

  /** Mechanism 7: ECDSA(own title || peer's title || received || sent challenge). */
  static HlsFunction ecdsa(ApduProtection protection, PrivateKey signing, PublicKey peerSigning) {
    Octets own = protection.own().octets();
    Octets peer = protection.peer().octets();
    SecuritySuite suite = protection.keys().suite();
    return new HlsFunction() {
      @Override
      public Octets respond(Octets received, Octets sent) {
        return DigitalSignature.sign(
            suite, signing, protection.random(), own, peer, received, sent);
      }

      @Override
      public boolean verify(Octets answer, Octets received, Octets sent) {
        return DigitalSignature.verify(suite, peerSigning, answer, peer, own, sent, received);
      }
    };
  }

  private static MessageDigest hash(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }
}
