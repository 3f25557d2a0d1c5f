package io.dlms4j.omnipower.engine.core;

/**
 * What has been accumulated, for those who want the difference of two moments: mean powers. They go
 * on at the smallest long after the greatest one, so that differences are always right.
 */
public interface EnergyTotals {
  /** uWs in a Wh. */
  long WATT_HOUR = 3_600_000_000L;

  /**
   * The sum of all phases, as the main register has it.
   *
   * @param kind which energy
   * @return uWs, uvars or uVAs
   */
  long total(EnergyKind kind);

  /**
   * One phase.
   *
   * @param kind which energy
   * @param phase 1..3
   * @return uWs, uvars or uVAs
   */
  long total(EnergyKind kind, int phase);
}
