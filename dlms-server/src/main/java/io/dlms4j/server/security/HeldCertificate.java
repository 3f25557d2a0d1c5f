package io.dlms4j.server.security;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.classes.CertificateEntity;
import io.dlms4j.cosem.classes.CertificateInfo;
import io.dlms4j.cosem.classes.CertificateType;
import io.dlms4j.cosem.security.CertificateFields;
import io.dlms4j.cosem.security.CosemCertificate;
import io.dlms4j.cosem.security.SystemTitle;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as the attribute certificates and the methods about certificates see it.
 *
 * @param entity whose it is
 * @param type what for
 * @param title whose system title it has; null for an authority, which has none
 * @param fields what names it
 * @param der the certificate itself
 * @param cosem the certificate, if it can be removed; null for a trust anchor
 */
record HeldCertificate(
    CertificateEntity entity,
    CertificateType type,
    @Nullable SystemTitle title,
    CertificateFields fields,
    Octets der,
    @Nullable CosemCertificate cosem) {

  /** A trust anchor, which stands for what it certifies and for no use of its own. */
  static HeldCertificate anchor(X509Certificate x509) {
    try {
      return new HeldCertificate(
          CertificateEntity.CERTIFICATION_AUTHORITY,
          CertificateType.OTHER,
          null,
          CertificateFields.of(x509),
          Octets.view(x509.getEncoded()),
          null);
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("an issuer's certificate cannot be written", e);
    }
  }

  static HeldCertificate of(CosemCertificate certificate, CertificateEntity entity) {
    return new HeldCertificate(
        entity,
        CertificateType.of(certificate.use()),
        certificate.systemTitle(),
        CertificateFields.of(certificate.x509()),
        certificate.encode(),
        certificate);
  }

  /** certificate_info (Blue Book 4.4.7, attribute 6). */
  CertificateInfo info() {
    return new CertificateInfo(
        entity,
        type,
        fields.serialNumber(),
        fields.issuer(),
        fields.subject(),
        fields.subjectAltName());
  }
}
