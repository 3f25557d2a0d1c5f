package io.dlms4j.omnipower.measurement;

/**
 * Power of a phase from apparent power and angle, in integers: U I cos and U I sin, in uW and uvar,
 * rounded once to the nearest, halves away from zero, so that import and export of the same load
 * are the same number.
 *
 * <p>The sine is a table of one quarter of a turn in steps of a hundredth of a degree, with {@value
 * #FRACTION_BITS} fractional bits, of which those of a double are right: more than the nearest uW
 * of the greatest apparent power, 500 V times 200 A, asks for.
 */
final class PhasePower {
  private static final int FRACTION_BITS = 62;
  private static final int RIGHT_ANGLE = Measurement.FULL_ANGLE / 4;
  private static final int STRAIGHT_ANGLE = Measurement.FULL_ANGLE / 2;

  /** Written here only. StrictMath gives the same on every machine. */
  private static final long[] QUARTER_SINE = quarterSine();

  private PhasePower() {}

  private static long[] quarterSine() {
    long[] table = new long[RIGHT_ANGLE + 1];
    for (int i = 0; i < table.length; i++) {
      double sine = StrictMath.sin(i * StrictMath.PI / STRAIGHT_ANGLE);
      table[i] = (long) Math.scalb(sine, FRACTION_BITS);
    }
    return table;
  }

  /** Active power in uW of an apparent power in uVA: positive is import. */
  static long active(long apparent, int angle) {
    return scale(apparent, sine(angle + RIGHT_ANGLE));
  }

  /** Reactive power in uvar: positive is inductive import or capacitive export. */
  static long reactive(long apparent, int angle) {
    return scale(apparent, sine(angle));
  }

  private static long scale(long apparent, long sine) {
    return sine >= 0 ? product(apparent, sine) : -product(apparent, -sine);
  }

  /** The product, which has up to 100 bits, without its fraction. */
  private static long product(long apparent, long sine) {
    long high = Math.multiplyHigh(apparent, sine);
    long low = apparent * sine;
    long whole = (high << (Long.SIZE - FRACTION_BITS)) | (low >>> FRACTION_BITS);
    return whole + ((low >>> (FRACTION_BITS - 1)) & 1);
  }

  /** The sine of an angle of 0..44999 hundredths of a degree. */
  private static long sine(int angle) {
    int inTurn = angle < Measurement.FULL_ANGLE ? angle : angle - Measurement.FULL_ANGLE;
    return inTurn < STRAIGHT_ANGLE ? halfSine(inTurn) : -halfSine(inTurn - STRAIGHT_ANGLE);
  }

  private static long halfSine(int angle) {
    return QUARTER_SINE[angle <= RIGHT_ANGLE ? angle : STRAIGHT_ANGLE - angle];
  }
}
