package io.dlms4j.benchmarks.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Keeps so many requests under way for some time: whenever one is answered the next is made, by the
 * thread that brought the answer.
 */
final class ClosedLoop {
  private final IntConsumer asking;
  private final long[] askedAt;
  private final Recorder latency = new Recorder(Figures.LONGEST, 3);
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * A loop that does nothing yet.
   *
   * @param slots how many requests are under way at once
   * @param asking makes the next request of a slot, whose answer calls {@link #answered}
   */
  ClosedLoop(int slots, IntConsumer asking) {
    this.askedAt = new long[slots];
    this.asking = asking;
  }

  private void ask(int slot) {
    askedAt[slot] = System.nanoTime();
    asking.accept(slot);
  }

  /** The request of a slot has its answer. */
  void answered(int slot) {
    latency.recordValue(Math.min(Figures.LONGEST, System.nanoTime() - askedAt[slot]));
    if (stopped.get()) {
      underWay.decrementAndGet();
    } else {
      ask(slot);
    }
  }

  /** Runs: first to warm up, then for the figures. */
  Figures run(String name, int warmUpSeconds, int seconds) throws InterruptedException {
    underWay.set(askedAt.length);
    for (int slot = 0; slot < askedAt.length; slot++) {
      ask(slot);
    }
    TimeUnit.SECONDS.sleep(warmUpSeconds);
    latency.getIntervalHistogram();
    long begin = System.nanoTime();
    TimeUnit.SECONDS.sleep(seconds);
    Histogram measured = latency.getIntervalHistogram();
    double took = (System.nanoTime() - begin) / 1e9;
    stopped.set(true);
    for (int i = 0; underWay.get() > 0; i++) {
      if (i > 1000) {
        throw new IllegalStateException(underWay.get() + " requests have no answer");
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return new Figures(name, measured.getTotalCount() / took, measured);
  }
}
