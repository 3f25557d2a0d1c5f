package io.dlms4j.server.push;

import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.cosem.classes.CommunicationWindow;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * When communication windows are open (Blue Book 4.4.8). What is not specified in a date-time
 * stands for whatever it is now, so that 01:00 to 03:00 of no date is a window every night; one
 * that ends before it begins goes over midnight.
 */
final class Windows {
  /** How far ahead an opening is looked for. */
  static final Duration HORIZON = Duration.ofDays(31);

  private Windows() {}

  /** Whether a local time is from the start of a window on, and before its end. */
  static boolean isOpen(CommunicationWindow window, LocalDateTime time) {
    CosemDateTime start = window.startTime();
    CosemDateTime end = window.endTime();
    boolean ofStart = fits(start.date(), time);
    boolean ofEnd = fits(end.date(), time);
    long from = at(start, time);
    long until = at(end, time);
    long now = key(time.getYear(), time.getMonthValue(), time.getDayOfMonth(), time);
    boolean overMidnight = until < from && hasNoDay(start.date()) && hasNoDay(end.date());
    return overMidnight
        ? (ofStart && now >= from) || (ofEnd && now < until)
        : ofStart && ofEnd && now >= from && now < until;
  }

  /**
   * How long until one of several windows is open.
   *
   * @param windows the windows; none is always
   * @param time local time
   * @return zero if one is open; a month if none opens in a month, and it has to be asked again
   */
  static Duration untilOpen(List<CommunicationWindow> windows, LocalDateTime time) {
    if (windows.isEmpty() || isOpen(windows, time)) {
      return Duration.ZERO;
    }
    // By the minute, and then by the second back to the first that is in it.
    LocalDateTime at = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
    LocalDateTime last = time.plus(HORIZON);
    while (!isOpen(windows, at)) {
      at = at.plusMinutes(1);
      if (at.isAfter(last)) {
        return HORIZON;
      }
    }
    while (at.minusSeconds(1).isAfter(time) && isOpen(windows, at.minusSeconds(1))) {
      at = at.minusSeconds(1);
    }
    return Duration.between(time, at);
  }

  private static boolean isOpen(List<CommunicationWindow> windows, LocalDateTime time) {
    return windows.stream().anyMatch(window -> isOpen(window, time));
  }

  private static boolean hasNoDay(CosemDate date) {
    return date.year() == CosemDate.YEAR_NOT_SPECIFIED
        && date.month() == CosemDate.NOT_SPECIFIED
        && date.dayOfMonth() == CosemDate.NOT_SPECIFIED;
  }

  /** A day of the month says all; the day of the week beside it is no more than its name. */
  private static boolean fits(CosemDate date, LocalDateTime time) {
    return date.dayOfMonth() != CosemDate.NOT_SPECIFIED
        || date.dayOfWeek() == CosemDate.NOT_SPECIFIED
        || date.dayOfWeek() == time.getDayOfWeek().getValue();
  }

  /** The date-time with what it does not specify taken from a time, to be compared with others. */
  private static long at(CosemDateTime pattern, LocalDateTime time) {
    CosemDate date = pattern.date();
    CosemTime clock = pattern.time();
    int lastDay = time.toLocalDate().lengthOfMonth();
    int day =
        switch (date.dayOfMonth()) {
          case CosemDate.NOT_SPECIFIED -> time.getDayOfMonth();
          case CosemDate.LAST_DAY -> lastDay;
          case CosemDate.SECOND_LAST_DAY -> lastDay - 1;
          default -> date.dayOfMonth();
        };
    return key(
            date.year() == CosemDate.YEAR_NOT_SPECIFIED ? time.getYear() : date.year(),
            date.month() > 12 ? time.getMonthValue() : date.month(),
            day,
            time.truncatedTo(ChronoUnit.DAYS))
        + 3600L * or(clock.hour(), time.getHour())
        + 60L * or(clock.minute(), time.getMinute())
        + or(clock.second(), time.getSecond());
  }

  private static int or(int field, int otherwise) {
    return field == CosemTime.NOT_SPECIFIED ? otherwise : field;
  }

  /** Seconds of a calendar whose months have 31 days: only their order counts. */
  private static long key(int year, int month, int day, LocalDateTime clock) {
    long days = (year * 12L + month) * 32 + day;
    return days * 86_400 + clock.toLocalTime().toSecondOfDay();
  }
}
