package io.dlms4j.transport;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A line that is there, with the link that runs on it. All methods may be called on any thread. */
public interface LineDriver {
  /**
   * Gives the link's user something to do: runs a task on the line's thread, and then whatever has
   * become due on the link. Tasks run in the order in which they were given, also when the line is
   * closed. A task that throws closes the line.
   *
   * @param task what to do; must not block
   * @throws java.util.concurrent.RejectedExecutionException if the {@link TransportLoop} is closed
   */
  void execute(Runnable task);

  /**
   * Does the line's work in the calling thread until a stage is complete, the line has ended, or
   * the thread is interrupted, on a line that has no thread for it ({@link SocketClient}); on any
   * other it returns at once. Not to be called on the line's thread.
   *
   * @param stage what the caller waits for, and what the line is going to complete
   */
  default void await(CompletableFuture<?> stage) {}

  /**
   * Takes the link down in an orderly way, and then the line: on HDLC after the answer to DISC or
   * the response time-out. Closing again does nothing.
   */
  void close();

  /**
   * The end of the line, from whichever side it comes.
   *
   * @return completes, on the line's thread, when the line is closed and the link's user knows;
   *     with a {@link LineException} if a failure of the user was the reason
   */
  CompletionStage<Void> closed();

  /**
   * The other end.
   *
   * @return its address
   */
  SocketAddress remoteAddress();
}
