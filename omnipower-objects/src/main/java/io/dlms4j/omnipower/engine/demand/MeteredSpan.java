package io.dlms4j.omnipower.engine.demand;

import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.function.LongSupplier;

/**
 * What some totals have gained since a period began, and in how many seconds of metering: those
 * without mains do not count, and a clock that is set changes nothing.
 *
 * <p>The beginning is kept as the time at which the period would have begun, had all its seconds
 * been metered by a clock that was never set. So a second that ends no period writes nothing.
 */
final class MeteredSpan {
  private static final int START = 0;
  private static final int BEGUN = 1;
  private static final int BASES = 2;

  private final Cells cells;
  private final LongSupplier[] totals;
  private long before;
  private boolean hasPassed;

  /** Goes on where the memory says, or from what the totals are now. */
  MeteredSpan(PermanentMemory memory, String name, LongSupplier... totals) {
    this.totals = totals;
    this.cells = memory.cells(name, BASES + totals.length);
    if (cells.get(BEGUN) == 0) {
      keepBases();
    }
  }

  private void keepBases() {
    for (int i = 0; i < totals.length; i++) {
      cells.set(BASES + i, totals[i].getAsLong());
    }
  }

  /** Begins the very first period of a new meter with its first second. */
  void beginIfNew(long now) {
    if (cells.get(BEGUN) == 0) {
      cells.set(START, now);
      cells.set(BEGUN, 1);
    }
  }

  void begin(long now) {
    cells.set(START, now);
    keepBases();
  }

  /**
   * A second has passed.
   *
   * @param now what the clock shows; a clock without backup may stand still
   * @param metered whether anything was metered in it
   */
  void pass(long now, boolean metered) {
    long shown = hasPassed ? now - before : 1;
    long leftOut = metered ? shown - 1 : shown;
    if (leftOut != 0) {
      cells.add(START, leftOut);
    }
    before = now;
    hasPassed = true;
  }

  /** The clock has been set, or has gone on without the meter. */
  void jump(long from, long to) {
    cells.add(START, to - from);
    before = to;
    hasPassed = true;
  }

  /** Seconds metered so far. */
  long seconds(long now) {
    return now - cells.get(START);
  }

  long gained(int total) {
    return totals[total].getAsLong() - cells.get(BASES + total);
  }
}
