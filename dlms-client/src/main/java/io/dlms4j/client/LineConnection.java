package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.transport.LineDriver;
import io.dlms4j.transport.TransportLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The line of a client and the session on it, from before there is a line until after it has gone.
 */
final class LineConnection extends ClientConnection {
  private final ClientSession session;
  private final CompletableFuture<NegotiatedContext> opened;
  private final @Nullable TransportLoop ownLoop;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private final Object lock = new Object();

  /** What waits for a line, and who is told if there is none. */
  private final Map<Consumer<ClientSession>, Consumer<DlmsException>> waiting =
      new LinkedHashMap<>();

  private @Nullable LineDriver line;
  private @Nullable DlmsException over;
  private boolean closing;

  /**
   * A connection whose line is still to be made.
   *
   * @param opened completed by the session
   * @param ownLoop closed with this; null if the loop is somebody else's
   */
  LineConnection(
      ClientSession session,
      CompletableFuture<NegotiatedContext> opened,
      ClientTimer timer,
      Jitter jitter,
      ClientEvents events,
      @Nullable TransportLoop ownLoop) {
    super(timer, jitter, events);
    this.session = session;
    this.opened = opened;
    this.ownLoop = ownLoop;
    session.onSilence(this::silent);
    // Without an association nothing can be asked: neither line nor thread are kept for it.
    opened()
        .whenComplete(
            (context, failure) -> {
              if (failure != null) {
                // On a fast line this may come before the line was handed over here.
                if (Blocking.root(failure) instanceof DlmsException cause) {
                  giveUp(cause);
                }
                closeAsync();
              }
            });
  }

  @Override
  CompletionStage<NegotiatedContext> opened() {
    return opened.copy();
  }

  /** Completes when the line is closed, or when there will be none; never fails. */
  CompletionStage<Void> closed() {
    return closed.copy();
  }

  /** Why there is no connection any more, or none yet. */
  @Nullable DlmsException over() {
    synchronized (lock) {
      return over;
    }
  }

  @Override
  boolean reconnects() {
    return false;
  }

  @Override
  boolean isOnLineThread() {
    return session.isOnLineThread();
  }

  @Override
  CompletionStage<Void> closeAsync() {
    LineDriver open;
    boolean first;
    synchronized (lock) {
      first = !closing;
      closing = true;
      open = line;
    }
    if (open == null) {
      giveUp(LinkException.closedBefore());
    } else if (first && !closed.isDone()) {
      release(open);
    }
    return closed.copy();
  }

  private void release(LineDriver open) {
    try {
      open.execute(() -> session.release(() -> close(open)));
    } catch (RejectedExecutionException e) {
      // The owner of the loop has closed it, which cuts its lines.
    }
  }

  /** The server answers no more: there is nobody to release the association with. */
  private void silent() {
    LineDriver open;
    synchronized (lock) {
      open = line;
    }
    if (open != null) {
      close(open);
    }
  }

  private static void close(LineDriver open) {
    try {
      open.close();
    } catch (RejectedExecutionException e) {
      // The owner of the loop has closed it, which cuts its lines.
    }
  }

  @Override
  public void close() {
    closeAsync();
    if (session.isOnLineThread()) {
      return;
    }
    if (ownLoop != null && !hasLine()) {
      // Cuts a connection short that is still being made. Nobody may be left then to tell how it
      // ended.
      closeLoop();
      if (!hasLine()) {
        closed.complete(null);
      }
    }
    closed.join();
    closeLoop();
  }

  @Override
  @Nullable LineDriver lineToDrive() {
    synchronized (lock) {
      return line;
    }
  }

  /** Whether the line has been made. */
  boolean hasLine() {
    synchronized (lock) {
      return line != null;
    }
  }

  @Override
  void submit(Consumer<ClientSession> task, Consumer<DlmsException> onFailure) {
    LineDriver open;
    DlmsException failure;
    synchronized (lock) {
      open = line;
      failure = over;
      if (open == null && failure == null) {
        waiting.put(task, onFailure);
        return;
      }
    }
    if (failure != null) {
      onFailure.accept(failure);
    } else if (open != null) {
      submit(open, task, onFailure);
    }
  }

  private void submit(
      LineDriver open, Consumer<ClientSession> task, Consumer<DlmsException> onFailure) {
    try {
      open.execute(
          () -> {
            try {
              task.accept(session);
            } catch (DlmsException e) {
              onFailure.accept(e);
            }
          });
    } catch (RejectedExecutionException e) {
      onFailure.accept(new LinkException("the connection has been closed", e));
    }
  }

  @Override
  boolean withdraw(Consumer<ClientSession> task) {
    synchronized (lock) {
      return waiting.remove(task) != null;
    }
  }

  /** The line is there: what has been asked for so far goes down it. On any thread. */
  void lineMade(LineDriver made) {
    boolean close;
    synchronized (lock) {
      line = made;
      waiting.forEach((task, onFailure) -> submit(made, task, onFailure));
      waiting.clear();
      close = closing;
    }
    try {
      made.execute(() -> made.closed().whenComplete((done, failure) -> lineClosed(failure)));
    } catch (RejectedExecutionException e) {
      lineClosed(e);
    }
    if (close) {
      close(made);
    }
  }

  /**
   * The line is gone: whatever the link's end has not ended yet ends here. On the line's thread, or
   * after its end.
   */
  private void lineClosed(@Nullable Throwable failure) {
    session.end(
        failure == null
            ? LinkException.of(LinkEvent.DownReason.LINE_LOST)
            : new LinkException(String.valueOf(failure.getMessage()), failure));
    synchronized (lock) {
      over = over == null ? session.over() : over;
    }
    closed.complete(null);
    closeLoop();
  }

  /** There will be no line. On any thread. */
  void lineFailed(DlmsException cause) {
    // First, for whoever hears of the failure may close this client at once, and wait for it.
    closed.complete(null);
    giveUp(cause);
    closeLoop();
  }

  private void giveUp(DlmsException cause) {
    List<Consumer<DlmsException>> failed;
    synchronized (lock) {
      if (line != null || over != null) {
        return;
      }
      over = cause;
      failed = List.copyOf(waiting.values());
      waiting.clear();
    }
    opened.completeExceptionally(cause);
    events().ended(cause);
    failed.forEach(each -> each.accept(cause));
  }

  private void closeLoop() {
    if (ownLoop != null) {
      ownLoop.close();
    }
  }
}
