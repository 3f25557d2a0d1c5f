package io.dlms4j.line;

import java.util.Random;

/**
 * How much harm a {@link FaultLine} does, and of which kind.
 *
 * @param lost how many of a thousand transmissions are lost, whole or in part
 * @param corrupted how many of a thousand are changed in up to 16 bits in a row, which every FCS
 *     notices, or preceded by noise
 * @param duplicated how many of a thousand come twice
 * @param delayed how many of a thousand take longer than the latency
 * @param split how many of a thousand come in pieces
 * @param merged how many of a thousand come in one piece with what went before
 * @param latency how long octets take, in nanoseconds
 * @param longestDelay how much longer they take at most, in nanoseconds
 * @param keepsOrder whether what is delayed delays what follows; if not, it is overtaken
 */
public record Faults(
    int lost,
    int corrupted,
    int duplicated,
    int delayed,
    int split,
    int merged,
    long latency,
    long longestDelay,
    boolean keepsOrder) {
  private static final long MILLISECOND = 1_000_000L;

  /** A line that does no harm and takes a millisecond. */
  public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, MILLISECOND, 0, true);

  /**
   * A line as lines are: it keeps the order of octets, but may stall longer than anybody waits.
   *
   * @param random where the mixture comes from
   * @param most how many of a thousand transmissions suffer any one fault at most
   * @param longestStall longest delay, in nanoseconds
   * @return the mixture
   */
  public static Faults mixed(Random random, int most, long longestStall) {
    return new Faults(
        random.nextInt(most + 1),
        random.nextInt(most + 1),
        random.nextInt(most + 1),
        random.nextInt(most + 1),
        random.nextInt(most + 1),
        random.nextInt(most + 1),
        (1 + random.nextInt(50)) * MILLISECOND,
        1 + (long) (random.nextDouble() * longestStall),
        true);
  }

  /**
   * A line on which later octets overtake earlier ones, by less than a round trip: sequence numbers
   * modulo 8 cannot tell a frame that comes a whole window late from a new one, and a frame that is
   * there twice has to be told as well.
   *
   * @param random where the mixture comes from
   * @param most how many of a thousand transmissions suffer any one fault at most
   * @param duplicates whether frames come twice, which a window of 1 stands in spite of the above
   * @return the mixture
   */
  public static Faults overtaking(Random random, int most, boolean duplicates) {
    long latency = (10 + random.nextInt(50)) * MILLISECOND;
    return new Faults(
        random.nextInt(most + 1),
        random.nextInt(most + 1),
        duplicates ? random.nextInt(most + 1) : 0,
        random.nextInt(4 * most + 1),
        random.nextInt(most + 1),
        random.nextInt(most + 1),
        latency,
        latency + random.nextInt((int) (latency / 2)),
        false);
  }
}
