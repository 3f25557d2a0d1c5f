package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.LoadProfileRow;

/**
 * Whether the mains keep the meter alive. Below 160 V in all phases for more than one second the
 * meter stops, until some phase is back; its clock goes on from backup (technical description
 * 4.6.2.12 and 4.3.1). An outage marks the period.
 */
final class PowerSupply implements Concern {
  /** Below this in all phases, in mV, there is no mains. */
  private static final int LOWEST_VOLTAGE = 160_000;

  private final PeriodQuality quality;
  private boolean missing;
  private boolean on = true;

  PowerSupply(PeriodQuality quality) {
    this.quality = quality;
  }

  @Override
  public void step(long now, Measurement measurement) {
    boolean missingBefore = missing;
    missing =
        measurement.l1().voltage() < LOWEST_VOLTAGE
            && measurement.l2().voltage() < LOWEST_VOLTAGE
            && measurement.l3().voltage() < LOWEST_VOLTAGE;
    on = !(missing && missingBefore);
    if (!on) {
      quality.mark(LoadProfileRow.QUALITY_POWER_OUTAGE);
    }
  }

  /** Whether the meter was alive in the second stepped last. */
  boolean isOn() {
    return on;
  }
}
