package io.dlms4j.client;

import io.dlms4j.axdr.Octets;
import io.dlms4j.client.ImageUpload.Progress;
import io.dlms4j.client.ImageUpload.Result;
import io.dlms4j.client.ImageUpload.Step;
import io.dlms4j.cosem.DataAccessException;
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
  private final UploadSteps steps;

  /** Null as long as nobody has asked. */
  private @Nullable MissingBlocks missing;

  private List<ImageToActivate> images = List.of();
  private long blockSize;
  private long blocksSent;
  private int unanswered;
  private int leastLacking = Integer.MAX_VALUE;
  private int farthest = -1;
  private int roundsInVain;

  ImageUploadRun(ImageUpload upload, CompletableFuture<Result> result) {
    this.upload = upload;
    this.transfer = upload.transfer;
    this.result = result;
    this.steps = new UploadSteps(upload, result);
  }

  void begin() {
    Duration deadline = upload.deadline;
    if (deadline != null) {
      transfer
          .after(deadline)
          .thenRun(
              () ->
                  steps.fail(
                      new RequestTimeoutException(
                          "the image was not there within "
                              + deadline.toMillis()
                              + " ms; it had come to "
                              + steps.step())));
    }
    enter(Step.PREPARING);
    steps.then(
        transfer.enabled(),
        enabled -> {
          if (!enabled) {
            throw new ImageTransferException(
                "the server takes no image: its image_transfer_enabled is false", null);
          }
          steps.then(transfer.blockSize(), this::prepare);
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
      steps.then(transfer.status(), this::resume);
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
          steps.then(
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
      case VERIFICATION_SUCCESSFUL ->
          steps.then(transfer.imagesToActivate(), this::inspectOrInitiate);
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
    steps.patiently(
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
    steps.then(
        read(offset, length),
        block -> {
          if (block.length() != length) {
            throw UploadSteps.local(
                "its source gave " + block.length() + " octets for " + length, null);
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
              throw new CompletionException(
                  UploadSteps.local("it cannot be read: " + e.getMessage(), e));
            }
          },
          upload.executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(
          UploadSteps.local("nobody reads it: the executor is closed", e));
    }
  }

  private void send(MissingBlocks blocks, int number, Octets block) {
    blocksSent++;
    transfer
        .transferBlock(number, block)
        .whenComplete(
            (done, failure) ->
                steps.guarded(
                    () -> {
                      Throwable root = failure == null ? null : Blocking.root(failure);
                      if (root == null) {
                        unanswered = 0;
                        steps.ready();
                        blocks.remove(number);
                        tell();
                        sendFrom(blocks, number + 1);
                      } else if (root instanceof RequestTimeoutException
                          && ++unanswered < MOST_UNANSWERED) {
                        // Whether it is there, the server says in the end.
                        sendFrom(blocks, number + 1);
                      } else if (ImageTransfer.isTemporary(root)) {
                        steps.later(() -> send(blocks, number, block));
                      } else {
                        steps.fail(root);
                      }
                    }));
  }

  private void check() {
    enter(Step.CHECKING);
    steps.then(
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
                steps.guarded(
                    () -> {
                      Throwable root = failure == null ? null : Blocking.root(failure);
                      if (root instanceof DataAccessException) {
                        // It can tell them one by one only.
                        again(MissingBlocks.only(first));
                      } else if (root != null) {
                        steps.fail(root);
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
                steps.guarded(
                    () -> {
                      if (failure != null) {
                        explain(
                            Blocking.root(failure), ImageTransferStatus.VERIFICATION_FAILED, "bad");
                      } else if (done) {
                        inspect();
                      } else {
                        steps.later(this::pollVerification);
                      }
                    }));
  }

  private void pollVerification() {
    steps.then(
        transfer.status(),
        status -> {
          switch (status) {
            case VERIFICATION_SUCCESSFUL -> inspect();
            case VERIFICATION_INITIATED -> steps.later(this::pollVerification);
            // It was too busy even to begin.
            case INITIATED -> steps.later(this::verify);
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
    steps.then(
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
    steps.ready();
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
                steps.guarded(
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
    steps.then(
        transfer.status(),
        status -> {
          switch (status) {
            case ACTIVATION_SUCCESSFUL -> finish(true);
            case VERIFICATION_INITIATED, ACTIVATION_INITIATED -> steps.later(this::pollActivation);
            case INITIATED, VERIFICATION_SUCCESSFUL -> steps.later(this::activate);
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
      steps.fail(refusal);
      return;
    }
    steps.then(
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
          steps.fail(refusal);
        });
  }

  private void finish(boolean activated) {
    enter(Step.DONE);
    result.complete(new Result(images, blocksSent, activated));
  }

  private void enter(Step next) {
    steps.enter(next);
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
    upload.listener.accept(new Progress(steps.step(), blocks, all, octets, upload.size));
  }
}
