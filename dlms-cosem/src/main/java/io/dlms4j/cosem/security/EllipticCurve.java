package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;

/** The curves of suites 1 and 2 (Green Book 9.2.3.4.3; FIPS PUB 186-4, D.1.2). */
enum EllipticCurve {
  P_256("secp256r1", 32, "SHA-256", "SHA256withECDSAinP1363Format"),
  P_384("secp384r1", 48, "SHA-384", "SHA384withECDSAinP1363Format");

  private final int octets;
  private final String hash;
  private final String signature;

  // Immutable in fact, but not by an annotation.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ECParameterSpec parameters;

  EllipticCurve(String standardName, int octets, String hash, String signature) {
    this.octets = octets;
    this.hash = hash;
    this.signature = signature;
    try {
      AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec(standardName));
      parameters = named.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no curve " + standardName, e);
    }
  }

  /** Octets of a coordinate, and of the half of a signature. */
  int octets() {
    return octets;
  }

  /** The hash function that goes with the curve. */
  String hash() {
    return hash;
  }

  /** The JCA's name of ECDSA with that hash, in plain form: r and s side by side. */
  String signature() {
    return signature;
  }

  /** The JCA's name of ECDSA with that hash, in the form of X.509: r and s in a SEQUENCE. */
  String x509Signature() {
    return hash.replace("-", "") + "withECDSA";
  }

  KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(parameters, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime makes no keys of " + this, e);
    }
  }

  /** Whether a key is one of this curve. A private key may be a handle that does not say. */
  boolean has(java.security.Key key) {
    return !(key instanceof ECKey ec)
        ? key instanceof PrivateKey
        : ec.getParams().getCurve().equals(parameters.getCurve())
            && ec.getParams().getGenerator().equals(parameters.getGenerator());
  }

  /**
   * A public key from its two coordinates, validated as NIST SP 800-56A 5.6.2.3.3 has it: within
   * the field and on the curve. Infinity has no such octets, and with a cofactor of 1 every point
   * of the curve is in the group.
   */
  PublicKey publicKey(Octets point) {
    if (point.length() != 2 * octets) {
      throw ProtectionException.malformed(
          "a public key of "
              + point.length()
              + " octets, where "
              + this
              + " has "
              + 2 * octets
              + " (Green Book 9.2.3.4.3)");
    }
    ECPoint q = new ECPoint(number(point, 0), number(point, octets));
    if (!isOnCurve(q)) {
      throw ProtectionException.malformed(
          "a public key that is no point of " + this + " (NIST SP 800-56A 5.6.2.3)");
    }
    try {
      return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(q, parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime takes no public key of " + this, e);
    }
  }

  /** A public key that came from a certificate or the caller, made sure of. */
  PublicKey validated(PublicKey key) {
    if (!isValid(key)) {
      throw new IllegalArgumentException("the public key is not one of " + this);
    }
    return key;
  }

  /** Whether a public key is a point of this curve. */
  boolean isValid(PublicKey key) {
    return key instanceof ECPublicKey ec && has(key) && isOnCurve(ec.getW());
  }

  PrivateKey privateKey(Octets d) {
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new ECPrivateKeySpec(number(d, 0), parameters));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime takes no private key of " + this, e);
    }
  }

  /** The two coordinates of a public key of this curve. */
  Octets point(PublicKey key) {
    ECPoint w = ((ECPublicKey) validated(key)).getW();
    byte[] point = new byte[2 * octets];
    write(w.getAffineX(), point, 0);
    write(w.getAffineY(), point, octets);
    return Octets.view(point);
  }

  private BigInteger number(Octets octets, int from) {
    return new BigInteger(1, octets.slice(from, this.octets).toByteArray());
  }

  private void write(BigInteger number, byte[] target, int position) {
    byte[] magnitude = number.toByteArray();
    int skip = Math.max(0, magnitude.length - octets);
    System.arraycopy(
        magnitude,
        skip,
        target,
        position + octets - (magnitude.length - skip),
        magnitude.length - skip);
  }

  private boolean isOnCurve(ECPoint q) {
    if (q.equals(ECPoint.POINT_INFINITY)) {
      return false;
    }
    java.security.spec.EllipticCurve curve = parameters.getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = q.getAffineX();
    BigInteger y = q.getAffineY();
    if (x.signum() < 0 || y.signum() < 0 || x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      return false;
    }
    BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p);
    return y.multiply(y).mod(p).equals(right);
  }

  /** The name of NIST. */
  @Override
  public String toString() {
    return this == P_256 ? "P-256" : "P-384";
  }
}
