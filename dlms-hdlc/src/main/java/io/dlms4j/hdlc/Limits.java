package io.dlms4j.hdlc;

import java.time.Duration;

/** Checks that both configurations need. */
final class Limits {
  /** Far above any APDU, and small enough for any heap. */
  static final int MAX_PAYLOAD_LENGTH = 1 << 24;

  /** Longer time-outs would only hide a wrong unit. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private Limits() {}

  static void requireClient(int sap) {
    requireWithin(sap, 1, HdlcAddress.ALL_STATION - 1, "clientSap");
  }

  static void requireWithin(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " " + value + " is not within " + least + ".." + most);
    }
  }

  static void requirePositive(Duration value, String name) {
    if (value.isZero()) {
      throw new IllegalArgumentException(name + " is zero");
    }
    requireNotNegative(value, name);
  }

  static void requireNotNegative(Duration value, String name) {
    if (value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " " + value + " is not within 0.." + LONGEST);
    }
  }
}
