package io.dlms4j.omnipower.engine.energy;

/** The length of a vector in integers. */
final class Vectors {
  private Vectors() {}

  /**
   * Apparent power of active and reactive power, to the nearest uVA.
   *
   * <p>The floating-point root is a guess, which may be off by one and is put right in integers.
   * Squares of numbers of 40 bits leave the range of a long, but the difference of the square and
   * that of the guess does not, and is right whatever was lost above.
   */
  static long length(long active, long reactive) {
    double square = (double) active * active + (double) reactive * reactive;
    long root = Math.round(Math.sqrt(square));
    long over = active * active + reactive * reactive - root * root;
    if (over > root) {
      return root + 1;
    }
    return over <= -root && root > 0 ? root - 1 : root;
  }
}
