package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;

/**
 * ECDSA in the plain form of DLMS/COSEM: r and s side by side, each as long as a coordinate (Green
 * Book 9.2.3.4.4; FIPS PUB 186-4). Suite 1 has P-256 and SHA-256, suite 2 P-384 and SHA-384.
 */
public final class DigitalSignature {
  private DigitalSignature() {}

  /**
   * Signs.
   *
   * @param suite suite 1 or 2
   * @param key the signing key: of the suite's curve, or a handle of a security module
   * @param random where the signature's secret number comes from
   * @param message what is signed, in parts that follow each other
   * @return 64 or 96 octets
   * @throws IllegalArgumentException if the suite has no signatures, or the key is of another curve
   */
  public static Octets sign(
      SecuritySuite suite, PrivateKey key, SecureRandom random, Octets... message) {
    EllipticCurve curve = suite.curve();
    if (!curve.has(key)) {
      throw new IllegalArgumentException("the signing key is not one of " + curve);
    }
    try {
      Signature signature = Signature.getInstance(curve.signature());
      signature.initSign(key, random);
      for (Octets part : message) {
        signature.update(part.array(), part.offset(), part.length());
      }
      return Octets.view(signature.sign());
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("the signing key cannot be used", e);
    } catch (NoSuchAlgorithmException | SignatureException e) {
      throw new IllegalStateException("ECDSA does not run", e);
    }
  }

  /**
   * Checks a signature.
   *
   * @param suite suite 1 or 2
   * @param key the signer's public key
   * @param signed the signature that came
   * @param message what should be signed, in parts that follow each other
   * @return whether the signer signed it; false for any octets that are no signature
   * @throws IllegalArgumentException if the suite has no signatures, or the key is of another curve
   */
  public static boolean verify(
      SecuritySuite suite, PublicKey key, Octets signed, Octets... message) {
    EllipticCurve curve = suite.curve();
    PublicKey validated = curve.validated(key);
    if (signed.length() != suite.signatureLength()) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(curve.signature());
      signature.initVerify(validated);
      for (Octets part : message) {
        signature.update(part.array(), part.offset(), part.length());
      }
      return signature.verify(signed.toByteArray());
    } catch (SignatureException e) {
      return false;
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("the public key cannot be used", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + curve.signature(), e);
    }
  }
}
