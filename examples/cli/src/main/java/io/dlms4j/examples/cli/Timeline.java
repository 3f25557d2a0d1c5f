package io.dlms4j.examples.cli;

import java.time.Instant;

/**
 * How a meter's time goes with that of the wall. What the meter's clock shows at some instant
 * follows from these three alone: however long it runs, nothing is added up, and it does not drift.
 *
 * @param origin an instant
 * @param meterSeconds what the meter showed then, in seconds of normal time
 * @param factor how many seconds of the meter go by in one of the wall
 */
record Timeline(Instant origin, long meterSeconds, int factor) {
  private static final int MILLIS = 1000;

  /** What a meter shows that has been left alone, in whole seconds of normal time. */
  long at(Instant instant) {
    // Longs hold 30 years of milliseconds a million times.
    long elapsed = instant.toEpochMilli() - origin.toEpochMilli();
    return meterSeconds + Math.floorDiv(elapsed * factor, MILLIS);
  }

  /** The same from an instant on, at another speed. */
  Timeline withFactor(Instant from, int other) {
    return factor == other ? this : new Timeline(from, at(from), other);
  }
}
