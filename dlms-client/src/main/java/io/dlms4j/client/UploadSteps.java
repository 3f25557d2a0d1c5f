package io.dlms4j.client;

import io.dlms4j.client.ImageUpload.Result;
import io.dlms4j.client.ImageUpload.Step;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.RequestTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of an upload, one at a time: each when the one before has completed, and none
 * after the end.
 */
final class UploadSteps {
  private final ImageUpload upload;
  private final CompletableFuture<Result> result;
  private Step step = Step.PREPARING;

  /** Of what the server puts off at present. */
  private Duration waited = Duration.ZERO;

  UploadSteps(ImageUpload upload, CompletableFuture<Result> result) {
    this.upload = upload;
    this.result = result;
  }

  Step step() {
    return step;
  }

  void enter(Step next) {
    if (next != step) {
      ready();
    }
    step = next;
  }

  /** The server did what it was asked for: what it puts off next has all its time. */
  void ready() {
    waited = Duration.ZERO;
  }

  /** Does what the server may put off, until it does not. */
  void patiently(Supplier<CompletionStage<@Nullable Void>> action, Runnable next) {
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

  /** Does it when the server has been left in peace for a while. */
  void later(Runnable next) {
    if (waited.compareTo(upload.patience) >= 0) {
      throw new RequestTimeoutException(
          "the server was not ready within " + waited.toMillis() + " ms, at " + step);
    }
    waited = waited.plus(upload.pollInterval);
    then(upload.transfer.after(upload.pollInterval), elapsed -> next.run());
  }

  <T extends @Nullable Object> void then(CompletionStage<T> stage, Consumer<T> next) {
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
  void guarded(Runnable next) {
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

  void fail(Throwable cause) {
    result.completeExceptionally(
        cause instanceof DlmsException
            ? cause
            : local("its caller's own code failed: " + cause, cause));
  }

  static DlmsException local(String what, @Nullable Throwable cause) {
    String message = "the image was not uploaded: " + what;
    return cause == null
        ? new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, message)
        : new DlmsException(
            DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, message, cause);
  }
}
