package io.dlms4j.omnipower.measurement;

/**
 * Randomness that can be asked for in any order: each number is a hash of the seed, of what it is
 * for and of where it is in time. (The mixing steps are those of SplitMix64.)
 */
final class Chance {
  private static final long STREAM = 0x9E37_79B9_7F4A_7C15L;
  private static final long INDEX = 0xD1B5_4A32_D192_ED03L;
  private static final double ULP_OF_53_BITS = 0x1p-53;

  private final long seed;

  Chance(long seed) {
    this.seed = seed;
  }

  /** A number from 0 inclusive to 1 exclusive. */
  double uniform(int stream, long index) {
    long z = seed + (stream + 1) * STREAM + index * INDEX;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    z = mixAgain(z ^ (z >>> 31));
    return (z >>> 11) * ULP_OF_53_BITS;
  }

  /** A number from {@code low} to {@code high}. */
  double between(double low, double high, int stream, long index) {
    return low + (high - low) * uniform(stream, index);
  }

  /** A number from -1 to 1 that wanders from one value to the next in {@code period} seconds. */
  double drift(int stream, long second, int period) {
    long slot = Math.floorDiv(second, period);
    double into = (double) Math.floorMod(second, period) / period;
    double from = uniform(stream, slot);
    double to = uniform(stream, slot + 1);
    return 2 * (from + (to - from) * into) - 1;
  }

  /** A second round, since seed, stream and index above differ in few bits only. */
  private static long mixAgain(long value) {
    long z = value + STREAM;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    return z ^ (z >>> 31);
  }
}
