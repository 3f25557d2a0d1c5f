package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;

/**
 * What names a certificate (RFC 5280, 4.1.2 and 4.2.1.6), as octets: an issuer and a serial number
 * of it are together unique. The names are in DER, with tag and length.
 *
 * @param serialNumber the serial number: the contents octets of an INTEGER
 * @param issuer the Name of who signed it
 * @param subject the Name of whose it is
 * @param subjectAltName GeneralNames, further names of whose it is; empty if there are none
 */
public record CertificateFields(
    Octets serialNumber, Octets issuer, Octets subject, Octets subjectAltName) {
  private static final String SUBJECT_ALT_NAME = "2.5.29.17";

  /**
   * Takes the fields out of a certificate.
   *
   * @param x509 the certificate
   * @return its fields
   */
  public static CertificateFields of(X509Certificate x509) {
    byte[] alternatives = x509.getExtensionValue(SUBJECT_ALT_NAME);
    return new CertificateFields(
        Octets.view(x509.getSerialNumber().toByteArray()),
        Octets.view(x509.getIssuerX500Principal().getEncoded()),
        Octets.view(x509.getSubjectX500Principal().getEncoded()),
        alternatives == null
            ? Octets.EMPTY
            : Octets.view(ASN1OctetString.getInstance(alternatives).getOctets()));
  }

  /**
   * Whether a serial number and an issuer that came from a peer are those of this certificate. The
   * number may have leading zeros, or lack the one that keeps an INTEGER positive.
   *
   * @param serial a serial number, without tag and length
   * @param issuerName a Name in DER
   * @return whether both are the same
   */
  public boolean areOf(Octets serial, Octets issuerName) {
    return serial.length() <= CosemCertificate.LONGEST
        && issuer.equals(issuerName)
        && new BigInteger(1, serial.toByteArray())
            .equals(new BigInteger(1, serialNumber.toByteArray()));
  }
}
