package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.classes.ImageTransferStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server answers, and the image is not going to be there or active: it takes none, keeps losing
 * blocks, found the image bad, or could not activate it.
 */
public final class ImageTransferException extends DlmsException {
  private static final long serialVersionUID = 1L;

  private final @Nullable ImageTransferStatus status;

  ImageTransferException(String message, @Nullable ImageTransferStatus status) {
    super(Origin.REMOTE, Scope.REQUEST, message);
    this.status = status;
  }

  /**
   * What the server said of the transfer.
   *
   * @return image_transfer_status, if it was what ended the transfer
   */
  public Optional<ImageTransferStatus> status() {
    return Optional.ofNullable(status);
  }
}
