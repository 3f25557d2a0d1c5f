package io.dlms4j.transport;

import io.dlms4j.link.LinkUser;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * In place of a line's thread: one task at a time, in order, each run by whichever thread comes
 * with it, or by the one that is just running another. Nobody waits for it. There is one timer, as
 * a line needs it, and somebody has to ask for it.
 */
final class CallersTurn extends AbstractExecutorService implements ScheduledExecutorService {
  private final LinkUser user;
  private final ReentrantLock turn = new ReentrantLock();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Timer> timer = new AtomicReference<>();

  CallersTurn(LinkUser user) {
    this.user = user;
  }

  /** The one thing that is to be done later. */
  private final class Timer extends FutureTask<@Nullable Void>
      implements ScheduledFuture<@Nullable Void> {
    private final long at;

    Timer(Runnable command, long at) {
      super(command, null);
      this.at = at;
    }

    long left() {
      return at - System.nanoTime();
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(left(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
      timer.compareAndSet(this, null);
      return super.cancel(mayInterrupt);
    }
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    // Who holds the turn looks again when it has given it up, so that no task is left behind.
    while (!tasks.isEmpty() && !turn.isHeldByCurrentThread() && turn.tryLock()) {
      try {
        user.enter();
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
          next.run();
        }
      } finally {
        user.leave();
        turn.unlock();
      }
    }
  }

  /** How long nothing has to be done, at most what is given; in nanoseconds, 0 or less for now. */
  long quiet(long most) {
    Timer waiting = timer.get();
    return waiting == null ? most : Math.min(most, waiting.left());
  }

  /** Does what is due. */
  void runTimer() {
    Timer due = timer.get();
    if (due != null && due.left() <= 0) {
      execute(
          () -> {
            if (timer.compareAndSet(due, null)) {
              due.run();
            }
          });
    }
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    Timer later = new Timer(command, System.nanoTime() + unit.toNanos(delay));
    timer.set(later);
    return later;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("a line has no use for it");
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("a line has no use for it");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("a line has no use for it");
  }

  /** There is no thread to end. */
  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
