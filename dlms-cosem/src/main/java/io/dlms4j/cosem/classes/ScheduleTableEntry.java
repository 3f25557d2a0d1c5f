package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.cosem.ObisCode;

/**
 * schedule_table_entry: a script, and when it is executed (Blue Book 4.5.3).
 *
 * @param index number of the entry; entries are in the order of their numbers
 * @param enable whether it counts
 * @param scriptLogicalName name of the Script table
 * @param scriptSelector identifier of the script
 * @param switchTime time of day at which it is executed; may have wildcards
 * @param validityWindow minutes after a power failure in which it is still executed; 65535 for any
 *     number
 * @param execWeekdays days of the week, the first bit for Monday
 * @param execSpecdays a bit for each day_id of the Special days table
 * @param beginDate from when on; may have wildcards
 * @param endDate until when; may have wildcards
 */
public record ScheduleTableEntry(
    int index,
    boolean enable,
    ObisCode scriptLogicalName,
    int scriptSelector,
    CosemTime switchTime,
    int validityWindow,
    CosemData.BitStringData execWeekdays,
    CosemData.BitStringData execSpecdays,
    CosemDate beginDate,
    CosemDate endDate) {
  /** Its type. */
  public static final ValueType<ScheduleTableEntry> TYPE =
      ValueType.structure(
          "schedule_table_entry",
          in ->
              new ScheduleTableEntry(
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.BOOLEAN),
                  in.next(ValueType.LOGICAL_NAME),
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.TIME),
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.BIT_STRING),
                  in.next(ValueType.BIT_STRING),
                  in.next(ValueType.DATE),
                  in.next(ValueType.DATE)),
          field("index", ValueType.LONG_UNSIGNED, ScheduleTableEntry::index),
          field("enable", ValueType.BOOLEAN, ScheduleTableEntry::enable),
          field(
              "script_logical_name", ValueType.LOGICAL_NAME, ScheduleTableEntry::scriptLogicalName),
          field("script_selector", ValueType.LONG_UNSIGNED, ScheduleTableEntry::scriptSelector),
          field("switch_time", ValueType.TIME, ScheduleTableEntry::switchTime),
          field("validity_window", ValueType.LONG_UNSIGNED, ScheduleTableEntry::validityWindow),
          field("exec_weekdays", ValueType.BIT_STRING, ScheduleTableEntry::execWeekdays),
          field("exec_specdays", ValueType.BIT_STRING, ScheduleTableEntry::execSpecdays),
          field("begin_date", ValueType.DATE, ScheduleTableEntry::beginDate),
          field("end_date", ValueType.DATE, ScheduleTableEntry::endDate));
}
