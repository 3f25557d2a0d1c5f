package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.MeterClock;

/** The clock of the meter: a count of seconds of normal time, moved by the engine's steps alone. */
final class RealTimeClock implements MeterClock {
  private long normalTime;
  private boolean daylightSavingEnabled;

  RealTimeClock(long normalTime, boolean daylightSavingEnabled) {
    this.normalTime = normalTime;
    this.daylightSavingEnabled = daylightSavingEnabled;
  }

  /** Goes on by one second, and says what time it is then. */
  long tick() {
    return ++normalTime;
  }

  void setDaylightSavingEnabled(boolean enabled) {
    daylightSavingEnabled = enabled;
  }

  @Override
  public long normalTime() {
    return normalTime;
  }

  @Override
  public boolean daylightSavingEnabled() {
    return daylightSavingEnabled;
  }
}
