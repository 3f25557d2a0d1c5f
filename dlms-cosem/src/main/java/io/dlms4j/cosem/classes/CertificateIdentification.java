package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;

/**
 * certificate_identification: which certificate is exported or removed (Blue Book 4.4.7, methods 7
 * and 8).
 */
public sealed interface CertificateIdentification {
  /** Its type: an enum, and the options that go with it. */
  ValueType<CertificateIdentification> TYPE =
      ValueType.structure(
          "certificate_identification",
          CertificateIdentification::decode,
          field(
              "certificate_identification_type",
              ValueType.ENUM,
              CertificateIdentification::identificationType),
          field(
              "certification_identification_options",
              ValueType.ANY,
              CertificateIdentification::options));

  /**
   * certificate_identification_type.
   *
   * @return 0 by entity, 1 by serial number
   */
  int identificationType();

  /**
   * certification_identification_options.
   *
   * @return a structure of the type
   */
  CosemData options();

  private static CertificateIdentification decode(StructureFields in) {
    int type = in.next(ValueType.ENUM);
    return switch (type) {
      case ByEntity.CODE -> in.next("certification_identification_options", ByEntity.TYPE);
      case BySerial.CODE -> in.next("certification_identification_options", BySerial.TYPE);
      default ->
          throw Fields.malformed(
              "certificate_identification_type " + type + " is not defined", ValueType.CLAUSE);
    };
  }

  /**
   * By whose it is and what for.
   *
   * @param entity whose it is
   * @param type what for
   * @param systemTitle system title of that entity
   */
  record ByEntity(CertificateEntity entity, CertificateType type, Octets systemTitle)
      implements CertificateIdentification {
    private static final int CODE = 0;
    private static final ValueType<ByEntity> TYPE =
        ValueType.structure(
            "certificate_identification_by_entity",
            in ->
                new ByEntity(
                    in.next(CertificateEntity.TYPE),
                    in.next(CertificateType.TYPE),
                    in.next(ValueType.OCTET_STRING)),
            field("certificate_entity", CertificateEntity.TYPE, ByEntity::entity),
            field("certificate_type", CertificateType.TYPE, ByEntity::type),
            field("system_title", ValueType.OCTET_STRING, ByEntity::systemTitle));

    @Override
    public int identificationType() {
      return CODE;
    }

    @Override
    public CosemData options() {
      return TYPE.encode(this);
    }
  }

  /**
   * By its issuer's number for it.
   *
   * @param serialNumber the number
   * @param issuer who issued it, in DER
   */
  record BySerial(Octets serialNumber, Octets issuer) implements CertificateIdentification {
    private static final int CODE = 1;
    private static final ValueType<BySerial> TYPE =
        ValueType.structure(
            "certificate_identification_by_serial",
            in -> new BySerial(in.next(ValueType.OCTET_STRING), in.next(ValueType.OCTET_STRING)),
            field("serial_number", ValueType.OCTET_STRING, BySerial::serialNumber),
            field("issuer", ValueType.OCTET_STRING, BySerial::issuer));

    @Override
    public int identificationType() {
      return CODE;
    }

    @Override
    public CosemData options() {
      return TYPE.encode(this);
    }
  }
}
