package io.dlms4j.omnipower.engine.core;

import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/**
 * What was wrong in the running period (DLMS description 3.4.2): concerns mark it, and the loggers
 * take it over at the next full five minutes, into the period that each of them is in.
 */
public final class DataQuality {
  /** The clock was set by 7 seconds or more, but less than 15. */
  public static final int CLOCK_SET_7 = 1;

  /** The clock was set by 15 seconds or more, but less than 30. */
  public static final int CLOCK_SET_15 = 1 << 1;

  /** The clock was set by 30 to 60 seconds. */
  public static final int CLOCK_SET_30 = 1 << 2;

  /** The clock was set by more than 60 seconds. */
  public static final int CLOCK_SET_60 = 1 << 3;

  /** The clock was set forward. */
  public static final int CLOCK_FORWARD = 1 << 4;

  /** The clock was set backward. */
  public static final int CLOCK_BACKWARD = 1 << 5;

  /** A legal parameter is wrong. */
  public static final int LEGAL_PARAMETER_ERROR = 1 << 6;

  /** The mean voltage of a phase was too high. */
  public static final int OVERVOLTAGE = 1 << 7;

  /** The mean voltage of a phase was too low. */
  public static final int UNDERVOLTAGE = 1 << 8;

  /** Something is wrong with the neutral. */
  public static final int NEUTRAL_ERROR = 1 << 9;

  /** The meter was without mains. */
  public static final int POWER_OUTAGE = 1 << 10;

  private static final int BITS = 0;

  private final Cells cells;

  /**
   * Makes marks that go on where they were.
   *
   * @param memory where they are kept
   */
  public DataQuality(PermanentMemory memory) {
    cells = memory.cells("data quality", 1);
  }

  /**
   * Marks the running period.
   *
   * @param bits of those above
   */
  public void mark(int bits) {
    cells.set(BITS, cells.get(BITS) | bits);
  }

  /**
   * Takes the marks, which leaves none.
   *
   * @return bits of those above
   */
  public int take() {
    int bits = (int) cells.get(BITS);
    if (bits != 0) {
      cells.set(BITS, 0);
    }
    return bits;
  }
}
