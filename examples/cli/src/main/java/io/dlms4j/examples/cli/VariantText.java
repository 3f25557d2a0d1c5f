package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Meter variants as a command line names them. */
final class VariantText {
  private VariantText() {}

  /** {@code single-phase}, {@code three-phase}, {@code ct}, {@code k351c}, {@code k382m}. */
  static String print(MeterVariant variant) {
    return variant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static MeterVariant parse(String text) {
    for (MeterVariant each : MeterVariant.values()) {
      if (print(each).equals(text)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "there is no meter \""
            + text
            + "\", but "
            + Arrays.stream(MeterVariant.values())
                .map(VariantText::print)
                .collect(Collectors.joining(", ")));
  }
}
