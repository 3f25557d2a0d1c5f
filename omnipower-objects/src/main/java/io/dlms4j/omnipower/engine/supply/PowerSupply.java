package io.dlms4j.omnipower.engine.supply;

import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.measurement.Measurement;

/**
 * Whether the mains keep the meter alive. Below 160 V in all phases for more than one second the
 * meter stops, until some phase is back; its clock goes on from backup (technical description
 * 4.6.2.12 and 4.3.1). It is the first concern of a second: the others ask {@link
 * Second#isSupplied()}.
 */
public final class PowerSupply implements Concern {
  /** Below this in all phases, in mV, there is no mains. */
  private static final int LOWEST_VOLTAGE = 160_000;

  private boolean missing;

  /** Makes a supply that is there. */
  public PowerSupply() {}

  @Override
  public void step(Second second) {
    Measurement measurement = second.measurement();
    boolean missingBefore = missing;
    missing =
        measurement.l1().voltage() < LOWEST_VOLTAGE
            && measurement.l2().voltage() < LOWEST_VOLTAGE
            && measurement.l3().voltage() < LOWEST_VOLTAGE;
    second.setSupplied(!(missing && missingBefore));
  }
}
