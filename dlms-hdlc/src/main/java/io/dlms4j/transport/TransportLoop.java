package io.dlms4j.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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
  private final ChannelTypes types;
  private final boolean owned;
  private final LongSupplier clock;

  /** Lines in memory and their threads: no channel tells them that those end. Guards itself. */
  private final Map<MemoryLine, EventLoop> inMemory = new HashMap<>();

  private boolean watched;

  private TransportLoop(
      EventLoopGroup group, ChannelTypes types, boolean owned, LongSupplier clock) {
    this.group = group;
    this.types = types;
    this.owned = owned;
    this.clock = clock;
  }

  /**
   * A loop with threads of its own and the machine's clock. It uses Netty's native transports,
   * first io_uring and then epoll, if they are on the class path and the system has them, and NIO
   * otherwise.
   *
   * @param threads how many, at least 1
   * @return the loop, to be closed by the caller
   * @throws IllegalArgumentException if there are to be no threads
   */
  public static TransportLoop create(int threads) {
    return create(threads, machineClock());
  }

  /**
   * A loop with threads of its own, and the transport as above.
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
    ChannelTypes types = ChannelTypes.best();
    return new TransportLoop(
        new MultiThreadIoEventLoopGroup(threads, types.handlers()), types, true, clock);
  }

  /**
   * A loop on threads that belong to somebody else, with the machine's clock. Closing it leaves
   * them alone.
   *
   * @param group a group with handlers of NIO, epoll or io_uring
   * @return the loop
   */
  public static TransportLoop shared(EventLoopGroup group) {
    return shared(group, machineClock());
  }

  /**
   * A loop on threads that belong to somebody else. Closing it leaves them alone.
   *
   * @param group a group with handlers of NIO, epoll or io_uring
   * @param clock time in nanoseconds, never running backwards and at the pace of real time; called
   *     on every thread of the loop
   * @return the loop
   */
  public static TransportLoop shared(EventLoopGroup group, LongSupplier clock) {
    return new TransportLoop(group, ChannelTypes.of(group), false, clock);
  }

  /** Counts from now on, so that deadlines far ahead cannot run over the range of a long. */
  private static LongSupplier machineClock() {
    long start = System.nanoTime();
    return () -> System.nanoTime() - start;
  }

  /** The channels that run on the threads. */
  ChannelTypes types() {
    return types;
  }

  EventLoopGroup group() {
    return group;
  }

  /**
   * Whether the threads end or have ended: what is asked of them now may never be answered.
   *
   * @return true from the beginning of the end on
   */
  boolean isClosed() {
    return group.isShuttingDown();
  }

  LongSupplier clock() {
    return clock;
  }

  /** Has a line cut when its thread ends. */
  void whileOpen(EventLoop thread, MemoryLine line) {
    boolean first;
    synchronized (inMemory) {
      inMemory.put(line, thread);
      first = !watched;
      watched = true;
    }
    line.client().closed().whenComplete((done, failure) -> forget(line));
    if (first) {
      // For threads that somebody else ends. By then nobody else can run the lines.
      group
          .terminationFuture()
          .addListener(ended -> linesInMemory().keySet().forEach(MemoryLine::cutNow));
    }
  }

  private void forget(MemoryLine line) {
    synchronized (inMemory) {
      inMemory.remove(line);
    }
  }

  private Map<MemoryLine, EventLoop> linesInMemory() {
    synchronized (inMemory) {
      return new HashMap<>(inMemory);
    }
  }

  private void cutLinesInMemory() {
    linesInMemory()
        .forEach(
            (line, thread) -> {
              try {
                thread.execute(line::cutNow);
              } catch (RejectedExecutionException e) {
                // It has ended: the listener of that cuts the line.
              }
            });
  }

  /**
   * Runs a task later, on one of the threads.
   *
   * @param task what to do; must not block
   * @param delay how long from now, by the threads' own clock; at once if it is not positive
   * @return cancels it
   * @throws java.util.concurrent.RejectedExecutionException if the loop is closed
   */
  public Future<?> schedule(Runnable task, Duration delay) {
    return group.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
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
    cutLinesInMemory();
    var end = group.shutdownGracefully(0, LONGEST_SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    for (EventExecutor thread : group) {
      if (thread.inEventLoop()) {
        return;
      }
    }
    end.awaitUninterruptibly(LONGEST_SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
