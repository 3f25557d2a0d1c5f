package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits for stages in the caller's thread. */
final class Blocking {
  /**
   * The end of a connection is one exception for everybody who waits or comes later: it must not
   * grow with every one of them.
   */
  private static final int MOST_CALLERS_SHOWN = 16;

  private Blocking() {}

  /**
   * The result, or the stage's failure with the caller's own stack behind it. Who is interrupted
   * gives up what he waits for.
   */
  static <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    }
  }

  static DlmsException interrupted(InterruptedException cause) {
    return new DlmsException(
        DlmsException.Origin.LOCAL,
        DlmsException.Scope.REQUEST,
        "the thread was interrupted while it waited for the answer",
        cause);
  }

  /** What a stage failed with, without the wrappings of stages that depend on it. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root instanceof CompletionException && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  /**
   * An exception was made on the line's thread: what the caller sees is where the caller waited.
   */
  static DlmsException failure(Throwable cause) {
    Throwable root = root(cause);
    if (root instanceof DlmsException failure) {
      if (failure.getSuppressed().length < MOST_CALLERS_SHOWN) {
        failure.addSuppressed(new CallerStack());
      }
      return failure;
    }
    return new DlmsException(
        DlmsException.Origin.LOCAL,
        DlmsException.Scope.REQUEST,
        "the request failed: " + root,
        root);
  }

  /** Shows in a stack trace who was waiting. */
  private static final class CallerStack extends Exception {
    private static final long serialVersionUID = 1L;

    CallerStack() {
      super("waited for here");
    }
  }
}
