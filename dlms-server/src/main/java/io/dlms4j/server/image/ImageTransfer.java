package io.dlms4j.server.image;

import static io.dlms4j.cosem.classes.ImageTransferStatus.ACTIVATION_FAILED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.ACTIVATION_INITIATED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.ACTIVATION_SUCCESSFUL;
import static io.dlms4j.cosem.classes.ImageTransferStatus.INITIATED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.NOT_INITIATED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.VERIFICATION_FAILED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.VERIFICATION_INITIATED;
import static io.dlms4j.cosem.classes.ImageTransferStatus.VERIFICATION_SUCCESSFUL;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.ImageToActivate;
import io.dlms4j.cosem.classes.ImageTransferStatus;
import io.dlms4j.server.CosemObject;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The transfer of images into a server: the interface class "Image transfer", class_id 18, version
 * 0 (Blue Book 4.4.6). See the package for what is answered when. For all threads.
 */
public final class ImageTransfer {
  /** What image_transferred_blocks_status is to have at most: 128 KiB. */
  static final int MOST_BLOCKS = 1 << 20;

  private static final int MOST_IDENTIFICATION = 255;

  private final ImageStore store;
  private final ImageVerifier verifier;
  private final ImageActivation activation;
  private final Executor executor;
  private final int leastBlockSize;
  private final int mostBlockSize;
  private final long maxImageSize;
  private final boolean surviving;
  private final CosemObject object;

  /** Held while a method is carried out, which may take as long as the store does. */
  private final Object changing = new Object();

  /** Replaced as a whole while {@link #changing} is held; read by anybody. */
  private volatile State state;

  private volatile boolean enabled = true;

  /**
   * Where it stands.
   *
   * @param blocks shared by the states of one transfer; held while it is used
   * @param job what is being waited for: a verification or an activation that comes back to another
   *     one is not wanted any more
   */
  private record State(
      ImageTransferStatus status,
      long blockSize,
      @Nullable ImageHeader image,
      BitSet blocks,
      List<ImageToActivate> found,
      @Nullable Object job) {
    static State idle(long blockSize) {
      return new State(NOT_INITIATED, blockSize, null, new BitSet(), List.of(), null);
    }

    static State initiated(ImageHeader image, BitSet blocks) {
      return new State(INITIATED, image.blockSize(), image, blocks, List.of(), null);
    }

    State with(ImageTransferStatus next) {
      return new State(next, blockSize, image, blocks, found, null);
    }

    State with(List<ImageToActivate> images) {
      return new State(VERIFICATION_SUCCESSFUL, blockSize, image, blocks, images, null);
    }

    State waiting(ImageTransferStatus next, Object forJob) {
      return new State(next, blockSize, image, blocks, found, forJob);
    }

    /** All its blocks. */
    Optional<ImageHeader> whole() {
      synchronized (blocks) {
        return Optional.ofNullable(image).filter(of -> blocks.cardinality() == of.blocks());
      }
    }
  }

  ImageTransfer(ImageTransferBuilder builder) throws IOException {
    store = builder.store;
    verifier = builder.verifier;
    activation = builder.activation;
    executor = builder.executor;
    leastBlockSize = builder.leastBlockSize;
    mostBlockSize = builder.mostBlockSize;
    maxImageSize = builder.maxImageSize;
    surviving = builder.surviving;
    state = restored(builder.blockSize);
    object = ImageTransferObject.of(builder.logicalName, this);
  }

  /**
   * Begins an image transfer.
   *
   * @param logicalName the object's name, such as 0.0.44.0.0.255
   * @param store where the image is kept
   * @return a builder
   */
  public static ImageTransferBuilder builder(ObisCode logicalName, ImageStore store) {
    return new ImageTransferBuilder(logicalName, store);
  }

  /**
   * The object, for a logical device.
   *
   * @return class_id 18
   */
  public CosemObject object() {
    return object;
  }

  /**
   * Where the transfer stands.
   *
   * @return image_transfer_status
   */
  public ImageTransferStatus status() {
    return state.status();
  }

  /**
   * Sets image_transfer_enabled: whether methods are carried out at all.
   *
   * @param may true unless set
   */
  public void setEnabled(boolean may) {
    this.enabled = may;
  }

  /**
   * Does what a restart of the meter does: what was verified or activated is forgotten, and so is
   * the whole transfer unless it {@linkplain ImageTransferBuilder#survivingRestarts survives}. May
   * block.
   *
   * @throws IOException if the store cannot be read
   */
  public void restart() throws IOException {
    synchronized (changing) {
      state = restored(state.blockSize());
    }
  }

  private State restored(long blockSize) throws IOException {
    ImageStore.Contents kept =
        store.load().orElse(new ImageStore.Contents(blockSize, null, new BitSet()));
    ImageHeader image = kept.image();
    if (image != null && surviving) {
      return State.initiated(image, kept.blocks());
    }
    if (image != null) {
      store.clear(kept.blockSize());
    }
    return State.idle(kept.blockSize());
  }

  boolean enabled() {
    return enabled;
  }

  long blockSize() {
    return state.blockSize();
  }

  List<ImageToActivate> found() {
    return state.found();
  }

  /** Gives the blocks that are there, and how many there are to be, to a reader. */
  <T> T blocks(Function<BitSet, Function<Integer, T>> reader) {
    State now = state;
    ImageHeader image = now.image();
    synchronized (now.blocks()) {
      return reader.apply(now.blocks()).apply(image == null ? 0 : image.blocks());
    }
  }

  CompletionStage<DataAccessResult> writeBlockSize(long octets) {
    return later(
        () -> {
          if (state.status() == ACTIVATION_INITIATED) {
            return DataAccessResult.TEMPORARY_FAILURE;
          }
          if (octets < leastBlockSize || octets > mostBlockSize) {
            return DataAccessResult.OTHER_REASON;
          }
          try {
            store.clear(octets);
          } catch (IOException e) {
            return DataAccessResult.TEMPORARY_FAILURE;
          }
          state = State.idle(octets);
          return DataAccessResult.SUCCESS;
        });
  }

  CompletionStage<ActionResult> initiate(Octets identification, long size) {
    return method(
        () -> {
          State now = state;
          if (now.status() == ACTIVATION_INITIATED) {
            return ActionResult.TEMPORARY_FAILURE;
          }
          if (size < 1
              || size > maxImageSize
              || (size - 1) / now.blockSize() >= MOST_BLOCKS
              || identification.length() > MOST_IDENTIFICATION) {
            return ActionResult.OTHER_REASON;
          }
          ImageHeader image = new ImageHeader(identification.copy(), size, now.blockSize());
          try {
            store.begin(image);
          } catch (IOException e) {
            // The one before is lost by then, as it was to be.
            state = State.idle(now.blockSize());
            return ActionResult.TEMPORARY_FAILURE;
          }
          state = State.initiated(image, new BitSet());
          return ActionResult.SUCCESS;
        });
  }

  CompletionStage<ActionResult> transferBlock(long number, Octets block) {
    return method(
        () -> {
          State now = state;
          ImageHeader image = now.image();
          if (now.status() != INITIATED
              || image == null
              || number >= image.blocks()
              || block.length() != image.lengthOf(number)) {
            return ActionResult.OTHER_REASON;
          }
          boolean kept = true;
          try {
            store.write(image, (int) number, block);
          } catch (IOException e) {
            kept = false;
          }
          synchronized (now.blocks()) {
            now.blocks().set((int) number, kept);
          }
          return kept ? ActionResult.SUCCESS : ActionResult.TEMPORARY_FAILURE;
        });
  }

  CompletionStage<ActionResult> verify() {
    return method(
        () ->
            switch (state.status()) {
              case VERIFICATION_SUCCESSFUL -> ActionResult.SUCCESS;
              case VERIFICATION_INITIATED -> ActionResult.TEMPORARY_FAILURE;
              case INITIATED, VERIFICATION_FAILED -> verify(() -> ActionResult.SUCCESS);
              default -> ActionResult.OTHER_REASON;
            });
  }

  CompletionStage<ActionResult> activate() {
    return method(
        () ->
            switch (state.status()) {
              case VERIFICATION_SUCCESSFUL, ACTIVATION_FAILED -> activateNow();
              case VERIFICATION_INITIATED, ACTIVATION_INITIATED -> ActionResult.TEMPORARY_FAILURE;
              case INITIATED -> verify(this::activateNow);
              default -> ActionResult.OTHER_REASON;
            });
  }

  /**
   * Verifies, and goes on if the image is good. While {@link #changing} is held.
   *
   * @return what is said at once
   */
  private ActionResult verify(Change next) {
    Optional<ImageHeader> whole = state.whole();
    if (whole.isEmpty()) {
      return ActionResult.OTHER_REASON;
    }
    StoredImage image = new StoredImage(whole.get(), store);
    return await(
        VERIFICATION_INITIATED,
        () -> verifier.verify(image),
        (before, verdict) -> {
          if (verdict instanceof ImageVerifier.Good good) {
            state = before.with(good.images());
            return next.make();
          }
          state = before.with(VERIFICATION_FAILED);
          return ActionResult.OTHER_REASON;
        });
  }

  private ActionResult activateNow() {
    State verified = state;
    Optional<ImageHeader> whole = verified.whole();
    if (whole.isEmpty()) {
      return ActionResult.OTHER_REASON;
    }
    StoredImage image = new StoredImage(whole.get(), store);
    return await(
        ACTIVATION_INITIATED,
        () -> activation.activate(image),
        (before, outcome) -> {
          if (outcome == ImageActivation.Outcome.REFUSED) {
            state = before;
            return ActionResult.OTHER_REASON;
          }
          if (outcome != ImageActivation.Outcome.ACTIVATED) {
            state = before.with(ACTIVATION_FAILED);
            return ActionResult.TEMPORARY_FAILURE;
          }
          state = before.with(ACTIVATION_SUCCESSFUL);
          forget(before.blockSize());
          return ActionResult.SUCCESS;
        });
  }

  private void forget(long blockSize) {
    try {
      store.clear(blockSize);
    } catch (IOException e) {
      // It is in use all the same. After a restart it may be found, and be verified once more.
    }
  }

  @FunctionalInterface
  private interface Change {
    ActionResult make();
  }

  /** What becomes of the state before the job, with its result; null if it failed. */
  @FunctionalInterface
  private interface End<T> {
    ActionResult make(State before, @Nullable T result);
  }

  /** Has a job done. Its end comes at once, or later, and not at all if it is not wanted then. */
  private <T> ActionResult await(
      ImageTransferStatus meanwhile, Supplier<CompletionStage<T>> job, End<T> end) {
    State before = state;
    Object name = new Object();
    state = before.waiting(meanwhile, name);
    CompletableFuture<T> stage;
    try {
      stage = job.get().toCompletableFuture();
    } catch (RuntimeException e) {
      stage = CompletableFuture.failedFuture(e);
    }
    if (stage.isDone()) {
      return end.make(before, stage.exceptionally(failure -> null).getNow(null));
    }
    CompletionStage<T> later = stage;
    later.whenCompleteAsync(
        (result, failure) -> {
          synchronized (changing) {
            if (state.job() == name) {
              end.make(before, result);
            }
          }
        },
        executor);
    return ActionResult.TEMPORARY_FAILURE;
  }

  private CompletionStage<ActionResult> method(Change change) {
    return later(() -> enabled ? change.make() : ActionResult.OTHER_REASON);
  }

  private <T> CompletionStage<T> later(Supplier<T> change) {
    return CompletableFuture.supplyAsync(
        () -> {
          synchronized (changing) {
            return change.get();
          }
        },
        executor);
  }
}
