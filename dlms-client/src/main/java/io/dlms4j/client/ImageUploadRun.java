package io.dlms4j.client;

import io.dlms4j.axdr.Octets;
import io.dlms4j.client.ImageUpload.Progress;
import io.dlms4j.client.ImageUpload.Result;
import io.dlms4j.client.ImageUpload.Step;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.classes.ImageToActivate;
import io.dlms4j.cosem.classes.ImageTransferStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An upload under way. One step is taken at a time, when the one before has completed: on the
 * line's thread, or on that of the source. A step that comes after the end does nothing.
 */
final class ImageUploadRun {
  /** Blocks in a row whose answers may be lost: more of them, and nobody listens. */
  private static final int MOST_UNANSWERED = 3;

  /** How often a server may have been given all that it lacked, and lack just as much. */
  private static final int MOST_ROUNDS_IN_VAIN = 3;

  private final ImageUpload upload;
  private final ImageTransfer transfer;
  private final CompletableFuture<Result> result;

  /** Null as long as nobody has asked. */
  private @Nullable MissingBlocks missing;

  private List<ImageToActivate> images = List.of();
  private Step step = Step.PREPARING;
  private long blockSize;
  private long blocksSent;
  private int unanswered;
  private int leastLacking = Integer.MAX_VALUE;
  private int farthest = -1;
  private int roundsInVain;

  /** Of what the server puts off at present. */
  private Duration waited = Duration.ZERO;

  ImageUploadRun(ImageUpload upload, CompletableFuture<Result> result) {
    this.upload = upload;
    this.transfer = upload.transfer;
    this.result = result;
  }

  void begin() {
    Duration deadline = upload.deadline;
    if (deadline != null) {
      transfer
          .after(deadline)
          .thenRun(
              () ->
                  fail(
                      new RequestTimeoutException(
                          "the image was not there within "
                              + deadline.toMillis()
                              + " ms; it had come to "
                              + step)));
    }
    enter(Step.PREPARING);
    then(
        transfer.enabled(),
        enabled -> {
          if (!enabled) {
            throw new ImageTransferException(
                "the server takes no image: its image_transfer_enabled is false", null);
          }
          then(transfer.blockSize(), this::prepare);
        });
  }

  private void prepare(long size) {
    blockSize = Math.min(size, upload.size);
    if (blockSize > Integer.MAX_VALUE || allBlocks() > Integer.MAX_VALUE) {
      throw new ImageTransferException(
          "an image of "
              + upload.size
              + " octets in blocks of "
              + size
              + " is too large for this"
              + " client",
          null);
    }
    if (upload.resuming) {
      then(transfer.status(), this::resume);
    } else {
      initiate();
    }
  }

  private long allBlocks() {
    return blockSize == 0 ? 0 : (upload.size + blockSize - 1) / blockSize;
  }

  private void resume(ImageTransferStatus status) {
    switch (status) {
      case INITIATED ->
          then(
              transfer.transferredBlocks(),
              bits -> {
                if (MissingBlocks.isOf(bits, allBlocks())) {
                  transfer(MissingBlocks.of(bits, allBlocks()));
                } else {
                  initiate();
                }
              });
      case VERIFICATION_INITIATED -> {
        missing = MissingBlocks.none();
        enter(Step.VERIFYING);
        pollVerification();
      }
      // Of which image, is seen from what it found in it.
      case VERIFICATION_SUCCESSFUL -> then(transfer.imagesToActivate(), this::inspectOrInitiate);
      case ACTIVATION_INITIATED ->
          throw new ImageTransferException("the server is just activating an image", status);
      case NOT_INITIATED, VERIFICATION_FAILED, ACTIVATION_SUCCESSFUL, ACTIVATION_FAILED ->
          initiate();
    }
  }

  private void inspectOrInitiate(List<ImageToActivate> found) {
    if (upload.acceptance.test(found)) {
      missing = MissingBlocks.none();
      accepted(found);
    } else {
      initiate();
    }
  }

  private void initiate() {
    enter(Step.INITIATING);
    patiently(
        () -> transfer.initiate(upload.identification, upload.size),
        () -> transfer(MissingBlocks.all(allBlocks())));
  }

  private void transfer(MissingBlocks blocks) {
    missing = blocks;
    enter(Step.TRANSFERRING);
    sendFrom(blocks, 0);
  }

  private void sendFrom(MissingBlocks blocks, int from) {
    int number = blocks.next(from);
    if (number < 0) {
      check();
      return;
    }
    long offset = number * blockSize;
    int length = (int) Math.min(blockSize, upload.size - offset);
    then(
        read(offset, length),
        block -> {
          if (block.length() != length) {
            throw local("its source gave " + block.length() + " octets for " + length, null);
          }
          send(blocks, number, block);
        });
  }

  private CompletionStage<Octets> read(long offset, int length) {
    try {
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              return upload.image.read(offset, length);
            } catch (IOException e) {
              throw new CompletionException(local("it cannot be read: " + e.getMessage(), e));
            }
          },
          upload.executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(local("nobody reads it: the executor is closed", e));
    }
  }

  private void send(MissingBlocks blocks, int number, Octets block) {
    blocksSent++;
    transfer
        .transferBlock(number, block)
        .whenComplete(
            (done, failure) ->
                guarded(
                    () -> {
                      Throwable root = failure == null ? null : Blocking.root(failure);
                      if (root == null) {
                        unanswered = 0;
                        waited = Duration.ZERO;
                        blocks.remove(number);
                        tell();
                        sendFrom(blocks, number + 1);
                      } else if (root instanceof RequestTimeoutException
                          && ++unanswered < MOST_UNANSWERED) {
                        // Whether it is there, the server says in the end.
                        sendFrom(blocks, number + 1);
                      } else if (ImageTransfer.isTemporary(root)) {
                        later(() -> send(blocks, number, block));
                      } else {
                        fail(root);
                      }
                    }));
  }

  private void check() {
    enter(Step.CHECKING);
    then(
        transfer.firstNotTransferredBlock(),
        first -> {
          if (first >= allBlocks()) {
            missing = MissingBlocks.none();
            verify();
          } else {
            lacking((int) (long) first);
          }
        });
  }

  private void lacking(int first) {
    transfer
        .transferredBlocks()
        .whenComplete(
            (bits, failure) ->
                guarded(
                    () -> {
                      Throwable root = failure == null ? null : Blocking.root(failure);
                      if (root instanceof DataAccessException) {
                        // It can tell them one by one only.
                        again(MissingBlocks.only(first));
                      } else if (root != null) {
                        fail(root);
                      } else if (!MissingBlocks.isOf(bits, allBlocks())) {
                        throw new ImageTransferException(
                            "the server has blocks of another image: "
                                + bits.length()
                                + ", where this one has "
                                + allBlocks(),
                            null);
                      } else {
                        MissingBlocks told = MissingBlocks.of(bits, allBlocks());
                        again(told.count() == 0 ? MissingBlocks.only(first) : told);
                      }
                    }));
  }

  private void again(MissingBlocks blocks) {
    boolean nearer = blocks.count() < leastLacking || blocks.next(0) > farthest;
    roundsInVain = nearer ? 0 : roundsInVain + 1;
    leastLacking = Math.min(leastLacking, blocks.count());
    farthest = Math.max(farthest, blocks.next(0));
    if (roundsInVain >= MOST_ROUNDS_IN_VAIN) {
      throw new ImageTransferException(
          "the server still lacks "
              + blocks.count()
              + " blocks, the first being "
              + blocks.next(0)
              + ", however often they are sent",
          null);
    }
    transfer(blocks);
  }

  private void verify() {
    enter(Step.VERIFYING);
    transfer
        .verify()
        .whenComplete(
            (done, failure) ->
                guarded(
                    () -> {
                      if (failure != null) {
                        explain(
                            Blocking.root(failure), ImageTransferStatus.VERIFICATION_FAILED, "bad");
                      } else if (done) {
                        inspect();
                      } else {
                        later(this::pollVerification);
                      }
                    }));
  }

  private void pollVerification() {
    then(
        transfer.status(),
        status -> {
          switch (status) {
            case VERIFICATION_SUCCESSFUL -> inspect();
            case VERIFICATION_INITIATED -> later(this::pollVerification);
            // It was too busy even to begin.
            case INITIATED -> later(this::verify);
            case VERIFICATION_FAILED ->
                throw new ImageTransferException(
                    "the server has verified the image, and found it bad", status);
            default ->
                throw new ImageTransferException(
                    "the server verifies no more: its image_transfer_status is " + status, status);
          }
        });
  }

  private void inspect() {
    enter(Step.INSPECTING);
    then(
        transfer.imagesToActivate(),
        found -> {
          if (!upload.acceptance.test(found)) {
            throw new ImageTransferException(
                "the server has verified the image, and found another than was meant: " + found,
                null);
          }
          accepted(found);
        });
  }

  private void accepted(List<ImageToActivate> found) {
    images = found;
    waited = Duration.ZERO;
    if (upload.activating) {
      enter(Step.ACTIVATING);
      activate();
    } else {
      finish(false);
    }
  }

  private void activate() {
    transfer
        .activate()
        .whenComplete(
            (done, failure) ->
                guarded(
                    () -> {
                      if (failure != null) {
                        explain(
                            Blocking.root(failure),
                            ImageTransferStatus.ACTIVATION_FAILED,
                            "not activated");
                      } else if (done) {
                        finish(true);
                      } else {
                        pollActivation();
                      }
                    }));
  }

  private void pollActivation() {
    then(
        transfer.status(),
        status -> {
          switch (status) {
            case ACTIVATION_SUCCESSFUL -> finish(true);
            case VERIFICATION_INITIATED, ACTIVATION_INITIATED -> later(this::pollActivation);
            case INITIATED, VERIFICATION_SUCCESSFUL -> later(this::activate);
            case NOT_INITIATED ->
                throw new ImageTransferException(
                    "the server has forgotten the image while it activated it, as one that has"
                        + " restarted: which one it runs now, it says elsewhere",
                    status);
            default ->
                throw new ImageTransferException(
                    "the server could not activate the image: its image_transfer_status is "
                        + status,
                    status);
          }
        });
  }

  /** A refusal says little; the status may say that it is for good. */
  private void explain(Throwable refusal, ImageTransferStatus forGood, String what) {
    if (!(refusal instanceof ActionException)) {
      fail(refusal);
      return;
    }
    then(
        transfer.status(),
        status -> {
          if (status == forGood) {
            throw new ImageTransferException(
                "the server says that the image is "
                    + what
                    + ": its image_transfer_status is "
                    + status,
                status);
          }
          fail(refusal);
        });
  }

  private void finish(boolean activated) {
    enter(Step.DONE);
    result.complete(new Result(images, blocksSent, activated));
  }

  /** Does what the server may put off, until it does not. */
  private void patiently(Supplier<CompletionStage<@Nullable Void>> action, Runnable next) {
    action
        .get()
        .whenComplete(
            (done, failure) ->
                guarded(
                    () -> {
                      Throwable root = failure == null ? null : Blocking.root(failure);
                      if (root == null) {
                        waited = Duration.ZERO;
                        next.run();
                      } else if (ImageTransfer.isTemporary(root)) {
                        later(() -> patiently(action, next));
                      } else {
                        fail(root);
                      }
                    }));
  }

  private void later(Runnable next) {
    if (waited.compareTo(upload.patience) >= 0) {
      throw new RequestTimeoutException(
          "the server was not ready within " + waited.toMillis() + " ms, at " + step);
    }
    waited = waited.plus(upload.pollInterval);
    then(transfer.after(upload.pollInterval), elapsed -> next.run());
  }

  private <T extends @Nullable Object> void then(CompletionStage<T> stage, Consumer<T> next) {
    stage.whenComplete(
        (value, failure) ->
            guarded(
                () -> {
                  if (failure == null) {
                    next.accept(value);
                  } else {
                    fail(Blocking.root(failure));
                  }
                }));
  }

  /** Whatever a step throws ends the upload; after the end there are no steps. */
  private void guarded(Runnable next) {
    if (result.isDone()) {
      return;
    }
    try {
      next.run();
    } catch (DlmsException e) {
      fail(e);
    } catch (RuntimeException | Error e) {
      fail(local("its caller's own code failed: " + e, e));
    }
  }

  private void fail(Throwable cause) {
    result.completeExceptionally(
        cause instanceof DlmsException
            ? cause
            : local("its caller's own code failed: " + cause, cause));
  }

  private static DlmsException local(String what, @Nullable Throwable cause) {
    String message = "the image was not uploaded: " + what;
    return cause == null
        ? new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, message)
        : new DlmsException(
            DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, message, cause);
  }

  private void enter(Step next) {
    if (next != step) {
      waited = Duration.ZERO;
    }
    step = next;
    tell();
  }

  private void tell() {
    MissingBlocks lacking = missing;
    long all = allBlocks();
    long blocks = lacking == null ? 0 : all - lacking.count();
    long octets = blocks * blockSize;
    if (blocks > 0 && lacking != null && !lacking.has((int) (all - 1))) {
      // The last one is shorter.
      octets -= all * blockSize - upload.size;
    }
    upload.listener.accept(new Progress(step, blocks, all, octets, upload.size));
  }
}
