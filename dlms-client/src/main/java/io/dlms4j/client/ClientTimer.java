package io.dlms4j.client;

import java.time.Duration;

/** Runs tasks later. A test has one whose time is its own. */
@FunctionalInterface
interface ClientTimer {
  /**
   * Runs a task later, on a thread that must not be blocked.
   *
   * @return cancels it, if it has not run yet
   * @throws java.util.concurrent.RejectedExecutionException if nothing runs any more
   */
  Runnable after(Duration delay, Runnable task);
}
