package io.dlms4j.omnipower.engine.core;

import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/** The clock of the meter: a count of seconds of normal time, moved by the engine alone. */
public final class RealTimeClock implements MeterClock {
  private static final int TIME = 0;
  private static final int DAYLIGHT_SAVING_DISABLED = 1;

  private final Cells cells;

  /**
   * Makes a clock that shows what it did when power went.
   *
   * @param memory where it is kept
   */
  public RealTimeClock(PermanentMemory memory) {
    this.cells = memory.cells("clock", 2);
  }

  /**
   * Goes on by one second.
   *
   * @return what it shows then
   */
  public long tick() {
    return cells.add(TIME, 1);
  }

  /**
   * Sets it.
   *
   * @param normalTime seconds of normal time
   */
  public void set(long normalTime) {
    cells.set(TIME, normalTime);
  }

  /**
   * Switches daylight saving on or off.
   *
   * @param enabled whether it is displayed
   */
  public void setDaylightSavingEnabled(boolean enabled) {
    cells.set(DAYLIGHT_SAVING_DISABLED, enabled ? 0 : 1);
  }

  @Override
  public long normalTime() {
    return cells.get(TIME);
  }

  @Override
  public boolean daylightSavingEnabled() {
    return cells.get(DAYLIGHT_SAVING_DISABLED) == 0;
  }
}
