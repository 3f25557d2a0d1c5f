package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.security.CosemCertificate;
import java.util.Arrays;
import java.util.Optional;

/** certificate_type: what a certificate is for (Blue Book 4.4.7). */
public enum CertificateType implements Coded {
  /** To sign. */
  DIGITAL_SIGNATURE(0),
  /** To agree on keys. */
  KEY_AGREEMENT(1),
  /** For TLS. */
  TLS(2),
  /** Something else. */
  OTHER(3);

  /** Its type. */
  static final ValueType<CertificateType> TYPE = ValueType.enumOf("certificate_type", values());

  private final int code;

  CertificateType(int code) {
    this.code = code;
  }

  /**
   * A type by its number.
   *
   * @param code the number
   * @return the type, or nothing if none has that number
   */
  public static Optional<CertificateType> ofCode(int code) {
    return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
  }

  /**
   * What a certificate of this library's is for.
   *
   * @param use the use of its key
   * @return the type
   */
  public static CertificateType of(CosemCertificate.Use use) {
    return use == CosemCertificate.Use.DIGITAL_SIGNATURE ? DIGITAL_SIGNATURE : KEY_AGREEMENT;
  }

  /**
   * What this library can do with such a key.
   *
   * @return the use of it, or nothing
   */
  public Optional<CosemCertificate.Use> use() {
    return switch (this) {
      case DIGITAL_SIGNATURE -> Optional.of(CosemCertificate.Use.DIGITAL_SIGNATURE);
      case KEY_AGREEMENT -> Optional.of(CosemCertificate.Use.KEY_AGREEMENT);
      case TLS, OTHER -> Optional.empty();
    };
  }

  /**
   * The number on the wire.
   *
   * @return 0..3
   */
  @Override
  public int code() {
    return code;
  }
}
