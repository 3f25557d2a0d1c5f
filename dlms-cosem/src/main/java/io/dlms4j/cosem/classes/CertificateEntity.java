package io.dlms4j.cosem.classes;

/** certificate_entity: whose a certificate is (Blue Book 4.4.7). */
public enum CertificateEntity implements Coded {
  /** The server. */
  SERVER(0),
  /** A client. */
  CLIENT(1),
  /** A certification authority. */
  CERTIFICATION_AUTHORITY(2),
  /** Somebody else, such as a third party. */
  OTHER(3);

  /** Its type. */
  static final ValueType<CertificateEntity> TYPE = ValueType.enumOf("certificate_entity", values());

  private final int code;

  CertificateEntity(int code) {
    this.code = code;
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
