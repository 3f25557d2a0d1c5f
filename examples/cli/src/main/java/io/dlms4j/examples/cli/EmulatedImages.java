package io.dlms4j.examples.cli;

import io.dlms4j.cosem.ObisCode;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.server.image.FileImageStore;
import io.dlms4j.server.image.ImageActivation;
import io.dlms4j.server.image.ImageStore;
import io.dlms4j.server.image.ImageTransfer;
import io.dlms4j.server.image.ImageVerifier;
import io.dlms4j.server.image.InMemoryImageStore;
import io.dlms4j.server.image.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The firmware that an emulated meter is given: it finds any image good, and runs none. As the
 * vendor's meters do, it takes seconds for verifying, and restarts ten seconds after the activation
 * (vendor's DLMS description, 3.8.1).
 */
final class EmulatedImages {
  /** The longest block whose request is one APDU of the meter's 1007 octets. */
  private static final int BLOCK_SIZE = 983;

  private static final ObisCode IMAGE_TRANSFER =
      Catalogue.of(MeterVariant.THREE_PHASE).entry("Image transfer class").logicalName();

  private static final int LEAST_BLOCK_SIZE = 16;
  private static final long VERIFYING_MILLIS = 1500;
  private static final long RESTARTING_MILLIS = 10_000;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description =
          "Where a firmware image that is transferred to the meter is kept; by default in memory.")
  private @Nullable Path file;

  /**
   * Makes the transfer.
   *
   * @param open gets what is to be closed in the end
   */
  ImageTransfer create(List<AutoCloseable> open) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made = new Thread(task, "images");
              made.setDaemon(true);
              return made;
            });
    open.add(thread::shutdownNow);
    AtomicReference<ImageTransfer> restarted = new AtomicReference<>();
    try {
      ImageTransfer made =
          ImageTransfer.builder(IMAGE_TRANSFER, store(open))
              .blockSize(BLOCK_SIZE, LEAST_BLOCK_SIZE, BLOCK_SIZE)
              .survivingRestarts(file != null)
              .executor(thread)
              .verifier(image -> verify(image, thread))
              .activation(image -> activate(thread, restarted))
              .build();
      restarted.set(made);
      return made;
    } catch (IOException e) {
      throw new CommandException("the image cannot be kept: " + e.getMessage(), e);
    }
  }

  private ImageStore store(List<AutoCloseable> open) throws IOException {
    Path kept = file;
    if (kept == null) {
      return new InMemoryImageStore();
    }
    FileImageStore store = FileImageStore.open(kept);
    open.add(store);
    return store;
  }

  private static CompletionStage<ImageVerifier.Verdict> verify(
      StoredImage image, ExecutorService thread) {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture.delayedExecutor(VERIFYING_MILLIS, TimeUnit.MILLISECONDS, thread)
        .execute(() -> begun.complete(null));
    return begun.thenCompose(done -> ImageVerifier.any().verify(image));
  }

  private static CompletionStage<ImageActivation.Outcome> activate(
      ExecutorService thread, AtomicReference<ImageTransfer> restarted) {
    CompletableFuture.delayedExecutor(RESTARTING_MILLIS, TimeUnit.MILLISECONDS, thread)
        .execute(() -> restart(restarted.get()));
    return CompletableFuture.completedStage(ImageActivation.Outcome.ACTIVATED);
  }

  private static void restart(@Nullable ImageTransfer made) {
    if (made == null) {
      return;
    }
    try {
      made.restart();
    } catch (IOException e) {
      // The store does not answer: what it has stays unknown, and the status as it is.
    }
  }
}
