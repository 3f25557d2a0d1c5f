package io.dlms4j.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The threads that lines run on, and the clock that their links see.
 *
 * <p>One loop serves any number of lines, clients and servers alike; a line stays on one of its
 * threads. Closing a loop that owns its threads cuts the lines that are still there.
 */
public final class TransportLoop implements AutoCloseable {
  private static final long LONGEST_SHUTDOWN_SECONDS = 5;

  private final EventLoopGroup group;
  private final boolean owned;
  private final LongSupplier clock;

  private TransportLoop(EventLoopGroup group, boolean owned, LongSupplier clock) {
    this.group = group;
    this.owned = owned;
    this.clock = clock;
  }

  /**
   * A loop with threads of its own and the machine's clock.
   *
   * @param threads how many, at least 1
   * @return the loop, to be closed by the caller
   * @throws IllegalArgumentException if there are to be no threads
   */
  public static TransportLoop create(int threads) {
    return create(threads, machineClock());
  }

  /**
   * A loop with threads of its own.
   *
   * @param threads how many, at least 1
   * @param clock time in nanoseconds, never running backwards and at the pace of real time; called
   *     on every thread of the loop
   * @return the loop, to be closed by the caller
   * @throws IllegalArgumentException if there are to be no threads
   */
  public static TransportLoop create(int threads, LongSupplier clock) {
    if (threads < 1) {
      throw new IllegalArgumentException("a loop needs a thread, not " + threads);
    }
    return new TransportLoop(
        new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory()), true, clock);
  }

  /**
   * A loop on threads that belong to somebody else, with the machine's clock. Closing it leaves
   * them alone.
   *
   * @param group a group with NIO handlers
   * @return the loop
   */
  public static TransportLoop shared(EventLoopGroup group) {
    return shared(group, machineClock());
  }

  /**
   * A loop on threads that belong to somebody else. Closing it leaves them alone.
   *
   * @param group a group with NIO handlers
   * @param clock time in nanoseconds, never running backwards and at the pace of real time; called
   *     on every thread of the loop
   * @return the loop
   */
  public static TransportLoop shared(EventLoopGroup group, LongSupplier clock) {
    return new TransportLoop(group, false, clock);
  }

  /** Counts from now on, so that deadlines far ahead cannot run over the range of a long. */
  private static LongSupplier machineClock() {
    long start = System.nanoTime();
    return () -> System.nanoTime() - start;
  }

  EventLoopGroup group() {
    return group;
  }

  LongSupplier clock() {
    return clock;
  }

  /**
   * Ends the threads, if they are the loop's own, and waits for them a few seconds at most; called
   * on one of them it does not wait.
   */
  @Override
  public void close() {
    if (!owned) {
      return;
    }
    var end = group.shutdownGracefully(0, LONGEST_SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    for (EventExecutor thread : group) {
      if (thread.inEventLoop()) {
        return;
      }
    }
    end.awaitUninterruptibly(LONGEST_SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
