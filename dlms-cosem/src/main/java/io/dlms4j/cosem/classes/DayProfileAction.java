package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemTime;
import io.dlms4j.cosem.ObisCode;

/**
 * day_profile_action: a script, and when it is executed in a day (Blue Book 4.5.5).
 *
 * @param startTime time of day; wildcards are not allowed
 * @param scriptLogicalName name of the Script table
 * @param scriptSelector identifier of the script
 */
public record DayProfileAction(
    CosemTime startTime, ObisCode scriptLogicalName, int scriptSelector) {
  /** Its type. */
  public static final ValueType<DayProfileAction> TYPE =
      ValueType.structure(
          "day_profile_action",
          in ->
              new DayProfileAction(
                  in.next(ValueType.TIME),
                  in.next(ValueType.LOGICAL_NAME),
                  in.next(ValueType.LONG_UNSIGNED)),
          field("start_time", ValueType.TIME, DayProfileAction::startTime),
          field("script_logical_name", ValueType.LOGICAL_NAME, DayProfileAction::scriptLogicalName),
          field("script_selector", ValueType.LONG_UNSIGNED, DayProfileAction::scriptSelector));
}
