package io.dlms4j.omnipower.measurement;

/**
 * What a run of samples of one channel consists of. The fundamental is a vector of RMS length.
 *
 * @param rms of everything
 * @param real of the fundamental
 * @param imaginary of the fundamental
 * @param distortion RMS of the harmonics by that of the fundamental, in hundredths of a percent
 */
record Spectrum(double rms, double real, double imaginary, int distortion) {
  private static final int HIGHEST_HARMONIC = 40;
  private static final double NYQUIST = 0.5;
  private static final double HUNDREDTHS_OF_A_PERCENT = 10_000;

  /** In V or A, what is there when nothing is. */
  private static final double NOISE = 0.0005;

  private static final double THIRD_OF_A_TURN = 2 * StrictMath.PI / 3;
  private static final double SIXTH_OF_A_TURN = StrictMath.PI / 6;

  static Spectrum of(double[] samples, int length, double cyclesPerSample) {
    double squares = 0;
    for (int n = 0; n < length; n++) {
      squares += samples[n] * samples[n];
    }
    double rms = Math.sqrt(squares / length);
    if (cyclesPerSample == 0 || rms < NOISE) {
      return new Spectrum(rms, 0, 0, 0);
    }
    double[] vector = new double[2];
    harmonic(samples, length, cyclesPerSample, vector);
    double real = vector[0];
    double imaginary = vector[1];
    double harmonics = 0;
    for (int h = 2; h <= HIGHEST_HARMONIC && h * cyclesPerSample < NYQUIST; h++) {
      harmonic(samples, length, h * cyclesPerSample, vector);
      harmonics += vector[0] * vector[0] + vector[1] * vector[1];
    }
    double ratio = Math.sqrt(harmonics / (real * real + imaginary * imaginary));
    double distortion = Math.min(ratio * HUNDREDTHS_OF_A_PERCENT, Measurement.MAX_DISTORTION);
    return new Spectrum(rms, real, imaginary, (int) Math.round(distortion));
  }

  /** Goertzel's algorithm. Angles are those at the last sample. */
  private static void harmonic(double[] samples, int length, double frequency, double[] vector) {
    double turn = 2 * StrictMath.PI * frequency;
    double cosine = StrictMath.cos(turn);
    double one = 0;
    double two = 0;
    for (int n = 0; n < length; n++) {
      double zero = samples[n] + 2 * cosine * one - two;
      two = one;
      one = zero;
    }
    double toRms = Math.sqrt(2) / length;
    vector[0] = toRms * (one - cosine * two);
    vector[1] = toRms * StrictMath.sin(turn) * two;
  }

  /** By how much this voltage leads a current, in radians. */
  double leadOver(Spectrum current) {
    return StrictMath.atan2(reactive(current), active(current));
  }

  private double active(Spectrum current) {
    return real * current.real + imaginary * current.imaginary;
  }

  /** Reactive power of the fundamental of this voltage with that of a current. */
  double reactive(Spectrum current) {
    return imaginary * current.real - real * current.imaginary;
  }

  static PhaseSequence sequence(Spectrum l1, Spectrum l2, Spectrum l3) {
    if (follows(l1, l2) && follows(l2, l3) && follows(l3, l1)) {
      return PhaseSequence.L1_L2_L3;
    }
    return follows(l1, l3) && follows(l3, l2) && follows(l2, l1)
        ? PhaseSequence.L1_L3_L2
        : PhaseSequence.UNKNOWN;
  }

  /** Whether the second is a third of a turn behind the first, or about that. */
  private static boolean follows(Spectrum first, Spectrum second) {
    return Math.abs(first.leadOver(second) - THIRD_OF_A_TURN) < SIXTH_OF_A_TURN;
  }
}
