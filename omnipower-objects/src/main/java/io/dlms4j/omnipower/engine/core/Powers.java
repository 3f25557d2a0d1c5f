package io.dlms4j.omnipower.engine.core;

/** The powers of the second that was processed last, after the start-up threshold. */
public interface Powers {
  /**
   * Active power.
   *
   * @param phase 1..3
   * @return uW, negative for export
   */
  long active(int phase);

  /**
   * Reactive power.
   *
   * @param phase 1..3
   * @return uvar, negative in quadrants 3 and 4
   */
  long reactive(int phase);

  /**
   * Apparent power.
   *
   * @param phase 1..3
   * @return uVA, 0 or more
   */
  long apparent(int phase);

  /**
   * Power factor.
   *
   * @param phase 1..3, or 0 for all together
   * @return hundredths, 0..100
   */
  int powerFactor(int phase);
}
