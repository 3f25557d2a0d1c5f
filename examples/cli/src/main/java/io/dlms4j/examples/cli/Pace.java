package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.measurement.MeasurementSource;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Lets the engines of meters keep up with a timeline. */
final class Pace implements AutoCloseable {
  private static final long TICK_MILLISECONDS = 200;

  /** How far a meter goes before the next has its turn, and the wall's clock is asked again. */
  private static final long MOST_SECONDS = 86_400;

  /** So many seconds of the wall behind, it is not a hiccup of the machine any more. */
  private static final long SLOW_SECONDS = 10;

  private static final long CLOSING_SECONDS = 10;

  private final Timeline timeline;
  private final InstantSource clock;
  private final List<Metered> meters = new ArrayList<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "meter");
            thread.setDaemon(true);
            return thread;
          });
  private boolean closed;
  private boolean told;

  Pace(Timeline timeline, InstantSource clock) {
    this.timeline = timeline;
    this.clock = clock;
  }

  /** A meter, and how far it has come, which is not what its clock shows: clients set that. */
  private static final class Metered {
    private final EngineBackend backend;
    private final MeasurementSource source;
    private long reached;

    private Metered(EngineBackend backend, MeasurementSource source) {
      this.backend = backend;
      this.source = source;
      this.reached = backend.worldTime();
    }

    /** How far it still has to go after a turn. */
    private long turn(long due) {
      long seconds = Math.min(due - reached, MOST_SECONDS);
      if (seconds > 0) {
        backend.run(source, seconds);
        reached += seconds;
      }
      return due - reached;
    }
  }

  /** Adds a meter: what has gone by since it was made, it meters first. */
  void add(EngineBackend backend, MeasurementSource source) {
    meters.add(new Metered(backend, source));
  }

  /** Meters every second that has gone by, of every meter. */
  void catchUp() {
    boolean behind = true;
    while (behind && !isClosed()) {
      behind = false;
      for (Metered meter : meters) {
        behind |= meter.turn(timeline.at(clock.instant())) > 0;
      }
    }
  }

  private void tick(PrintWriter err) {
    long due = timeline.at(clock.instant());
    long behind = meters.stream().mapToLong(each -> due - each.reached).max().orElse(0);
    if (behind > SLOW_SECONDS * timeline.factor() && !told) {
      told = true;
      err.println("dlms: this machine is too slow for the meter, which is " + behind + " s behind");
      err.flush();
    }
    catchUp();
  }

  /** Keeps up until it is closed, the thread is interrupted, or a meter fails. */
  void run(PrintWriter err) throws InterruptedException {
    ScheduledFuture<?> ticking =
        executor.scheduleWithFixedDelay(
            () -> tick(err), TICK_MILLISECONDS, TICK_MILLISECONDS, TimeUnit.MILLISECONDS);
    try {
      ticking.get();
    } catch (CancellationException e) {
      // Closed: nothing is left to be done.
    } catch (ExecutionException e) {
      throw new CommandException("the meter failed: " + e.getCause(), e);
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Stops, and waits until the second under way is done, so that what is kept is whole. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    executor.shutdown();
    try {
      executor.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
