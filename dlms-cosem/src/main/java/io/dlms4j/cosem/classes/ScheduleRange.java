package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

/**
 * delete: a range of entries of a schedule (Blue Book 4.5.3).
 *
 * @param firstIndex first entry
 * @param lastIndex last entry
 */
public record ScheduleRange(int firstIndex, int lastIndex) {
  /** Its type. */
  public static final ValueType<ScheduleRange> TYPE =
      ValueType.structure(
          "delete",
          in ->
              new ScheduleRange(in.next(ValueType.LONG_UNSIGNED), in.next(ValueType.LONG_UNSIGNED)),
          field("firstIndex", ValueType.LONG_UNSIGNED, ScheduleRange::firstIndex),
          field("lastIndex", ValueType.LONG_UNSIGNED, ScheduleRange::lastIndex));
}
