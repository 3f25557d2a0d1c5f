package io.dlms4j.omnipower.engine.supply;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.configuration.MeasuringSystems;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.DataQuality;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/**
 * Long-term voltage deviations (technical description 4.9.2.1, table 23): the mean of each phase
 * over consecutive windows, kept within two limits. A window beyond them marks the integration
 * period in which it ends. Seconds without mains have no voltage to be averaged.
 *
 * <p>Windows end where normal time is a multiple of their length; one in which the clock is set is
 * shorter or longer, and its mean is over the seconds that it really had. A window that was running
 * when the meter lost its supply is forgotten with the process: it is no measurement of ten
 * minutes.
 */
public final class VoltageWatch implements Concern {
  private static final int MILLI = 1_000;

  /** The limits are those of a phase; from phase to phase there is the root of 3 times as much. */
  private static final int MILLI_BETWEEN_PHASES = 1_732;

  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int WINDOW = 2;
  private static final int IS_SET = 3;

  /** +1 % to +20 % of 230 V, in whole volts. */
  private static final int LOWEST_HIGH = 233;

  private static final int HIGHEST_HIGH = 276;

  /** -20 % to -1 % of 230 V, in whole volts. */
  private static final int LOWEST_LOW = 184;

  private static final int HIGHEST_LOW = 227;

  private static final int SHORTEST_WINDOW = 10;
  private static final int LONGEST_WINDOW = 1_800;

  private static final int DEFAULT_HIGH = 253;
  private static final int DEFAULT_LOW = 207;
  private static final int DEFAULT_WINDOW = 600;

  private final DataQuality quality;
  private final Cells cells;
  private final MeasuringSystems systems;
  private long sum1;
  private long sum2;
  private long sum3;
  private int samples;
  private long windowEnd = Long.MIN_VALUE;

  /**
   * Makes a watch.
   *
   * @param settings says which phases there are
   * @param memory where the limits are kept
   * @param quality is marked
   */
  public VoltageWatch(MeterSettings settings, PermanentMemory memory, DataQuality quality) {
    this.quality = quality;
    this.systems = settings.measuringSystems();
    this.cells = memory.cells("voltage limits", 4);
    if (cells.get(IS_SET) == 0) {
      cells.set(HIGH, DEFAULT_HIGH);
      cells.set(LOW, DEFAULT_LOW);
      cells.set(WINDOW, DEFAULT_WINDOW);
      cells.set(IS_SET, 1);
    }
  }

  @Override
  public void step(Second second) {
    if (second.isSupplied()) {
      Measurement measurement = second.measurement();
      sum1 += measurement.l1().voltage();
      sum2 += measurement.l2().voltage();
      sum3 += measurement.l3().voltage();
      samples++;
    }
    long now = second.now();
    if (now >= windowEnd) {
      if (Math.floorMod(now, cells.get(WINDOW)) == 0) {
        endWindow();
      }
      windowEnd = now - Math.floorMod(now, cells.get(WINDOW)) + cells.get(WINDOW);
    }
  }

  @Override
  public void clockChanged(long before, long after) {
    windowEnd = Long.MIN_VALUE;
  }

  @Override
  public void describe(Readings readings) {
    limit(readings, "VoltageLimitHighThreshold", HIGH, LOWEST_HIGH, HIGHEST_HIGH);
    limit(readings, "VoltageLimitLowThreshold", LOW, LOWEST_LOW, HIGHEST_LOW);
    limit(readings, "VoltageLimitTimeThreshold", WINDOW, SHORTEST_WINDOW, LONGEST_WINDOW);
  }

  private void limit(Readings readings, String name, int cell, int least, int most) {
    readings.setting(
        name,
        () -> cells.get(cell),
        value -> {
          if (value < least || value > most) {
            return DataAccessResult.OTHER_REASON;
          }
          cells.set(cell, value);
          // A new length of the windows holds from the next second on.
          windowEnd = Long.MIN_VALUE;
          return DataAccessResult.SUCCESS;
        });
  }

  private void endWindow() {
    if (samples > 0) {
      judge(sum1);
      if (systems != MeasuringSystems.ONE) {
        // An Aron meter has L2 as its reference, and no voltage of it.
        if (systems == MeasuringSystems.THREE) {
          judge(sum2);
        }
        judge(sum3);
      }
    }
    sum1 = 0;
    sum2 = 0;
    sum3 = 0;
    samples = 0;
  }

  private void judge(long sum) {
    int milli = systems == MeasuringSystems.ARON ? MILLI_BETWEEN_PHASES : MILLI;
    if (sum > cells.get(HIGH) * milli * samples) {
      quality.mark(DataQuality.OVERVOLTAGE);
    }
    if (sum < cells.get(LOW) * milli * samples) {
      quality.mark(DataQuality.UNDERVOLTAGE);
    }
  }
}
