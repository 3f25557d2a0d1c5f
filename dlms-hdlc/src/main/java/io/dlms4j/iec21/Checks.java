package io.dlms4j.iec21;

import java.time.Duration;

/** Checks of what a caller gives. */
final class Checks {
  /** Longer time-outs would only hide a wrong unit. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private Checks() {}

  static void requireWithin(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " " + value + " is not within " + least + ".." + most);
    }
  }

  static void requireText(String text, String name) {
    int wrong = Ascii.firstNoText(text);
    if (wrong >= 0) {
      throw new IllegalArgumentException(name + " has " + Ascii.show(text.charAt(wrong)));
    }
  }

  static void requirePositive(Duration value, String name) {
    if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " " + value + " is not within 0.." + LONGEST);
    }
  }
}
