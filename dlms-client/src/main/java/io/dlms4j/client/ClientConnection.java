package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.transport.LineDriver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks: one line with its session, or one after the other. May be used on any thread.
 */
abstract class ClientConnection implements AutoCloseable {
  /** Threads that are just busy with the rows of a profile. */
  private final Set<Thread> consuming = ConcurrentHashMap.newKeySet();

  private final ClientTimer timer;
  private final Jitter jitter;
  private final ClientEvents events;

  /**
   * A connection.
   *
   * @param timer runs what is due later
   * @param jitter what of back-offs is left to chance
   * @param events takes what happens
   */
  ClientConnection(ClientTimer timer, Jitter jitter, ClientEvents events) {
    this.timer = timer;
    this.jitter = jitter;
    this.events = events;
  }

  /** A number from 0.0 to 1.0 that is another each time. */
  @FunctionalInterface
  interface Jitter {
    double next();
  }

  final ClientTimer timer() {
    return timer;
  }

  final Jitter jitter() {
    return jitter;
  }

  final ClientEvents events() {
    return events;
  }

  /** The association that is there, or the next one that will be. */
  abstract CompletionStage<NegotiatedContext> opened();

  /**
   * Ends the association and the connection. Closing again does nothing.
   *
   * @return completes when the line is closed
   */
  abstract CompletionStage<Void> closeAsync();

  /** Waits until the line is closed; on the line's thread, which would wait for itself, not. */
  @Override
  public abstract void close();

  /** Has something done with the session on the line's thread, as soon as there is one. */
  abstract void submit(Consumer<ClientSession> task, Consumer<DlmsException> onFailure);

  /**
   * Takes back what was submitted and still waits for a line.
   *
   * @return whether it did: then nothing is heard of it, not even that it failed
   */
  abstract boolean withdraw(Consumer<ClientSession> task);

  /** Whether this is a line's thread, on which nobody may wait for anything of the line. */
  abstract boolean isOnLineThread();

  /** The line that whoever waits may drive; null if there is none, or not the same one for long. */
  abstract @Nullable LineDriver lineToDrive();

  /** Whether there may be another line after one that was lost. */
  abstract boolean reconnects();

  /** Waits for the association. If there is none, this is closed. */
  final void awaitOpened() {
    CompletableFuture<NegotiatedContext> opened = opened().toCompletableFuture();
    if (!opened.isDone()) {
      requireMayWait();
    }
    try {
      Blocking.await(opened);
    } catch (DlmsException e) {
      close();
      throw e;
    }
  }

  /**
   * Makes a request. Who cancels its stage gives the request up.
   *
   * @param receiver takes what it brings, and completes the stage with that
   */
  final <T> CompletableFuture<T> ask(
      ServiceRequest service,
      RequestOptions options,
      Function<CompletableFuture<T>, ClientSession.Receiver> receiver) {
    CompletableFuture<T> result = new CompletableFuture<>();
    ClientSession.Receiver to = receiver.apply(result);
    Asked asked = new Asked(result, service, options, to);
    submit(asked, to::onFailure);
    whenCancelled(result, asked, asked::cancel);
    return result;
  }

  /** A request on its way to the session, and what became of it there. */
  private static final class Asked implements Consumer<ClientSession> {
    private final CompletableFuture<?> result;
    private final ServiceRequest service;
    private final RequestOptions options;
    private final ClientSession.Receiver to;

    /** After a line comes another, with a thread that may be another. */
    private volatile ClientSession.@Nullable Request request;

    Asked(
        CompletableFuture<?> result,
        ServiceRequest service,
        RequestOptions options,
        ClientSession.Receiver to) {
      this.result = result;
      this.service = service;
      this.options = options;
      this.to = to;
    }

    @Override
    public void accept(ClientSession session) {
      if (!result.isDone()) {
        ClientSession.Request made = session.request(service, options, to);
        request = made;
        to.onBegun(made);
      }
    }

    void cancel(ClientSession session) {
      ClientSession.Request made = request;
      if (made != null) {
        session.cancel(made);
      }
    }
  }

  /**
   * Has something done on the line's thread if the stage is cancelled.
   *
   * @param asking what was submitted for the stage, taken back if it has not been done yet
   * @param task what else is to be done
   */
  final <T> void whenCancelled(
      CompletableFuture<T> result, Consumer<ClientSession> asking, Consumer<ClientSession> task) {
    CompletionStage<T> given = result;
    given.whenComplete(
        (value, failure) -> {
          if (result.isCancelled() && !withdraw(asking)) {
            submit(task, cause -> {});
          }
        });
  }

  /** Completes when a time is over, or fails when the connection is, before that. */
  CompletionStage<Void> after(Duration delay) {
    CompletableFuture<Void> elapsed = new CompletableFuture<>();
    submit(
        session ->
            session.after(
                delay,
                cause -> {
                  if (cause == null) {
                    elapsed.complete(null);
                  } else {
                    elapsed.completeExceptionally(cause);
                  }
                }),
        elapsed::completeExceptionally);
    return elapsed;
  }

  /** Makes a request and waits for it, unless this thread would wait for ever. */
  final <T> T await(Supplier<? extends CompletionStage<T>> request) {
    requireMayWait();
    CompletableFuture<T> asked = request.get().toCompletableFuture();
    LineDriver open = lineToDrive();
    if (open != null) {
      open.await(asked);
    }
    return Blocking.await(asked);
  }

  /** Refuses threads that would wait for ever. */
  final void requireMayWait() {
    if (isOnLineThread()) {
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
  final void whileConsuming(Runnable task) {
    consuming.add(Thread.currentThread());
    try {
      task.run();
    } finally {
      consuming.remove(Thread.currentThread());
    }
  }
}
