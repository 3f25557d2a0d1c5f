package io.dlms4j.omnipower.measurement;

import io.dlms4j.omnipower.measurement.InvalidMeasurementException.Quantity;
import java.util.Objects;

/**
 * What the analogue front end gives for one second, in integers; from here on nothing is rounded
 * but the power of a phase, once (one second of metering).
 *
 * <p>Immutable, so that a source may give the same measurement, or one with the same phases, again
 * and again. A meter without some phase gives {@link Phase#NONE} for it.
 *
 * @param l1 phase L1
 * @param l2 phase L2
 * @param l3 phase L3
 * @param frequency in mHz, 0..{@value #MAX_FREQUENCY}
 */
public record Measurement(Phase l1, Phase l2, Phase l3, int frequency) {
  /** The highest voltage that is believed, in mV. */
  public static final int MAX_VOLTAGE = 500_000;

  /** The highest current that is believed, in mA. */
  public static final int MAX_CURRENT = 200_000;

  /** The highest frequency that is believed, in mHz. */
  public static final int MAX_FREQUENCY = 100_000;

  /** A turn, in hundredths of a degree. */
  public static final int FULL_ANGLE = 36_000;

  /** Refuses a frequency out of range with an {@link InvalidMeasurementException}, and no phase. */
  public Measurement {
    Objects.requireNonNull(l1, "l1");
    Objects.requireNonNull(l2, "l2");
    Objects.requireNonNull(l3, "l3");
    check(Quantity.FREQUENCY, frequency, MAX_FREQUENCY);
  }

  /**
   * The same in all three phases.
   *
   * @param phase voltage, current and angle of each phase
   * @param frequency in mHz
   * @return the measurement
   * @throws InvalidMeasurementException if the frequency is out of range
   */
  public static Measurement balanced(Phase phase, int frequency) {
    return new Measurement(phase, phase, phase, frequency);
  }

  /**
   * A measurement of a single-phase meter.
   *
   * @param phase voltage, current and angle of L1
   * @param frequency in mHz
   * @return the measurement
   * @throws InvalidMeasurementException if the frequency is out of range
   */
  public static Measurement singlePhase(Phase phase, int frequency) {
    return new Measurement(phase, Phase.NONE, Phase.NONE, frequency);
  }

  private static void check(Quantity quantity, int value, int max) {
    if (value < 0 || value > max) {
      throw new InvalidMeasurementException(quantity, value, max);
    }
  }

  /**
   * One phase during one second.
   *
   * @param voltage phase to neutral, RMS, in mV, 0..{@value Measurement#MAX_VOLTAGE}
   * @param current RMS, without direction (technical description 4.5.4), in mA, 0..{@value
   *     Measurement#MAX_CURRENT}
   * @param angle by which current lags voltage, in hundredths of a degree, 0..35999: an inductive
   *     load has 0..9000 (quadrant 1), and 9000..27000 is export (quadrants 2 and 3)
   */
  public record Phase(int voltage, int current, int angle) {
    /** No voltage and no current. */
    public static final Phase NONE = new Phase(0, 0, 0);

    /** Refuses values out of range with an {@link InvalidMeasurementException}. */
    public Phase {
      check(Quantity.VOLTAGE, voltage, MAX_VOLTAGE);
      check(Quantity.CURRENT, current, MAX_CURRENT);
      check(Quantity.ANGLE, angle, FULL_ANGLE - 1);
    }
  }
}
