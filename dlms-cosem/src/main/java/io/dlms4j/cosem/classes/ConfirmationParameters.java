package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemDateTime;

/**
 * confirmation_parameters: from when on a push is to be confirmed, and how often (Blue Book 4.4.8).
 *
 * @param startDate when the first interval begins
 * @param interval seconds; 0 for none
 */
public record ConfirmationParameters(CosemDateTime startDate, long interval) {
  /** Its type. */
  public static final ValueType<ConfirmationParameters> TYPE =
      ValueType.structure(
          "confirmation_parameters",
          in ->
              new ConfirmationParameters(
                  in.next(ValueType.DATE_TIME), in.next(ValueType.DOUBLE_LONG_UNSIGNED)),
          field("confirmation_start_date", ValueType.DATE_TIME, ConfirmationParameters::startDate),
          field(
              "confirmation_interval",
              ValueType.DOUBLE_LONG_UNSIGNED,
              ConfirmationParameters::interval));
}
