package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.engine.Measurement.Phase;

/**
 * Power of a phase from voltage, current and angle, in integers: U I cos and U I sin, in uW and
 * uvar, rounded once to the nearest, halves away from zero, so that import and export of the same
 * load are the same number.
 *
 * <p>The sine is a table of one quarter of a turn in steps of a hundredth of a degree, with {@value
 * #FRACTION_BITS} fractional bits: as many as the product with the greatest apparent power, 500 V
 * times 200 A, leaves room for in a long. Its error, half of the last bit, is 1 in 10^8.
 */
final class PhasePower {
  private static final int FRACTION_BITS = 26;
  private static final long HALF = 1L << (FRACTION_BITS - 1);
  private static final int RIGHT_ANGLE = Measurement.FULL_ANGLE / 4;
  private static final int STRAIGHT_ANGLE = Measurement.FULL_ANGLE / 2;

  /** Written here only. StrictMath gives the same on every machine. */
  private static final int[] QUARTER_SINE = quarterSine();

  private PhasePower() {}

  private static int[] quarterSine() {
    int[] table = new int[RIGHT_ANGLE + 1];
    for (int i = 0; i < table.length; i++) {
      double sine = StrictMath.sin(i * StrictMath.PI / STRAIGHT_ANGLE);
      table[i] = (int) StrictMath.round(sine * (1 << FRACTION_BITS));
    }
    return table;
  }

  /** Apparent power in uVA. */
  static long apparent(Phase phase) {
    return (long) phase.voltage() * phase.current();
  }

  /** Active power in uW: positive is import. */
  static long active(Phase phase) {
    return scale(apparent(phase), sine(phase.angle() + RIGHT_ANGLE));
  }

  /** Reactive power in uvar: positive is inductive import or capacitive export. */
  static long reactive(Phase phase) {
    return scale(apparent(phase), sine(phase.angle()));
  }

  private static long scale(long apparent, int sine) {
    return sine >= 0
        ? (apparent * sine + HALF) >> FRACTION_BITS
        : -((apparent * -sine + HALF) >> FRACTION_BITS);
  }

  /** The sine of an angle of 0..44999 hundredths of a degree. */
  private static int sine(int angle) {
    int inTurn = angle < Measurement.FULL_ANGLE ? angle : angle - Measurement.FULL_ANGLE;
    return inTurn < STRAIGHT_ANGLE ? halfSine(inTurn) : -halfSine(inTurn - STRAIGHT_ANGLE);
  }

  private static int halfSine(int angle) {
    return QUARTER_SINE[angle <= RIGHT_ANGLE ? angle : STRAIGHT_ANGLE - angle];
  }
}
