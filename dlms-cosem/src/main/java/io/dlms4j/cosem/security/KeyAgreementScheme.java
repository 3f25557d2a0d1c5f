package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * Agreement of symmetric keys by elliptic curve Diffie-Hellman, and the concatenation key
 * derivation function (Green Book 9.2.3.4.6; NIST SP 800-56A, 5.7.1.2 and 5.8.1).
 *
 * <p>Party U is who begins: the client of the method key_agreement, the originator of a
 * general-ciphering APDU. Both parties compute the same key, each from its own private key and the
 * other's public key.
 */
public enum KeyAgreementScheme {
  /**
   * Ephemeral Unified Model C(2e, 0s): two ephemeral keys. For the method key_agreement of the
   * class "Security setup", whose messages are key_id, public key, and a signature over both.
   */
  EPHEMERAL_UNIFIED,
  /**
   * One-Pass Diffie-Hellman C(1e, 1s): an ephemeral key of U, the static key of V. For
   * general-ciphering, key-parameters 01; the signature is over the public key alone.
   */
  ONE_PASS,
  /**
   * Static Unified Model C(0e, 2s): two static keys, and a nonce of U. For general-ciphering,
   * key-parameters 02; the nonce is the transaction-id.
   */
  STATIC_UNIFIED;

  /** A longer nonce would have a length of more than one octet. */
  static final int LONGEST_NONCE = 0x7F;

  /** What the agreed key will be used for. */
  public enum KeyUse {
    /** As a key of AES-GCM. */
    ENCRYPTION,
    /** As a master key, for AES key wrap. */
    KEY_WRAP
  }

  /**
   * Makes a key pair.
   *
   * @param suite suite 1 or 2
   * @param random where the private key comes from
   * @return the pair, on the curve of the suite
   * @throws IllegalArgumentException if the suite has no public keys
   */
  public static KeyPair generateKeyPair(SecuritySuite suite, SecureRandom random) {
    return suite.curve().generate(random);
  }

  /**
   * Reads a public key that a peer sent, and makes sure that it is a point of the curve.
   *
   * @param suite suite 1 or 2
   * @param point its two coordinates, 64 or 96 octets
   * @return the key
   * @throws ProtectionException with reason MALFORMED if it is not
   * @throws IllegalArgumentException if the suite has no public keys
   */
  public static PublicKey publicKey(SecuritySuite suite, Octets point) {
    return suite.curve().publicKey(point);
  }

  /**
   * Writes a public key.
   *
   * @param suite suite 1 or 2
   * @param key a key of the curve of the suite
   * @return its two coordinates, 64 or 96 octets
   * @throws IllegalArgumentException if the suite has no public keys, or the key is of another
   *     curve
   */
  public static Octets toOctets(SecuritySuite suite, PublicKey key) {
    return suite.curve().point(key);
  }

  /**
   * Computes the agreed key.
   *
   * @param suite suite 1 or 2
   * @param use what the key will be used for
   * @param own our private key
   * @param peer the peer's public key
   * @param partyU who began
   * @param partyV the other one
   * @param nonce the transaction-id for {@link #STATIC_UNIFIED}, else empty
   * @return the key, as long as the suite has them
   * @throws IllegalArgumentException if the suite has no public keys, a key is of another curve, or
   *     a nonce is missing or too much
   */
  public KeyMaterial agree(
      SecuritySuite suite,
      KeyUse use,
      PrivateKey own,
      PublicKey peer,
      SystemTitle partyU,
      SystemTitle partyV,
      Octets nonce) {
    if (nonce.isEmpty() == (this == STATIC_UNIFIED) || nonce.length() > LONGEST_NONCE) {
      throw new IllegalArgumentException(
          this + " with a nonce of " + nonce.length() + " octets (Green Book 9.2.3.4.6)");
    }
    byte[] z = sharedSecret(suite.curve(), own, peer);
    try {
      return derive(suite, use, z, partyU, partyV, nonce);
    } finally {
      Arrays.fill(z, (byte) 0);
    }
  }

  /** Z: the x coordinate of the common point. */
  static byte[] sharedSecret(EllipticCurve curve, PrivateKey own, PublicKey peer) {
    if (!curve.has(own)) {
      throw new IllegalArgumentException("the private key is not one of " + curve);
    }
    try {
      KeyAgreement ecdh = KeyAgreement.getInstance("ECDH");
      ecdh.init(own);
      ecdh.doPhase(curve.validated(peer), true);
      return ecdh.generateSecret();
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("the keys cannot be used for key agreement", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ECDH does not run", e);
    }
  }

  /**
   * Hash(00000001 || Z || AlgorithmID || PartyUInfo || PartyVInfo), of which the left octets are
   * the key: one round is enough for every suite. A nonce is a part of PartyUInfo, with its length.
   */
  private static KeyMaterial derive(
      SecuritySuite suite,
      KeyUse use,
      byte[] z,
      SystemTitle partyU,
      SystemTitle partyV,
      Octets nonce) {
    try {
      MessageDigest hash = MessageDigest.getInstance(suite.curve().hash());
      hash.update(new byte[] {0, 0, 0, 1});
      hash.update(z);
      hash.update(
          (use == KeyUse.ENCRYPTION ? suite.gcmAlgorithmId() : suite.wrapAlgorithmId())
              .toByteArray());
      hash.update(partyU.octets().toByteArray());
      if (!nonce.isEmpty()) {
        hash.update((byte) nonce.length());
        hash.update(nonce.toByteArray());
      }
      hash.update(partyV.octets().toByteArray());
      byte[] digest = hash.digest();
      byte[] key = Arrays.copyOf(digest, suite.keyLength());
      Arrays.fill(digest, (byte) 0);
      return KeyMaterial.owning(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks a hash function", e);
    }
  }
}
