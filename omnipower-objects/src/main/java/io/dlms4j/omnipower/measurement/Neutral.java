package io.dlms4j.omnipower.measurement;

import io.dlms4j.omnipower.measurement.Measurement.Phase;

/** What can be told of the neutral without measuring it. Shown only, never billed. */
final class Neutral {
  /** A phase below this, in mV, is missing (technical description, table 23). */
  private static final int LOWEST_VOLTAGE = 50_000;

  private static final double HUNDREDTHS = 100;
  private static final double THIRD_OF_A_TURN = 120;

  private Neutral() {}

  /**
   * The distance of a point from the middle of an equilateral triangle, of which only its distances
   * from the corners are known.
   *
   * <p>With the area K of a triangle with these three as its sides, the square of a side of the
   * equilateral one is (a² + b² + c²) / 2 + 2 √3 K, three times the square of the distance of a
   * corner from the middle; and the squares of all three add up to three times those of the corner
   * and of the point.
   */
  static int voltage(int l1, int l2, int l3) {
    if (l1 < LOWEST_VOLTAGE || l2 < LOWEST_VOLTAGE || l3 < LOWEST_VOLTAGE) {
      return 0;
    }
    double a = (double) l1 * l1;
    double b = (double) l2 * l2;
    double c = (double) l3 * l3;
    // Heron's formula. Below 0 there is no such triangle: the point is as far out as can be told.
    double sixteenAreas = 2 * (a * b + b * c + c * a) - (a * a + b * b + c * c);
    double area = Math.sqrt(Math.max(0, sixteenAreas)) / 4;
    double side = (a + b + c) / 2 + 2 * Math.sqrt(3) * area;
    double square = (a + b + c - side) / 3;
    return (int) Math.round(Math.sqrt(Math.max(0, square)));
  }

  static int angle(Measurement measurement) {
    double direction = measurement.sequence() == PhaseSequence.L1_L3_L2 ? -1 : 1;
    double inPhase = 0;
    double behind = 0;
    for (int number = 1; number <= 3; number++) {
      Phase phase = measurement.phase(number);
      double lag =
          StrictMath.toRadians(
              phase.angle() / HUNDREDTHS + direction * (number - 1) * THIRD_OF_A_TURN);
      inPhase += phase.current() * StrictMath.cos(lag);
      behind += phase.current() * StrictMath.sin(lag);
    }
    // Less than half of a mA is no current.
    if (inPhase * inPhase + behind * behind < 0.25) {
      return 0;
    }
    return Phase.angle(StrictMath.toDegrees(StrictMath.atan2(behind, inPhase)));
  }
}
