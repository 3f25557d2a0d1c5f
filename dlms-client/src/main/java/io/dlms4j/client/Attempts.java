package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.association.ServiceRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One request, made again as its settings say, until its deadline. Each attempt is a request of its
 * own to the association, so that the late answer to one never meets another.
 *
 * <p>One step follows from the other; only the end may come on another thread, and is looked for
 * after each step.
 */
final class Attempts<T> {
  private final ClientConnection connection;
  private final RequestSettings settings;
  private final boolean reads;
  private final ServiceRequest service;
  private final Asking<T> asking;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<T> underWay;
  private volatile @Nullable Runnable cancelDelay;
  private int attempts;

  /** Makes a request. */
  @FunctionalInterface
  interface Asking<T> {
    /** Makes it: who cancels the stage gives the attempt up. */
    CompletableFuture<T> ask();

    /** What of a result makes another attempt worth while; null for nothing. */
    default @Nullable DlmsException failureIn(T value) {
      return null;
    }
  }

  private Attempts(
      ClientConnection connection,
      RequestSettings settings,
      boolean reads,
      ServiceRequest service,
      Asking<T> asking) {
    this.connection = connection;
    this.settings = settings;
    this.reads = reads;
    this.service = service;
    this.asking = asking;
  }

  /**
   * Makes a request.
   *
   * @param reads whether it changes nothing
   * @param service names it in a failure
   * @return its result; who cancels it gives the request up
   */
  static <T> CompletableFuture<T> make(
      ClientConnection connection,
      RequestSettings settings,
      boolean reads,
      ServiceRequest service,
      Asking<T> asking) {
    if (settings.deadline() == null && !settings.retry().isActive()) {
      return asking.ask();
    }
    return new Attempts<>(connection, settings, reads, service, asking).begin();
  }

  private CompletableFuture<T> begin() {
    Duration deadline = settings.deadline();
    Runnable cancelDeadline = deadline == null ? () -> {} : setDeadline(deadline);
    CompletionStage<T> given = result;
    given.whenComplete(
        (value, failure) -> {
          cancelDeadline.run();
          giveUp();
        });
    next();
    return result;
  }

  private Runnable setDeadline(Duration deadline) {
    try {
      return connection
          .timer()
          .after(
              deadline,
              () ->
                  result.completeExceptionally(
                      new RequestTimeoutException(
                          Items.describe(service)
                              + " was not over within its deadline of "
                              + deadline.toMillis()
                              + " ms")));
    } catch (RejectedExecutionException e) {
      // The loop is closed, and with it the connection: the attempt fails of itself.
      return () -> {};
    }
  }

  private void giveUp() {
    Runnable delay = cancelDelay;
    if (delay != null) {
      delay.run();
    }
    CompletableFuture<T> attempt = underWay;
    if (attempt != null) {
      attempt.cancel(false);
    }
  }

  private void next() {
    if (result.isDone()) {
      return;
    }
    attempts++;
    CompletableFuture<T> attempt = asking.ask();
    underWay = attempt;
    CompletionStage<T> given = attempt;
    given.whenComplete(this::ended);
    if (result.isDone()) {
      attempt.cancel(false);
    }
  }

  private void ended(@Nullable T value, @Nullable Throwable failure) {
    if (result.isDone()) {
      return;
    }
    Throwable cause = failure == null ? failureIn(value) : Blocking.root(failure);
    if (cause == null || !goesAgain(cause) || !again(cause)) {
      complete(value, failure == null ? null : cause);
    }
  }

  @SuppressWarnings("NullAway") // A stage without failure has a value of its type.
  private @Nullable DlmsException failureIn(@Nullable T value) {
    return asking.failureIn(value);
  }

  private boolean goesAgain(Throwable cause) {
    return attempts < settings.retry().attempts()
        && settings.retry().retries(reads, cause, connection.reconnects());
  }

  /** Makes it again after a delay, unless nothing runs any more. */
  private boolean again(Throwable cause) {
    Duration delay = settings.retry().backoff().delay(attempts, connection.jitter().next());
    try {
      cancelDelay = connection.timer().after(delay, this::next);
    } catch (RejectedExecutionException e) {
      return false;
    }
    if (result.isDone()) {
      giveUp();
    } else if (cause instanceof DlmsException failure) {
      connection.events().retried(service, attempts, delay, failure);
    }
    return true;
  }

  @SuppressWarnings("NullAway") // As above.
  private void complete(@Nullable T value, @Nullable Throwable failure) {
    if (failure == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(failure);
    }
  }
}
