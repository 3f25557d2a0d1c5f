package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * A certificate of a DLMS/COSEM party: X.509 version 3, with the system title as common name, a key
 * of a security suite's curve, and one use (Green Book 9.2.6).
 */
public final class CosemCertificate {
  /** Longer ones are refused before they are looked at. */
  public static final int LONGEST = 4096;

  private static final int DIGITAL_SIGNATURE_BIT = 0;
  private static final int KEY_AGREEMENT_BIT = 4;

  /** What a certificate's key is for (Green Book 9.2.6, key usage). */
  public enum Use {
    /** Digital signatures. */
    DIGITAL_SIGNATURE,
    /** Key agreement. */
    KEY_AGREEMENT
  }

  private final X509Certificate x509;
  private final SystemTitle systemTitle;
  private final SecuritySuite suite;
  private final Use use;

  private CosemCertificate(X509Certificate x509) {
    this.x509 = x509;
    this.systemTitle = systemTitle(x509);
    this.suite = suite(x509.getPublicKey());
    this.use = use(x509);
  }

  /**
   * Reads a certificate that a peer sent. It may be anybody's until {@link #check} has been passed.
   *
   * @param der the certificate, in DER
   * @return the certificate
   * @throws ProtectionException with reason MALFORMED if it is not one of DLMS/COSEM
   */
  public static CosemCertificate decode(Octets der) {
    if (der.length() > LONGEST) {
      throw ProtectionException.malformed("a certificate of " + der.length() + " octets");
    }
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      byte[] octets = der.toByteArray();
      X509Certificate x509 =
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(octets));
      // The factory would take text and leave over what follows.
      if (!Arrays.equals(octets, x509.getEncoded())) {
        throw ProtectionException.malformed("a certificate that is not in DER (RFC 5280, 4.1)");
      }
      return of(x509);
    } catch (CertificateException e) {
      throw ProtectionException.malformed("what is no certificate (RFC 5280, 4.1)");
    }
  }

  /**
   * A certificate from elsewhere.
   *
   * @param x509 the certificate
   * @return the certificate
   * @throws ProtectionException with reason MALFORMED if it is not one of DLMS/COSEM
   */
  public static CosemCertificate of(X509Certificate x509) {
    return new CosemCertificate(x509);
  }

  private static SystemTitle systemTitle(X509Certificate x509) {
    String name = commonName(x509);
    if (!name.matches("[0-9A-Fa-f]{16}")) {
      throw ProtectionException.malformed(
          "a certificate whose common name is no system title (Green Book 9.2.6)");
    }
    return SystemTitle.ofHex(name);
  }

  /** The common name, or nothing if there is not exactly one that can be read. */
  private static String commonName(X509Certificate x509) {
    try {
      return commonName(X500Name.getInstance(x509.getSubjectX500Principal().getEncoded()));
    } catch (IllegalArgumentException e) {
      // The JDK takes names that Bouncy Castle does not.
      return "";
    }
  }

  /** The common name, or nothing if there is not exactly one. */
  static String commonName(X500Name subject) {
    RDN[] names = subject.getRDNs(BCStyle.CN);
    return names.length == 1 && !names[0].isMultiValued()
        ? IETFUtils.valueToString(names[0].getFirst().getValue())
        : "";
  }

  static SecuritySuite suite(PublicKey key) {
    for (SecuritySuite suite : SecuritySuite.values()) {
      if (suite.hasPublicKeys() && suite.curve().isValid(key)) {
        return suite;
      }
    }
    throw ProtectionException.malformed(
        "a certificate whose key is of no security suite (Green Book 9.2.3.7)");
  }

  private static Use use(X509Certificate x509) {
    boolean[] bits = x509.getKeyUsage();
    if (bits != null && bits[DIGITAL_SIGNATURE_BIT] != bits[KEY_AGREEMENT_BIT]) {
      return bits[DIGITAL_SIGNATURE_BIT] ? Use.DIGITAL_SIGNATURE : Use.KEY_AGREEMENT;
    }
    throw ProtectionException.malformed(
        "a certificate that is neither for signatures nor for key agreement (Green Book 9.2.6)");
  }

  /**
   * Makes sure that an issuer vouches for this certificate, and that it is valid.
   *
   * @param issuer the issuer's public key, which is trusted
   * @param at what time it is
   * @throws ProtectionException with reason NOT_AUTHENTIC if the issuer did not sign it, or it is
   *     not valid yet or no more
   */
  public void check(PublicKey issuer, Instant at) {
    try {
      x509.verify(issuer);
      x509.checkValidity(Date.from(at));
    } catch (GeneralSecurityException e) {
      throw ProtectionException.remote(
          Reason.NOT_AUTHENTIC,
          "the certificate of "
              + systemTitle
              + " is not signed by the issuer, or not valid at "
              + at
              + " (Green Book 9.2.6)");
    }
  }

  /**
   * Makes sure that a certification authority vouches for this certificate, and that both are
   * valid.
   *
   * @param issuer the authority's certificate, which is trusted
   * @param at what time it is
   * @throws ProtectionException with reason NOT_AUTHENTIC if this certificate names another issuer,
   *     the authority did not sign it, or either is not valid yet or no more
   */
  public void check(X509Certificate issuer, Instant at) {
    if (!x509.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
        || !isWithin(issuer, at)) {
      throw ProtectionException.remote(
          Reason.NOT_AUTHENTIC,
          "the certificate of "
              + systemTitle
              + " is of another issuer, or that one's is not valid at "
              + at
              + " (Green Book 9.2.6)");
    }
    check(issuer.getPublicKey(), at);
  }

  /**
   * Whether this certificate is valid at a time.
   *
   * @param at what time it is
   * @return false before it begins to be valid, and after it has ended
   */
  public boolean isValidAt(Instant at) {
    return isWithin(x509, at);
  }

  private static boolean isWithin(X509Certificate x509, Instant at) {
    return !at.isBefore(x509.getNotBefore().toInstant())
        && !at.isAfter(x509.getNotAfter().toInstant());
  }

  /**
   * Whose certificate it is.
   *
   * @return the system title
   */
  public SystemTitle systemTitle() {
    return systemTitle;
  }

  /**
   * Which suite the key is of.
   *
   * @return suite 1 or 2
   */
  public SecuritySuite suite() {
    return suite;
  }

  /**
   * What the key is for.
   *
   * @return the use
   */
  public Use use() {
    return use;
  }

  /**
   * The key.
   *
   * @return a point of the suite's curve
   */
  public PublicKey publicKey() {
    return x509.getPublicKey();
  }

  /**
   * The certificate as it is in Java.
   *
   * @return the certificate
   */
  public X509Certificate x509() {
    return x509;
  }

  /**
   * Writes the certificate.
   *
   * @return DER
   */
  public Octets encode() {
    try {
      return Octets.view(x509.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
  }

  /** Whose it is and what for. */
  @Override
  public String toString() {
    return "certificate of " + systemTitle + ", " + suite + ", " + use;
  }
}
