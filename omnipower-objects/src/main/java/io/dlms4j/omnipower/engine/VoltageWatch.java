package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.LoadProfileRow;

/**
 * Long-term voltage deviations (technical description 4.9.2.1, table 23): the mean of each phase
 * over consecutive windows of ten minutes, kept within 207 V and 253 V. A window beyond them marks
 * the integration period in which it ends. Seconds without mains have no voltage to be averaged.
 */
final class VoltageWatch implements Concern {
  private static final int WINDOW = 600;
  private static final long HIGHEST_MEAN = 253_000;
  private static final long LOWEST_MEAN = 207_000;

  private final PowerSupply supply;
  private final PeriodQuality quality;
  private final int phases;
  private long sum1;
  private long sum2;
  private long sum3;
  private int samples;

  /** Watches L1 only if {@code phases} is 1. */
  VoltageWatch(PowerSupply supply, PeriodQuality quality, int phases) {
    this.supply = supply;
    this.quality = quality;
    this.phases = phases;
  }

  @Override
  public void step(long now, Measurement measurement) {
    if (supply.isOn()) {
      sum1 += measurement.l1().voltage();
      sum2 += measurement.l2().voltage();
      sum3 += measurement.l3().voltage();
      samples++;
    }
    if (now % WINDOW == 0) {
      endWindow();
    }
  }

  private void endWindow() {
    judge(sum1);
    if (phases > 1) {
      judge(sum2);
      judge(sum3);
    }
    sum1 = 0;
    sum2 = 0;
    sum3 = 0;
    samples = 0;
  }

  private void judge(long sum) {
    if (sum > HIGHEST_MEAN * samples) {
      quality.mark(LoadProfileRow.QUALITY_OVERVOLTAGE);
    }
    if (sum < LOWEST_MEAN * samples) {
      quality.mark(LoadProfileRow.QUALITY_UNDERVOLTAGE);
    }
  }
}
