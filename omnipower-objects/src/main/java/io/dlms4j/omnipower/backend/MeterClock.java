package io.dlms4j.omnipower.backend;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The clock of a meter (interface class 8; DLMS description 3.5).
 *
 * <p>Inside, a meter counts seconds of <em>normal time</em>: local standard time without daylight
 * saving, from 1970-01-01T00:00:00 of that same local time on. Daylight saving is added where a
 * time leaves the meter. A backend gives {@link #normalTime()}; the rest follows by the rule of the
 * European Union, and may be overridden by a meter that has another.
 */
@FunctionalInterface
public interface MeterClock {
  /**
   * The time now.
   *
   * @return seconds of normal local time since 1970-01-01T00:00:00 of normal local time
   */
  long normalTime();

  /**
   * Whether daylight saving is in use at all (attribute 8, daylight_savings_enabled).
   *
   * @return true if times are displayed with daylight saving when its season comes; so it is in the
   *     vendor's example, and unless a meter says otherwise
   */
  default boolean daylightSavingEnabled() {
    return true;
  }

  /**
   * What daylight saving adds to normal time (attribute 7, daylight_savings_deviation).
   *
   * @return minutes
   */
  default int daylightSavingDeviation() {
    return EuropeanSummerTime.DEVIATION_MINUTES;
  }

  /**
   * When daylight saving begins this year (attribute 5): 02:00 on the last Sunday of March, as the
   * clock shows it just before, without the daylight mark. The same whether it is enabled or not.
   *
   * @return date and time
   */
  default MeterTime daylightSavingBegin() {
    long begin = EuropeanSummerTime.begin(EuropeanSummerTime.year(normalTime()));
    return new MeterTime(dateTime(begin), false);
  }

  /**
   * When daylight saving ends this year (attribute 6): 03:00 on the last Sunday of October, as the
   * clock shows it just before, with the daylight mark. The same whether it is enabled or not.
   *
   * @return date and time
   */
  default MeterTime daylightSavingEnd() {
    long end = EuropeanSummerTime.end(EuropeanSummerTime.year(normalTime()));
    return new MeterTime(dateTime(end + 60L * daylightSavingDeviation()), true);
  }

  /**
   * The time now as the meter shows it (attribute 2, time).
   *
   * @return date and time, with daylight saving added in its season if it is enabled
   */
  default MeterTime time() {
    return display(normalTime());
  }

  /**
   * How the meter shows any instant, the time stamp of a logger's row for instance.
   *
   * @param normalTime seconds of normal time, as in {@link #normalTime()}
   * @return date and time, with daylight saving added in its season if it is enabled
   */
  default MeterTime display(long normalTime) {
    boolean daylight = daylightSavingEnabled() && EuropeanSummerTime.isDaylight(normalTime);
    long shown = daylight ? normalTime + 60L * daylightSavingDeviation() : normalTime;
    return new MeterTime(dateTime(shown), daylight);
  }

  /**
   * The instant that a date and time with its daylight mark names. The mark decides, in and out of
   * season: whoever sets it has added daylight saving, whoever clears it has not.
   *
   * @param time date and time
   * @return seconds of normal time, as in {@link #normalTime()}; a fraction of a second is dropped
   */
  default long normalTimeOf(MeterTime time) {
    long shown = time.dateTime().toEpochSecond(ZoneOffset.UTC);
    return time.daylight() ? shown - 60L * daylightSavingDeviation() : shown;
  }

  /**
   * Whether the time is to be believed (bit 0 of the clock status, seen from the other side).
   *
   * @return false if the clock stood still without mains and backup and has not been set since;
   *     true unless a meter says otherwise
   */
  default boolean isValid() {
    return true;
  }

  private static LocalDateTime dateTime(long seconds) {
    return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
  }
}
