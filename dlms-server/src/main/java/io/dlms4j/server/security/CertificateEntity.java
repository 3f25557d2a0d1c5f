package io.dlms4j.server.security;

/** certificate_entity: whose a certificate is (Blue Book 4.4.7). */
enum CertificateEntity {
  SERVER(0),
  CLIENT(1),
  CERTIFICATION_AUTHORITY(2),
  OTHER(3);

  private final int code;

  CertificateEntity(int code) {
    this.code = code;
  }

  /** The enumeration on the wire. */
  int code() {
    return code;
  }
}
