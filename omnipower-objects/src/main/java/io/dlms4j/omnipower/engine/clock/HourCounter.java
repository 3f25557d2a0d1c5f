package io.dlms4j.omnipower.engine.clock;

import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/**
 * Counts the time with mains, in all and for each tariff (technical description 4.3.2). It is kept
 * to the second and has nothing to do with what the clock shows. The counters of tariffs have no
 * objects.
 */
public final class HourCounter implements Concern {
  private static final int TARIFFS = 8;
  private static final int SECONDS_PER_HOUR = 3_600;

  /** The sum first, then the tariffs. */
  private final Cells seconds;

  /**
   * Makes a counter that goes on.
   *
   * @param memory where it is kept
   */
  public HourCounter(PermanentMemory memory) {
    this.seconds = memory.cells("hour counter", 1 + TARIFFS);
  }

  @Override
  public void step(Second second) {
    if (second.isSupplied()) {
      seconds.add(0, 1);
      seconds.add(second.tariff(), 1);
    }
  }

  /**
   * Time with mains.
   *
   * @return whole hours
   */
  public long hours() {
    return seconds.get(0) / SECONDS_PER_HOUR;
  }

  /**
   * Time with mains while a tariff was active.
   *
   * @param tariff 1..8
   * @return seconds
   */
  public long seconds(int tariff) {
    return seconds.get(tariff);
  }

  @Override
  public void describe(Readings readings) {
    readings.number("HourCounter", this::hours);
  }
}
