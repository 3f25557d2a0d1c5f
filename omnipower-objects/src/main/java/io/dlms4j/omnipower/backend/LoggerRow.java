package io.dlms4j.omnipower.backend;

import io.dlms4j.axdr.CosemData;

/**
 * One row of a logger. Immutable, or a view of what does not change.
 *
 * @see MeterLogger#columns()
 */
public interface LoggerRow {
  /**
   * When it was captured: what the clock showed, the time of its first column.
   *
   * @return seconds of normal time, as in {@link MeterClock#normalTime()}
   */
  long time();

  /**
   * A value of the row.
   *
   * @param column from 0 on, in the order of {@link MeterLogger#columns()}, but not the one of
   *     {@link #time()}
   * @return the value, of the type that the captured attribute has; a time, that of a peak for
   *     instance, as {@link MeterTimes} writes it
   */
  CosemData value(int column);
}
