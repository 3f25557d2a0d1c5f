package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemTime;

/**
 * execution_time_date: when a script is executed (Blue Book 4.5.7).
 *
 * @param time time of day; its hundredths count as 0
 * @param date day; may have wildcards if the type allows
 */
public record ExecutionTime(CosemTime time, CosemDate date) {
  /** Its type. */
  public static final ValueType<ExecutionTime> TYPE =
      ValueType.structure(
          "execution_time_date",
          in -> new ExecutionTime(in.next(ValueType.TIME), in.next(ValueType.DATE)),
          field("time", ValueType.TIME, ExecutionTime::time),
          field("date", ValueType.DATE, ExecutionTime::date));
}
