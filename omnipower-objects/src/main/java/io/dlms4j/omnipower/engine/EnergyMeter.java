package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.engine.Measurement.Phase;
import java.util.Map;

/** The four main energy registers (technical description 4.4.2 and 4.4.3). */
final class EnergyMeter implements Concern {
  /**
   * A phase below this apparent power, in uVA, registers nothing. The description (4.6.2.13) gives
   * about 2.3 W and speaks of the current: 10 mA at 230 V. Apparent power is that current at any
   * angle, so a purely reactive load starts as an active one does.
   */
  private static final long START_UP = 2_300_000;

  private final PowerSupply supply;
  private final CalculationMethod method;
  private final EnergyRegister activePositive;
  private final EnergyRegister activeNegative;
  private final EnergyRegister reactivePositive;
  private final EnergyRegister reactiveNegative;

  /** The registers begin with {@code initial}, in Wh or varh, or with 0. */
  EnergyMeter(PowerSupply supply, CalculationMethod method, Map<EnergyKind, Long> initial) {
    this.supply = supply;
    this.method = method;
    this.activePositive = new EnergyRegister(initial.getOrDefault(EnergyKind.A_PLUS, 0L));
    this.activeNegative = new EnergyRegister(initial.getOrDefault(EnergyKind.A_MINUS, 0L));
    this.reactivePositive = new EnergyRegister(initial.getOrDefault(EnergyKind.R_PLUS, 0L));
    this.reactiveNegative = new EnergyRegister(initial.getOrDefault(EnergyKind.R_MINUS, 0L));
  }

  @Override
  public void step(long now, Measurement measurement) {
    if (!supply.isOn()) {
      return;
    }
    long p1 = active(measurement.l1());
    long p2 = active(measurement.l2());
    long p3 = active(measurement.l3());
    activePositive.add(method.positive(p1, p2, p3));
    activeNegative.add(method.negative(p1, p2, p3));
    long q1 = reactive(measurement.l1());
    long q2 = reactive(measurement.l2());
    long q3 = reactive(measurement.l3());
    reactivePositive.add(method.positive(q1, q2, q3));
    reactiveNegative.add(method.negative(q1, q2, q3));
  }

  private static long active(Phase phase) {
    return PhasePower.apparent(phase) < START_UP ? 0 : PhasePower.active(phase);
  }

  private static long reactive(Phase phase) {
    return PhasePower.apparent(phase) < START_UP ? 0 : PhasePower.reactive(phase);
  }

  EnergyRegister register(EnergyKind kind) {
    return switch (kind) {
      case A_PLUS -> activePositive;
      case A_MINUS -> activeNegative;
      case R_PLUS -> reactivePositive;
      case R_MINUS -> reactiveNegative;
    };
  }
}
