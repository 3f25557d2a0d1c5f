package io.dlms4j.omnipower.engine.energy;

import io.dlms4j.omnipower.engine.core.EnergyTotals;

/**
 * An exact energy: whole Wh, and what is left over. The same for varh and VAh.
 *
 * @param wattHours whole Wh, rounded down
 * @param rest what is above that, in uWs, 0 up to {@link EnergyTotals#WATT_HOUR}
 */
record Energy(long wattHours, long rest) {
  static final Energy NONE = new Energy(0, 0);

  /** Whole Wh and any number of uWs. */
  static Energy of(long wattHours, long microWattSeconds) {
    return new Energy(
        wattHours + Math.floorDiv(microWattSeconds, EnergyTotals.WATT_HOUR),
        Math.floorMod(microWattSeconds, EnergyTotals.WATT_HOUR));
  }

  Energy plus(Energy other) {
    return of(wattHours + other.wattHours, rest + other.rest);
  }

  Energy minus(Energy other) {
    return of(wattHours - other.wattHours, rest - other.rest);
  }

  Energy times(int factor) {
    return of(wattHours * factor, rest * factor);
  }

  /** All of it in uWs, which go on at the smallest long after the greatest one. */
  long wrapped() {
    return wattHours * EnergyTotals.WATT_HOUR + rest;
  }
}
