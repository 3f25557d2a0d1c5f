package io.dlms4j.cosem.classes;

import java.util.Optional;

/** Where an image transfer stands (Blue Book 4.4.6, image_transfer_status). */
public enum ImageTransferStatus {
  /** Nothing has been initiated, or it was cancelled. */
  NOT_INITIATED(0),
  /** Blocks are taken. */
  INITIATED(1),
  /** The image is being verified. */
  VERIFICATION_INITIATED(2),
  /** The image is what it says it is, and can be activated. */
  VERIFICATION_SUCCESSFUL(3),
  /** The image is not what it says it is. */
  VERIFICATION_FAILED(4),
  /** The image is being activated. */
  ACTIVATION_INITIATED(5),
  /** The image has been activated. */
  ACTIVATION_SUCCESSFUL(6),
  /** The image has not been activated. */
  ACTIVATION_FAILED(7);

  private final int code;

  ImageTransferStatus(int code) {
    this.code = code;
  }

  /**
   * The code on the wire.
   *
   * @return 0..7
   */
  public int code() {
    return code;
  }

  /**
   * Finds a status by its code.
   *
   * @param code any number
   * @return the status, or nothing
   */
  public static Optional<ImageTransferStatus> ofCode(long code) {
    return code >= 0 && code < values().length
        ? Optional.of(values()[(int) code])
        : Optional.empty();
  }
}
