package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import java.time.Duration;

/**
 * repetition_delay: how long after a push that has failed the next try is made (Blue Book 4.4.8).
 * Before version 2 of the class there is a number of seconds only.
 *
 * @param min seconds before the first repetition, 0..65535
 * @param exponent how many hundredths of a delay the next one is, 0..65535; 100 for the same
 * @param max seconds that no delay is longer than, 0..65535
 */
public record RepetitionDelay(int min, int exponent, int max) {
  private static final int SAME = 100;

  /** Its type. */
  public static final ValueType<RepetitionDelay> TYPE =
      ValueType.structure(
          "repetition_delay",
          in ->
              new RepetitionDelay(
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.LONG_UNSIGNED)),
          field("repetition_delay_min", ValueType.LONG_UNSIGNED, RepetitionDelay::min),
          field("repetition_delay_exponent", ValueType.LONG_UNSIGNED, RepetitionDelay::exponent),
          field("repetition_delay_max", ValueType.LONG_UNSIGNED, RepetitionDelay::max));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is no long-unsigned
   */
  public RepetitionDelay {
    require(min, "repetition_delay_min");
    require(exponent, "repetition_delay_exponent");
    require(max, "repetition_delay_max");
  }

  private static void require(int value, String name) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException(name + " " + value + " is not within 0..65535");
    }
  }

  /**
   * The same delay every time.
   *
   * @param seconds 0..65535
   * @return the delay
   * @throws IllegalArgumentException if it is out of range
   */
  public static RepetitionDelay of(int seconds) {
    return new RepetitionDelay(seconds, SAME, seconds);
  }

  /**
   * How long to wait before a repetition: min x (exponent / 100) to the power of one less than its
   * number, and max at the most.
   *
   * @param repetition which, from 1 on
   * @return the delay
   */
  public Duration before(int repetition) {
    long hundredths = 100L * min;
    long most = 100L * max;
    for (int i = 1; i < repetition && hundredths > 0 && hundredths < most; i++) {
      hundredths = hundredths * exponent / SAME;
    }
    return Duration.ofMillis(10 * Math.min(hundredths, most));
  }
}
