package io.dlms4j.server;

import io.dlms4j.link.LinkAddress;
import java.util.concurrent.Executor;

/** What a session may do to its line. */
interface ServerLine extends Executor {
  /**
   * Runs a task on the line's thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException if that has ended
   */
  @Override
  void execute(Runnable task);

  /** Takes one connection of the link down; on the line's thread. */
  void disconnect(LinkAddress address, long now);

  /** Whether the link holds something back that was handed to it; on the line's thread. */
  boolean hasUnsent();

  /** Closes the line in an orderly way. */
  void close();
}
