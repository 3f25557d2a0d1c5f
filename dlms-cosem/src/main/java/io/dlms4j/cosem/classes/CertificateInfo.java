package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;

/**
 * certificate_info: a certificate that a meter holds (Blue Book 4.4.7).
 *
 * @param entity whose it is
 * @param type what for
 * @param serialNumber its number
 * @param issuer who issued it, in DER
 * @param subject whom it is about, in DER
 * @param subjectAltName other names of the subject; may be empty
 */
public record CertificateInfo(
    CertificateEntity entity,
    CertificateType type,
    Octets serialNumber,
    Octets issuer,
    Octets subject,
    Octets subjectAltName) {
  /** Its type. */
  public static final ValueType<CertificateInfo> TYPE =
      ValueType.structure(
          "certificate_info",
          in ->
              new CertificateInfo(
                  in.next(CertificateEntity.TYPE),
                  in.next(CertificateType.TYPE),
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.OCTET_STRING)),
          field("certificate_entity", CertificateEntity.TYPE, CertificateInfo::entity),
          field("certificate_type", CertificateType.TYPE, CertificateInfo::type),
          field("serial_number", ValueType.OCTET_STRING, CertificateInfo::serialNumber),
          field("issuer", ValueType.OCTET_STRING, CertificateInfo::issuer),
          field("subject", ValueType.OCTET_STRING, CertificateInfo::subject),
          field("subject_alt_name", ValueType.OCTET_STRING, CertificateInfo::subjectAltName));
}
