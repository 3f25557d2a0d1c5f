package io.dlms4j.server.security;

import io.dlms4j.cosem.security.CosemCertificate;
import java.util.Arrays;
import java.util.Optional;

/** certificate_type and key_pair: what a key is for (Blue Book 4.4.7). */
enum CertificateType {
  DIGITAL_SIGNATURE(0),
  KEY_AGREEMENT(1),
  TLS(2),
  OTHER(3);

  private final int code;

  CertificateType(int code) {
    this.code = code;
  }

  static Optional<CertificateType> ofCode(int code) {
    return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
  }

  static CertificateType of(CosemCertificate.Use use) {
    return use == CosemCertificate.Use.DIGITAL_SIGNATURE ? DIGITAL_SIGNATURE : KEY_AGREEMENT;
  }

  /** The enumeration on the wire. */
  int code() {
    return code;
  }

  /** What this library can do with such a key, or nothing. */
  Optional<CosemCertificate.Use> use() {
    return switch (this) {
      case DIGITAL_SIGNATURE -> Optional.of(CosemCertificate.Use.DIGITAL_SIGNATURE);
      case KEY_AGREEMENT -> Optional.of(CosemCertificate.Use.KEY_AGREEMENT);
      case TLS, OTHER -> Optional.empty();
    };
  }
}
