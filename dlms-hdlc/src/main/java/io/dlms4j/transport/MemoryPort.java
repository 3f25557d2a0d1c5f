package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkUser;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in memory where a server listens and clients of the same process connect, each on a
 * {@link MemoryLine} of its own: no network, no port number, nobody from outside. All methods may
 * be called on any thread.
 *
 * <p>Both ends of a line run on one thread of its client's {@link TransportLoop}.
 */
public final class MemoryPort {
  private @Nullable Listener listener;

  /** A place where nobody listens yet. */
  public MemoryPort() {}

  /** Who listens, and the lines that came of it. Guarded by itself. */
  private static final class Listener {
    final BindOptions options;
    final Function<LineDriver, Attachment> attach;
    final Set<LineDriver> lines = new HashSet<>();
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    boolean closing;

    Listener(BindOptions options, Function<LineDriver, Attachment> attach) {
      this.options = options;
      this.attach = attach;
    }

    /** Takes a line in, unless there is no room for it. */
    boolean add(LineDriver line) {
      synchronized (this) {
        if (closing || lines.size() >= options.maxLines()) {
          return false;
        }
        lines.add(line);
        return true;
      }
    }

    void remove(LineDriver line) {
      boolean over;
      synchronized (this) {
        lines.remove(line);
        over = closing && lines.isEmpty();
      }
      if (over) {
        closed.complete(null);
      }
    }

    CompletionStage<Void> close() {
      Set<LineDriver> open;
      synchronized (this) {
        closing = true;
        open = Set.copyOf(lines);
      }
      if (open.isEmpty()) {
        closed.complete(null);
      }
      for (LineDriver line : open) {
        try {
          line.close();
        } catch (RejectedExecutionException e) {
          // The line's thread has ended, and the line with it.
          remove(line);
        }
      }
      return closed.minimalCompletionStage();
    }
  }

  /**
   * Begins to listen.
   *
   * @param options how many lines there may be, and recording; a line in memory is never idle
   *     without its client knowing, so that the idle time-out has no meaning here
   * @param attach makes link and user of a new line's end, on the thread that connects, which gets
   *     what it throws
   * @throws LineException if somebody listens here already
   */
  public void listen(BindOptions options, Function<LineDriver, Attachment> attach) {
    synchronized (this) {
      if (listener != null) {
        throw new LineException("cannot listen in memory: somebody listens here already", null);
      }
      listener = new Listener(options, attach);
    }
  }

  /**
   * Listens no more, and closes the lines there are in an orderly way. Somebody else may listen
   * here at once. Does nothing if nobody listens.
   *
   * @return completes when all lines are closed
   */
  public CompletionStage<Void> close() {
    Listener listening;
    synchronized (this) {
      listening = listener;
      listener = null;
    }
    return listening == null ? CompletableFuture.completedStage(null) : listening.close();
  }

  /**
   * Connects, and sets the link up. The line is closed again when all connections of the link are
   * down, and it is cut when the loop is closed.
   *
   * @param loop the thread and the clock of both ends
   * @param options recording
   * @param link a link that nothing else runs
   * @param user the layer above it, called on the line's thread
   * @return the line, before the link does anything; or fails with a {@link LineException} that
   *     says why there is none
   */
  public CompletionStage<LineDriver> connect(
      TransportLoop loop, ConnectOptions options, Link link, LinkUser user) {
    Listener listening;
    synchronized (this) {
      listening = listener;
    }
    if (listening == null) {
      return refused("nobody listens there");
    }
    if (loop.isClosed()) {
      return refused("the transport loop is closed");
    }
    EventLoop thread = loop.group().next();
    MemoryLine line =
        MemoryLine.between(
            thread,
            loop.clock(),
            options.recording(),
            listening.options.recording(),
            driver -> new Attachment(link, user),
            listening.attach);
    if (!listening.add(line.server())) {
      return refused("there is no room for another line");
    }
    CompletionStage<Void> ended = line.server().closed();
    ended.whenComplete((done, failure) -> listening.remove(line.server()));
    loop.whileOpen(thread, line);
    CompletableFuture<LineDriver> made = new CompletableFuture<>();
    try {
      thread.execute(
          () -> {
            made.complete(line.client());
            line.begin();
          });
    } catch (RejectedExecutionException e) {
      listening.remove(line.server());
      return refused("the transport loop is closed");
    }
    return made.minimalCompletionStage();
  }

  private static CompletionStage<LineDriver> refused(String reason) {
    return CompletableFuture.failedStage(
        new LineException("cannot connect in memory: " + reason, null));
  }
}
