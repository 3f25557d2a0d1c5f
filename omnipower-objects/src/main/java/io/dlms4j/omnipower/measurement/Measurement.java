package io.dlms4j.omnipower.measurement;

import io.dlms4j.omnipower.measurement.InvalidMeasurementException.Quantity;
import java.util.Objects;

/**
 * What the analogue front end gives for one second, in integers; from here on nothing is rounded
 * (one second of metering).
 *
 * <p>Immutable, so that a source may give the same measurement, or one with the same phases, again
 * and again. A meter without some phase gives {@link Phase#NONE} for it. A meter with two measuring
 * systems (Aron) gives the voltage from L2 to L1 with the current of L1 as phase L1, the voltage
 * from L2 to L3 with the current of L3 as phase L3, and {@link Phase#NONE} as L2.
 *
 * @param l1 phase L1
 * @param l2 phase L2
 * @param l3 phase L3
 * @param frequency in mHz, 0..{@value #MAX_FREQUENCY}
 * @param sequence in which the phases follow each other
 */
public record Measurement(Phase l1, Phase l2, Phase l3, int frequency, PhaseSequence sequence) {
  /** The highest voltage that is believed, in mV. */
  public static final int MAX_VOLTAGE = 500_000;

  /** The highest current that is believed, in mA. */
  public static final int MAX_CURRENT = 200_000;

  /** The highest frequency that is believed, in mHz. */
  public static final int MAX_FREQUENCY = 100_000;

  /** The highest distortion that is told, in hundredths of a percent. */
  public static final int MAX_DISTORTION = 0xFFFF;

  /** A turn, in hundredths of a degree. */
  public static final int FULL_ANGLE = 36_000;

  private static final double THOUSANDTHS = 1_000;
  private static final double HUNDREDTHS = 100;

  /** Refuses a frequency out of range with an {@link InvalidMeasurementException}. */
  public Measurement {
    Objects.requireNonNull(l1, "l1");
    Objects.requireNonNull(l2, "l2");
    Objects.requireNonNull(l3, "l3");
    Objects.requireNonNull(sequence, "sequence");
    check(Quantity.FREQUENCY, frequency, 0, MAX_FREQUENCY);
  }

  /**
   * Three phases in their order, as far as they have voltage.
   *
   * @param l1 phase L1
   * @param l2 phase L2
   * @param l3 phase L3
   * @param frequency in mHz
   * @throws InvalidMeasurementException if the frequency is out of range
   */
  public Measurement(Phase l1, Phase l2, Phase l3, int frequency) {
    this(
        l1,
        l2,
        l3,
        frequency,
        l1.voltage > 0 && l2.voltage > 0 && l3.voltage > 0
            ? PhaseSequence.L1_L2_L3
            : PhaseSequence.UNKNOWN);
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

  /**
   * A frequency that was computed or typed.
   *
   * @param hertz any
   * @return mHz, to the nearest
   * @throws InvalidMeasurementException if it is not a number, or out of range
   */
  public static int milliHertz(double hertz) {
    return round(Quantity.FREQUENCY, hertz * THOUSANDTHS, MAX_FREQUENCY);
  }

  /**
   * The phases by number.
   *
   * @param number 1..3
   * @return L1, L2 or L3
   * @throws IllegalArgumentException if there is no such phase
   */
  public Phase phase(int number) {
    return switch (number) {
      case 1 -> l1;
      case 2 -> l2;
      case 3 -> l3;
      default -> throw new IllegalArgumentException("there is no phase L" + number);
    };
  }

  /**
   * The voltage between the neutral and the virtual neutral, which is the middle of the three
   * phases (technical description 4.9.10, figure 29). It follows from the three voltages alone, if
   * those of the network itself are equal.
   *
   * @return mV; 0 with less than three phases
   */
  public int neutralVoltage() {
    return Neutral.voltage(l1.voltage, l2.voltage, l3.voltage);
  }

  /**
   * The angle by which the sum of the three currents lags the voltage of L1, when the three
   * voltages are a third of a turn apart.
   *
   * @return hundredths of a degree, 0..35999; 0 without current in the neutral
   */
  public int neutralAngle() {
    return Neutral.angle(this);
  }

  private static void check(Quantity quantity, long value, long min, long max) {
    if (value < min || value > max) {
      throw new InvalidMeasurementException(quantity, value, min, max);
    }
  }

  /** Rounds what was computed, unless it is absurd; NaN is in no range. */
  static int round(Quantity quantity, double value, int max) {
    if (value >= -0.5 && value < max + 0.5) {
      return (int) Math.round(value);
    }
    throw new InvalidMeasurementException(quantity, value, 0, max);
  }

  /**
   * One phase during one second.
   *
   * @param voltage phase to neutral, RMS, in mV, 0..{@value Measurement#MAX_VOLTAGE}
   * @param current RMS, without direction (technical description 4.5.4), in mA, 0..{@value
   *     Measurement#MAX_CURRENT}
   * @param angle by which current lags voltage, in hundredths of a degree, 0..35999: an inductive
   *     load has 0..9000 (quadrant 1), and 9000..27000 is export (quadrants 2 and 3)
   * @param active power in uW, positive for import; at most the apparent power
   * @param reactive power in uvar, positive in quadrants 1 and 2; at most the apparent power
   * @param voltageDistortion total harmonic distortion of the voltage, in hundredths of a percent,
   *     0..65535
   * @param currentDistortion total harmonic distortion of the current
   */
  public record Phase(
      int voltage,
      int current,
      int angle,
      long active,
      long reactive,
      int voltageDistortion,
      int currentDistortion) {
    /** No voltage and no current. */
    public static final Phase NONE = new Phase(0, 0, 0);

    /** Refuses values out of range with an {@link InvalidMeasurementException}. */
    public Phase {
      check(Quantity.VOLTAGE, voltage, 0, MAX_VOLTAGE);
      check(Quantity.CURRENT, current, 0, MAX_CURRENT);
      check(Quantity.ANGLE, angle, 0, FULL_ANGLE - 1);
      long apparent = (long) voltage * current;
      check(Quantity.ACTIVE_POWER, active, -apparent, apparent);
      check(Quantity.REACTIVE_POWER, reactive, -apparent, apparent);
      check(Quantity.DISTORTION, voltageDistortion, 0, MAX_DISTORTION);
      check(Quantity.DISTORTION, currentDistortion, 0, MAX_DISTORTION);
    }

    /**
     * A phase without distortion: its powers are U I cos and U I sin, to the nearest uW and uvar.
     *
     * @param voltage in mV
     * @param current in mA
     * @param angle by which current lags voltage, in hundredths of a degree
     * @throws InvalidMeasurementException if one of them is out of range
     */
    public Phase(int voltage, int current, int angle) {
      this(
          voltage,
          current,
          angle,
          PhasePower.active((long) voltage * current, Math.floorMod(angle, FULL_ANGLE)),
          PhasePower.reactive((long) voltage * current, Math.floorMod(angle, FULL_ANGLE)),
          0,
          0);
    }

    /**
     * A phase without distortion, from values that were computed or typed, each to the nearest.
     *
     * @param volts RMS
     * @param amperes RMS
     * @param degrees by which current lags voltage; any finite number of turns
     * @return the phase
     * @throws InvalidMeasurementException if one of them is not a number, or out of range
     */
    public static Phase of(double volts, double amperes, double degrees) {
      return new Phase(
          round(Quantity.VOLTAGE, volts * THOUSANDTHS, MAX_VOLTAGE),
          round(Quantity.CURRENT, amperes * THOUSANDTHS, MAX_CURRENT),
          angle(degrees));
    }

    /** An angle of any number of turns; NaN and infinity are none. */
    static int angle(double degrees) {
      double turn = degrees * HUNDREDTHS % FULL_ANGLE;
      return round(Quantity.ANGLE, turn < 0 ? turn + FULL_ANGLE : turn, FULL_ANGLE) % FULL_ANGLE;
    }

    /**
     * Apparent power: voltage times current.
     *
     * @return uVA
     */
    public long apparent() {
      return (long) voltage * current;
    }
  }
}
