package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.measurement.PhaseSequence;

/**
 * What the two measuring systems of an Aron meter see of a network: L1 and L3 against L2. That is
 * all that the network has if no current goes through the neutral.
 */
final class Aron {
  private static final double THIRD = 120;
  private static final double THOUSANDTHS = 1000;
  private static final double HUNDREDTHS = 100;

  private Aron() {}

  static Measurement of(Measurement network) {
    Phase l2 = network.l2();
    return new Measurement(
        against(network.l1(), THIRD, l2),
        Phase.NONE,
        against(network.l3(), -THIRD, l2),
        network.frequency(),
        network.l1().voltage() > 0 && l2.voltage() > 0 && network.l3().voltage() > 0
            ? PhaseSequence.L1_L2_L3
            : PhaseSequence.UNKNOWN);
  }

  /** A phase whose voltage leads that of L2 by so many degrees. */
  private static Phase against(Phase phase, double lead, Phase l2) {
    double angle = Math.toRadians(lead);
    double real = phase.voltage() * Math.cos(angle) - l2.voltage();
    double imaginary = phase.voltage() * Math.sin(angle);
    // An instrument at the end of its range shows the end.
    double volts = Math.min(Math.hypot(real, imaginary), Measurement.MAX_VOLTAGE) / THOUSANDTHS;
    double current = lead - phase.angle() / HUNDREDTHS;
    return Phase.of(
        volts,
        phase.current() / THOUSANDTHS,
        Math.toDegrees(Math.atan2(imaginary, real)) - current);
  }
}
