package io.dlms4j.server.image;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.classes.ImageToActivate;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Finds out whether an image that has been transferred is what a meter of this kind can run: whose
 * it is, whether it is whole, whether it is newer.
 */
@FunctionalInterface
public interface ImageVerifier {
  /** What a verifier found. */
  sealed interface Verdict {}

  /**
   * The image is good.
   *
   * @param images what it holds: image_to_activate_info
   */
  record Good(List<ImageToActivate> images) implements Verdict {
    /** Keeps a copy of the list. */
    public Good {
      images = List.copyOf(images);
    }
  }

  /** The image is bad. */
  record Bad() implements Verdict {}

  /**
   * Verifies an image.
   *
   * @param image all of it
   * @return what it is. A stage that is complete is answered at once, any other one with
   *     temporary-failure, and the client is told by image_transfer_status. A stage that fails, and
   *     a verifier that throws, find the image bad. If the transfer is cancelled meanwhile, nobody
   *     hears of the result
   */
  CompletionStage<Verdict> verify(StoredImage image);

  /**
   * Finds any image good, and tells its SHA-256 for a signature: for tests and emulators. It reads
   * the whole image on the thread of {@link ImageTransferBuilder#executor}.
   *
   * @return the verifier
   */
  static ImageVerifier any() {
    return image -> {
      try {
        return CompletableFuture.completedStage(
            new Good(
                List.of(
                    new ImageToActivate(
                        image.header().size(), image.header().identification(), sha256(image)))));
      } catch (IOException e) {
        return CompletableFuture.failedStage(e);
      }
    };
  }

  /**
   * The hash of an image.
   *
   * @param image the image
   * @return the SHA-256 of all its octets
   * @throws IOException if it cannot be read
   */
  static Octets sha256(StoredImage image) throws IOException {
    try (InputStream stream = image.stream()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[8192];
      for (int n = stream.read(piece); n >= 0; n = stream.read(piece)) {
        digest.update(piece, 0, n);
      }
      return Octets.view(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
