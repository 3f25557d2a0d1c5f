package io.dlms4j.wrapper;

import java.time.Duration;

/** Checks that both configurations need. */
final class Limits {
  /** Longer time-outs would only hide a wrong unit. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private Limits() {}

  static void requireStation(int wPort, String name) {
    requireWithin(wPort, 1, 0xFFFF, name);
  }

  static void requireWithin(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " " + value + " is not within " + least + ".." + most);
    }
  }

  static void requireNotNegative(Duration value, String name) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " " + value + " is not within 0.." + LONGEST);
    }
  }
}
