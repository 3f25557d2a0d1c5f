package io.dlms4j.client;

import java.time.Duration;

/**
 * How long to wait before something is tried again: twice as long after each failure, up to a
 * longest delay. A part of each delay is left to chance, lest clients that failed together come
 * back together.
 *
 * @param first the delay after the first failure, zero or more
 * @param longest the longest delay, not less than the first, a day at most
 * @param jitterPercent by how many hundredths chance may shorten a delay, 0..100
 */
public record Backoff(Duration first, Duration longest, int jitterPercent) {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 40;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is not kept to
   */
  public Backoff {
    if (first.isNegative() || longest.compareTo(first) < 0 || longest.compareTo(DAY) > 0) {
      throw new IllegalArgumentException(
          "delays of " + first + " to " + longest + " are not in order within 0 s and 1 day");
    }
    if (jitterPercent < 0 || jitterPercent > 100) {
      throw new IllegalArgumentException("a jitter of " + jitterPercent + " %");
    }
  }

  /**
   * The same delay always, and nothing left to chance.
   *
   * @param delay zero to a day
   * @return the back-off
   * @throws IllegalArgumentException if it is out of range
   */
  public static Backoff constant(Duration delay) {
    return new Backoff(delay, delay, 0);
  }

  /**
   * Twice as long each time, with a fifth of it left to chance.
   *
   * @param first the delay after the first failure, zero or more
   * @param longest the longest delay, not less than the first, a day at most
   * @return the back-off
   * @throws IllegalArgumentException if a delay is out of range
   */
  public static Backoff exponential(Duration first, Duration longest) {
    return new Backoff(first, longest, 20);
  }

  /**
   * The delay after a failure.
   *
   * @param failures how many there have been in a row, from 1 on
   * @param chance from 0.0 to 1.0: 0 for the whole delay
   * @return how long to wait
   * @throws IllegalArgumentException if an argument is out of range
   */
  public Duration delay(int failures, double chance) {
    if (failures < 1 || !(chance >= 0.0 && chance <= 1.0)) {
      throw new IllegalArgumentException("failure " + failures + " with chance " + chance);
    }
    long whole = longest.toNanos();
    int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
    if (first.toNanos() <= whole >> doublings) {
      whole = first.toNanos() << doublings;
    }
    return Duration.ofNanos(whole - (long) (whole * (jitterPercent / 100.0) * chance));
  }
}
