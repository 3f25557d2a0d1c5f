package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.transport.LineDriver;
import io.dlms4j.transport.TransportLoop;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One line after the other, as a {@link ReconnectPolicy} says. What is submitted while there is no
 * association waits for the next one; what was under way when a line was lost has failed with it.
 */
final class ReconnectingConnection extends ClientConnection {
  private final Supplier<LineConnection> dialling;
  private final ReconnectPolicy policy;

  private final boolean ownsLoop;
  private final Runnable onClosed;

  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private final Object lock = new Object();
  private final Map<Consumer<ClientSession>, Consumer<DlmsException>> waiting =
      new LinkedHashMap<>();

  /** The line, from its making until it is closed. */
  private @Nullable LineConnection line;

  /** Whether the line has an association. */
  private boolean up;

  private CompletableFuture<NegotiatedContext> opened = new CompletableFuture<>();
  private @Nullable Runnable cancelDelay;
  private @Nullable DlmsException over;
  private boolean everUp;
  private int failures;

  /**
   * A connection of which no line has been made yet.
   *
   * @param dialling begins to make a line
   * @param ownLoop closed with this; null if the loop is somebody else's
   */
  ReconnectingConnection(
      Supplier<LineConnection> dialling,
      ReconnectPolicy policy,
      ClientTimer timer,
      Jitter jitter,
      ClientEvents events,
      @Nullable TransportLoop ownLoop) {
    super(timer, jitter, events);
    this.dialling = dialling;
    this.policy = policy;
    this.ownsLoop = ownLoop != null;
    this.onClosed = ownLoop == null ? () -> {} : ownLoop::close;
  }

  /** Begins to make a line. */
  void dial() {
    synchronized (lock) {
      cancelDelay = null;
      if (over != null) {
        return;
      }
    }
    LineConnection next = dialling.get();
    boolean late;
    synchronized (lock) {
      line = next;
      late = over != null;
    }
    if (late) {
      next.closeAsync();
    }
    next.opened()
        .whenComplete(
            (context, failure) -> {
              if (failure == null) {
                associated(next, context);
              }
            });
    next.closed().whenComplete((done, failure) -> lost(next));
  }

  private void associated(LineConnection made, NegotiatedContext context) {
    CompletableFuture<NegotiatedContext> done;
    synchronized (lock) {
      if (line != made || over != null) {
        return;
      }
      up = true;
      everUp = true;
      failures = 0;
      done = opened;
      // Under the lock, so that nothing that is submitted now overtakes what has waited.
      Map<Consumer<ClientSession>, Consumer<DlmsException>> ready = new LinkedHashMap<>(waiting);
      waiting.clear();
      ready.forEach((task, onFailure) -> hand(made, task, onFailure));
    }
    done.complete(context);
  }

  /** The line is closed, or could not be made. */
  private void lost(LineConnection gone) {
    DlmsException known = gone.over();
    DlmsException cause = known == null ? LinkException.closedBefore() : known;
    Duration delay = Duration.ZERO;
    int attempt;
    boolean again;
    synchronized (lock) {
      if (line != gone) {
        return;
      }
      line = null;
      if (up) {
        up = false;
        opened = new CompletableFuture<>();
      }
      attempt = ++failures;
      again =
          over == null
              && (everUp || policy.fromTheStart())
              && attempt <= policy.attempts()
              && ReconnectPolicy.mayPass(cause);
      if (again) {
        delay = policy.backoff().delay(attempt, jitter().next());
      }
    }
    if (again) {
      events().reconnecting(attempt, delay, cause);
      again = schedule(delay);
    }
    if (!again) {
      end(cause);
      finish();
    }
  }

  private boolean schedule(Duration delay) {
    synchronized (lock) {
      if (over != null) {
        return false;
      }
      try {
        cancelDelay = timer().after(delay, this::dial);
        return true;
      } catch (RejectedExecutionException e) {
        // The owner of the loop has closed it.
        return false;
      }
    }
  }

  /** Nothing is asked any more. */
  private void end(DlmsException cause) {
    List<Consumer<DlmsException>> failed;
    CompletableFuture<NegotiatedContext> failing;
    DlmsException reason;
    Runnable delayed;
    synchronized (lock) {
      if (over == null) {
        over = cause;
      }
      reason = over;
      failed = List.copyOf(waiting.values());
      waiting.clear();
      failing = opened;
      delayed = cancelDelay;
      cancelDelay = null;
    }
    if (delayed != null) {
      delayed.run();
    }
    failing.completeExceptionally(reason);
    failed.forEach(each -> each.accept(reason));
  }

  private void finish() {
    closed.complete(null);
    onClosed.run();
  }

  @Override
  CompletionStage<NegotiatedContext> opened() {
    synchronized (lock) {
      return opened.copy();
    }
  }

  @Override
  CompletionStage<Void> closeAsync() {
    end(LinkException.closed());
    LineConnection open;
    synchronized (lock) {
      open = line;
    }
    if (open == null) {
      finish();
    } else {
      // Its end comes by way of its being lost.
      open.closeAsync();
    }
    return closed.copy();
  }

  @Override
  public void close() {
    closeAsync();
    if (isOnLineThread()) {
      return;
    }
    LineConnection open;
    synchronized (lock) {
      open = line;
    }
    if (ownsLoop && open != null && !open.hasLine()) {
      // As on a single line: cuts a connection short that is still being made.
      onClosed.run();
      if (!open.hasLine()) {
        closed.complete(null);
      }
    }
    closed.join();
    onClosed.run();
  }

  @Override
  void submit(Consumer<ClientSession> task, Consumer<DlmsException> onFailure) {
    submit(null, task, onFailure);
  }

  /**
   * Hands a task to the line, or keeps it for the next.
   *
   * @param gone the line that did not take it any more; null if none has been asked
   */
  private void submit(
      @Nullable LineConnection gone,
      Consumer<ClientSession> task,
      Consumer<DlmsException> onFailure) {
    LineConnection open;
    DlmsException reason;
    synchronized (lock) {
      reason = over;
      open = up && line != gone ? line : null;
      if (reason == null && open == null) {
        waiting.put(task, onFailure);
      }
    }
    if (reason != null) {
      onFailure.accept(reason);
    } else if (open != null) {
      hand(open, task, onFailure);
    }
  }

  private void hand(
      LineConnection open, Consumer<ClientSession> task, Consumer<DlmsException> onFailure) {
    open.submit(
        session -> {
          if (session.over() != null) {
            submit(open, task, onFailure);
            return;
          }
          try {
            task.accept(session);
          } catch (DlmsException e) {
            onFailure.accept(e);
          }
        },
        cause -> submit(open, task, onFailure));
  }

  @Override
  boolean withdraw(Consumer<ClientSession> task) {
    synchronized (lock) {
      return waiting.remove(task) != null;
    }
  }

  @Override
  boolean isOnLineThread() {
    LineConnection open;
    synchronized (lock) {
      open = line;
    }
    return open != null && open.isOnLineThread();
  }

  @Override
  @Nullable LineDriver lineToDrive() {
    return null;
  }

  @Override
  boolean reconnects() {
    synchronized (lock) {
      return over == null;
    }
  }
}
