package io.dlms4j.omnipower.engine.core;

import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/**
 * How long a period of a logger is, and of the means that it captures. It is fixed at ordering, may
 * be changed in the field (attribute 4, capture_period), and is kept then.
 *
 * <p>Periods end where the clock's normal time is a multiple of them, so that every one of them
 * ends at full five minutes.
 */
public final class CapturePeriod {
  /** The shortest period, of which all others are multiples, in seconds. */
  public static final int SHORTEST = 300;

  private static final int ORDERED = 0;
  private static final int NOW = 1;

  private final Cells cells;

  /**
   * Makes a period that goes on as it was, unless the meter has been ordered otherwise meanwhile.
   *
   * @param memory where it is kept
   * @param name under which it is kept
   * @param ordered in seconds: 300, 900, 1800 or 3600
   */
  public CapturePeriod(PermanentMemory memory, String name, int ordered) {
    cells = memory.cells(name, 2);
    if (cells.get(ORDERED) != ordered) {
      cells.set(ORDERED, ordered);
      cells.set(NOW, ordered);
    }
  }

  /**
   * The period in force.
   *
   * @return seconds: 300, 900, 1800 or 3600
   */
  public int seconds() {
    return (int) cells.get(NOW);
  }

  /**
   * Changes it. The running period ends where one of the new length does.
   *
   * @param seconds 300, 900, 1800 or 3600
   */
  public void change(int seconds) {
    cells.set(NOW, seconds);
  }

  /**
   * Whether a period ends.
   *
   * @param now seconds of normal time
   * @return true at a multiple of the period
   */
  public boolean endsAt(long now) {
    return Math.floorMod(now, cells.get(NOW)) == 0;
  }

  /**
   * The next full five minutes, before which no period ends.
   *
   * @param now seconds of normal time
   * @return seconds of normal time, later than that
   */
  public static long nextFiveMinutes(long now) {
    return now - Math.floorMod(now, SHORTEST) + SHORTEST;
  }
}
