package io.dlms4j.omnipower.backend;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * When daylight saving time begins and ends by directive 2000/84/EC, seen from a zone whose normal
 * time is one hour ahead of UTC: the last Sundays of March and October, both at 02:00 normal time.
 *
 * <p>A pure calculation for any year; nothing is stored.
 */
final class EuropeanSummerTime {
  /** What daylight saving adds to normal time, in minutes. */
  static final int DEVIATION_MINUTES = 60;

  private static final int SECONDS_PER_DAY = 86_400;
  private static final int SWITCH_SECOND_OF_DAY = 2 * 3_600;

  private EuropeanSummerTime() {}

  /** The first second of daylight saving in a year, in seconds of normal time. */
  static long begin(int year) {
    return lastSunday(year, Month.MARCH);
  }

  /** The first second after daylight saving in a year, in seconds of normal time. */
  static long end(int year) {
    return lastSunday(year, Month.OCTOBER);
  }

  static boolean isDaylight(long normalTime) {
    int year = year(normalTime);
    return normalTime >= begin(year) && normalTime < end(year);
  }

  static int year(long normalTime) {
    return LocalDate.ofEpochDay(Math.floorDiv(normalTime, SECONDS_PER_DAY)).getYear();
  }

  private static long lastSunday(int year, Month month) {
    return LocalDate.of(year, month, 1)
            .with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY))
            .atStartOfDay()
            .toEpochSecond(ZoneOffset.UTC)
        + SWITCH_SECOND_OF_DAY;
  }
}
