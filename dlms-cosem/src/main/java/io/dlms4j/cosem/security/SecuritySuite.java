package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which algorithms protect and authenticate (Green Book 9.2.3.7, table of security suites). */
public enum SecuritySuite {
  /** AES-GCM-128 and AES-128 key wrap; no public keys. */
  SUITE_0(0, 16, null, 0x00, 0x02),
  /** AES-GCM-128, AES-128 key wrap, ECDSA and ECDH with P-256, SHA-256. */
  SUITE_1(1, 16, EllipticCurve.P_256, 0x00, 0x02),
  /** AES-GCM-256, AES-256 key wrap, ECDSA and ECDH with P-384, SHA-384. */
  SUITE_2(2, 32, EllipticCurve.P_384, 0x01, 0x03);

  private final int id;
  private final int keyLength;
  private final @Nullable EllipticCurve curve;
  private final int gcmAlgorithm;
  private final int wrapAlgorithm;

  SecuritySuite(int id, int keyLength, @Nullable EllipticCurve curve, int gcm, int wrap) {
    this.id = id;
    this.keyLength = keyLength;
    this.curve = curve;
    this.gcmAlgorithm = gcm;
    this.wrapAlgorithm = wrap;
  }

  /** Contents octets of 2.16.756.5.8.3.id: the cryptographic algorithms of the DLMS UA. */
  private static Octets algorithm(int id) {
    return Octets.of(0x60, 0x85, 0x74, 0x05, 0x08, 0x03, id);
  }

  /**
   * Security_Suite_Id: bits 0..3 of the security control octet, and attribute 3 of the class
   * "Security setup".
   *
   * @return 0..2
   */
  public int id() {
    return id;
  }

  /**
   * Finds a suite by its id.
   *
   * @param id any number
   * @return the suite, or nothing
   */
  public static Optional<SecuritySuite> ofId(long id) {
    return id >= 0 && id < values().length ? Optional.of(values()[(int) id]) : Optional.empty();
  }

  /**
   * How long the symmetric keys are: encryption, authentication and master keys alike.
   *
   * @return 16 or 32 octets
   */
  public int keyLength() {
    return keyLength;
  }

  /**
   * Whether the suite has digital signatures and key agreement.
   *
   * @return false for suite 0
   */
  public boolean hasPublicKeys() {
    return curve != null;
  }

  /**
   * How long a public key and a signature are on the wire: two numbers of the curve each.
   *
   * @return 64 or 96 octets, or 0 for suite 0
   */
  public int signatureLength() {
    return curve == null ? 0 : 2 * curve.octets();
  }

  /** The curve of the suite, for whoever has made sure that the suite has one. */
  EllipticCurve curve() {
    if (curve == null) {
      throw new IllegalArgumentException(
          this + " has no public keys (Green Book 9.2.3.7); use suite 1 or 2");
    }
    return curve;
  }

  Octets gcmAlgorithmId() {
    return algorithm(gcmAlgorithm);
  }

  Octets wrapAlgorithmId() {
    return algorithm(wrapAlgorithm);
  }

  /** "security suite" and the number. */
  @Override
  public String toString() {
    return "security suite " + id;
  }
}
