package io.dlms4j.omnipower.engine;

/**
 * An energy in whole Wh (or varh) and what is left over in uWs (or uvars). Nothing is lost between
 * the two, and neither runs backwards.
 */
final class EnergyRegister {
  /** uWs in a Wh. */
  static final long UNIT = 3_600_000_000L;

  private long whole;
  private long rest;

  EnergyRegister(long initial) {
    this.whole = initial;
  }

  /** Adds 0 or more uWs. */
  void add(long microWattSeconds) {
    rest += microWattSeconds;
    if (rest >= UNIT) {
      whole += rest / UNIT;
      rest %= UNIT;
    }
  }

  /** All that was added, in whole Wh. */
  long whole() {
    return whole;
  }

  /** What has not become a whole Wh yet, in uWs. */
  long rest() {
    return rest;
  }

  /** What the register shows: Unsigned32, which goes on at 0. */
  long unsigned32() {
    return whole & 0xFFFF_FFFFL;
  }
}
