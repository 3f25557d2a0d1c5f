package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

/**
 * enable_disable: which entries of a schedule are disabled, and which are enabled then (Blue Book
 * 4.5.3).
 *
 * @param firstIndexA first entry to be disabled
 * @param lastIndexA last entry to be disabled
 * @param firstIndexB first entry to be enabled
 * @param lastIndexB last entry to be enabled
 */
public record ScheduleEnabling(int firstIndexA, int lastIndexA, int firstIndexB, int lastIndexB) {
  /** Its type. */
  public static final ValueType<ScheduleEnabling> TYPE =
      ValueType.structure(
          "enable_disable",
          in ->
              new ScheduleEnabling(
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.LONG_UNSIGNED)),
          field("firstIndexA", ValueType.LONG_UNSIGNED, ScheduleEnabling::firstIndexA),
          field("lastIndexA", ValueType.LONG_UNSIGNED, ScheduleEnabling::lastIndexA),
          field("firstIndexB", ValueType.LONG_UNSIGNED, ScheduleEnabling::firstIndexB),
          field("lastIndexB", ValueType.LONG_UNSIGNED, ScheduleEnabling::lastIndexB));
}
