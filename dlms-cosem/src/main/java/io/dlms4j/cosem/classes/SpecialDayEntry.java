package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemDate;

/**
 * spec_day_entry: a day that is not like others (Blue Book 4.5.4).
 *
 * @param index number of the entry
 * @param specialdayDate the day; may have wildcards
 * @param dayId what it is like: the day_id of a day profile
 */
public record SpecialDayEntry(int index, CosemDate specialdayDate, int dayId) {
  /** Its type. */
  public static final ValueType<SpecialDayEntry> TYPE =
      ValueType.structure(
          "spec_day_entry",
          in ->
              new SpecialDayEntry(
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.DATE),
                  in.next(ValueType.UNSIGNED)),
          field("index", ValueType.LONG_UNSIGNED, SpecialDayEntry::index),
          field("specialday_date", ValueType.DATE, SpecialDayEntry::specialdayDate),
          field("day_id", ValueType.UNSIGNED, SpecialDayEntry::dayId));
}
