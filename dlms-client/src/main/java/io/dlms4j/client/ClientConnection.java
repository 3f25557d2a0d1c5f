package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.transport.LineDriver;
import io.dlms4j.transport.TransportLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The line of a client and the session on it, from before there is a line until after it has gone.
 * May be used on any thread.
 */
final class ClientConnection implements AutoCloseable {
  private final ClientSession session;
  private final CompletableFuture<NegotiatedContext> opened;
  private final @Nullable TransportLoop ownLoop;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** Threads that are just busy with the rows of a profile. */
  private final Set<Thread> consuming = ConcurrentHashMap.newKeySet();

  private final Object lock = new Object();
  private final List<Waiting> waiting = new ArrayList<>();
  private @Nullable LineDriver line;
  private @Nullable DlmsException over;
  private boolean closing;

  private record Waiting(Consumer<ClientSession> task, Consumer<DlmsException> onFailure) {}

  /**
   * A connection whose line is still to be made.
   *
   * @param opened completed by the session
   * @param ownLoop closed with this; null if the loop is somebody else's
   */
  ClientConnection(
      ClientSession session,
      CompletableFuture<NegotiatedContext> opened,
      @Nullable TransportLoop ownLoop) {
    this.session = session;
    this.opened = opened;
    this.ownLoop = ownLoop;
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

  CompletionStage<NegotiatedContext> opened() {
    return opened.copy();
  }

  /** Waits for the association. If there is none, this is closed. */
  void awaitOpened() {
    if (!opened.isDone()) {
      requireMayWait();
    }
    try {
      Blocking.await(opened.copy());
    } catch (DlmsException e) {
      close();
      throw e;
    }
  }

  /**
   * Ends the association and the connection. Closing again does nothing.
   *
   * @return completes when the line is closed
   */
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

  private static void close(LineDriver open) {
    try {
      open.close();
    } catch (RejectedExecutionException e) {
      // The owner of the loop has closed it, which cuts its lines.
    }
  }

  /** Waits until the line is closed; on the line's thread, which would wait for itself, not. */
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

  private boolean hasLine() {
    synchronized (lock) {
      return line != null;
    }
  }

  /**
   * Makes a request. Who cancels its stage gives the request up.
   *
   * @param receiver takes what it brings, and completes the stage with that
   */
  <T> CompletableFuture<T> ask(
      ServiceRequest service,
      RequestOptions options,
      Function<CompletableFuture<T>, ClientSession.Receiver> receiver) {
    CompletableFuture<T> result = new CompletableFuture<>();
    ClientSession.Receiver to = receiver.apply(result);
    // Used on the line's thread only.
    Deque<ClientSession.Request> asked = new ArrayDeque<>();
    submit(on -> asked.add(on.request(service, options, to)), to::onFailure);
    whenCancelled(result, on -> asked.forEach(on::cancel));
    return result;
  }

  /** Has something done on the line's thread if the stage is cancelled. */
  <T> void whenCancelled(CompletableFuture<T> result, Consumer<ClientSession> task) {
    CompletionStage<T> given = result;
    given.whenComplete(
        (value, failure) -> {
          if (result.isCancelled()) {
            submit(task, cause -> {});
          }
        });
  }

  /** Makes a request and waits for it, unless this thread would wait for ever. */
  <T> T await(Supplier<? extends CompletionStage<T>> request) {
    requireMayWait();
    CompletableFuture<T> asked = request.get().toCompletableFuture();
    LineDriver open;
    synchronized (lock) {
      open = line;
    }
    if (open != null) {
      open.await(asked);
    }
    return Blocking.await(asked);
  }

  private void requireMayWait() {
    if (session.isOnLineThread()) {
      throw cannotWait("the line's thread cannot wait for an answer, which comes on it");
    }
    if (consuming.contains(Thread.currentThread())) {
      throw cannotWait(
          "the consumer of a profile's rows cannot wait for another request, which waits for the"
              + " profile");
    }
  }

  private static DlmsException cannotWait(String why) {
    return new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, why);
  }

  /** Runs the consumer of rows, while the request that brought them is not over. */
  void whileConsuming(Runnable task) {
    consuming.add(Thread.currentThread());
    try {
      task.run();
    } finally {
      consuming.remove(Thread.currentThread());
    }
  }

  /** Has something done with the session on the line's thread, as soon as there is one. */
  void submit(Consumer<ClientSession> task, Consumer<DlmsException> onFailure) {
    LineDriver open;
    DlmsException failure;
    synchronized (lock) {
      open = line;
      failure = over;
      if (open == null && failure == null) {
        waiting.add(new Waiting(task, onFailure));
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

  /** The line is there: what has been asked for so far goes down it. On any thread. */
  void lineMade(LineDriver made) {
    boolean close;
    synchronized (lock) {
      line = made;
      waiting.forEach(each -> submit(made, each.task, each.onFailure));
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
    List<Waiting> failed;
    synchronized (lock) {
      if (line != null || over != null) {
        return;
      }
      over = cause;
      failed = List.copyOf(waiting);
      waiting.clear();
    }
    opened.completeExceptionally(cause);
    failed.forEach(each -> each.onFailure.accept(cause));
  }

  private void closeLoop() {
    if (ownLoop != null) {
      ownLoop.close();
    }
  }
}
