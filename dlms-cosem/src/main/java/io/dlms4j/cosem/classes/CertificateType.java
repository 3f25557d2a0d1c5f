package io.dlms4j.cosem.classes;

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
   * The number on the wire.
   *
   * @return 0..3
   */
  @Override
  public int code() {
    return code;
  }
}
