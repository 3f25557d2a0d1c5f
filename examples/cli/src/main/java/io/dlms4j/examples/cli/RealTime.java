package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.MeasurementSource;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Lets a meter's engine keep up with the clock on the wall. */
final class RealTime implements AutoCloseable {
  private static final long TICK_MILLISECONDS = 200;

  private final EngineBackend backend;
  private final MeasurementSource source;
  private final InstantSource clock;
  private final ZoneId zone;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "meter");
            thread.setDaemon(true);
            return thread;
          });

  RealTime(EngineBackend backend, MeasurementSource source, InstantSource clock, ZoneId zone) {
    this.backend = backend;
    this.source = source;
    this.clock = clock;
    this.zone = zone;
  }

  /** Normal time, without daylight saving, at some instant and place. */
  static MeterTime normalTime(Instant instant, ZoneId zone) {
    return new MeterTime(
        LocalDateTime.ofEpochSecond(seconds(instant, zone), 0, ZoneOffset.UTC), false);
  }

  private static long seconds(Instant instant, ZoneId zone) {
    return instant.getEpochSecond() + zone.getRules().getStandardOffset(instant).getTotalSeconds();
  }

  /** Meters every second that has gone by since the engine's. */
  void catchUp() {
    long behind = seconds(clock.instant(), zone) - backend.clock().normalTime();
    if (behind > 0) {
      backend.run(source, behind);
    }
  }

  /** Keeps up until the thread is interrupted, or the meter fails. */
  void run() throws InterruptedException {
    ScheduledFuture<?> ticking =
        executor.scheduleAtFixedRate(
            this::catchUp, TICK_MILLISECONDS, TICK_MILLISECONDS, TimeUnit.MILLISECONDS);
    try {
      ticking.get();
    } catch (ExecutionException e) {
      throw new CommandException("the meter failed: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
