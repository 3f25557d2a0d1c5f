package io.dlms4j.omnipower.measurement;

/**
 * The whole periods at the beginning of a run of samples.
 *
 * @param length how many samples they take, to the nearest
 * @param cyclesPerSample the frequency; 0 if nothing alternates
 */
record Periods(int length, double cyclesPerSample) {
  /** A crossing counts after the voltage was below this part of its greatest value. */
  private static final double HYSTERESIS = 0.3;

  /** Below this, in V, there is no voltage. */
  private static final double LEAST_PEAK = 10;

  /** A period that lacks this part of itself is whole: crossings are interpolated. */
  private static final double TOLERANCE = 0.02;

  /** Without periods: what there is, all of it. */
  static Periods none(int length) {
    return new Periods(length, 0);
  }

  boolean areFound() {
    return cyclesPerSample > 0;
  }

  /**
   * The periods from the first sample on, at whatever point of a period it is.
   *
   * <p>In each period one zero crossing is taken: the last one upwards before the voltage is well
   * above zero. Harmonics that cross zero more often move it, but by the same in each period.
   *
   * @param voltage the samples
   * @param length how many there are
   * @param mostLeft how many may be left over. If there would be more, the voltage has come or gone
   *     in between: then all are taken
   */
  static Periods find(double[] voltage, int length, int mostLeft) {
    double peak = 0;
    for (int n = 0; n < length; n++) {
      peak = Math.max(peak, Math.abs(voltage[n]));
    }
    if (peak < LEAST_PEAK) {
      return none(length);
    }
    double level = HYSTERESIS * peak;
    boolean armed = false;
    double crossing = 0;
    double first = -1;
    double last = -1;
    int count = 0;
    for (int n = 1; n < length; n++) {
      double before = voltage[n - 1];
      double now = voltage[n];
      armed |= now < -level;
      if (before < 0 && now >= 0) {
        crossing = n - now / (now - before);
      }
      if (armed && now > level) {
        armed = false;
        count += first < 0 ? 0 : 1;
        first = first < 0 ? crossing : first;
        last = crossing;
      }
    }
    if (count == 0) {
      return none(length);
    }
    double period = (last - first) / count;
    int whole = (int) (last / period + TOLERANCE);
    int end = (int) Math.min(Math.round(whole * period), length);
    return new Periods(length - end > mostLeft ? length : end, 1 / period);
  }
}
