package io.dlms4j.server.image;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes an image into use that has been verified. */
@FunctionalInterface
public interface ImageActivation {
  /** How it went. */
  enum Outcome {
    /**
     * The image is in use, or will be after a restart that is on its way: success, and
     * activation-successful.
     */
    ACTIVATED,
    /** It could not be done: temporary-failure, and activation-failed. */
    FAILED,
    /** It may not be done now: other-reason, and the status stays as it was. */
    REFUSED
  }

  /**
   * Activates an image.
   *
   * @param image all of it
   * @return how it went. A stage that is complete is answered at once, any other one with
   *     temporary-failure, and the client is told by image_transfer_status. A stage that fails, and
   *     an activation that throws, have failed
   */
  CompletionStage<Outcome> activate(StoredImage image);

  /**
   * Does nothing with success: for tests and emulators.
   *
   * @return the activation
   */
  static ImageActivation none() {
    return image -> CompletableFuture.completedStage(Outcome.ACTIVATED);
  }
}
