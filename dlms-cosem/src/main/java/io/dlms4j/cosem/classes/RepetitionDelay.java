package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

/**
 * repetition_delay: how long to wait between two tries (Blue Book 4.4.8).
 *
 * @param min seconds before the first repetition
 * @param exponent hundredths; each delay is that many hundredths of the one before
 * @param max seconds that no delay goes beyond
 */
public record RepetitionDelay(int min, int exponent, int max) {
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
}
