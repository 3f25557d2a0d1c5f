package io.dlms4j.cosem.classes;

/** image_transfer_status: how far an image has come (Blue Book 4.4.6). */
public enum ImageTransferStatus {
  /** No transfer has been initiated. */
  NOT_INITIATED(0),
  /** Blocks may come. */
  INITIATED(1),
  /** The image is being verified. */
  VERIFICATION_INITIATED(2),
  /** The image is sound. */
  VERIFICATION_SUCCESSFUL(3),
  /** The image is not sound. */
  VERIFICATION_FAILED(4),
  /** The image is being activated. */
  ACTIVATION_INITIATED(5),
  /** The image is active. */
  ACTIVATION_SUCCESSFUL(6),
  /** The image could not be activated. */
  ACTIVATION_FAILED(7);

  private final int code;

  ImageTransferStatus(int code) {
    this.code = code;
  }

  /**
   * The number on the wire.
   *
   * @return 0..7
   */
  public int code() {
    return code;
  }
}
