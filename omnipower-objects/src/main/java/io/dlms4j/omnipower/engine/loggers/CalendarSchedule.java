package io.dlms4j.omnipower.engine.loggers;

import java.time.LocalDate;
import java.util.function.Predicate;

/**
 * Ends at 00:00:00 of some days, each of which comes at least once in any 400 days, or never.
 *
 * @param isDay which days
 */
record CalendarSchedule(Predicate<LocalDate> isDay) implements Schedule {
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int YEAR_AND_MORE = 400;

  @Override
  public boolean endsAt(long now) {
    return Math.floorMod(now, SECONDS_PER_DAY) == 0
        && isDay.test(LocalDate.ofEpochDay(Math.floorDiv(now, SECONDS_PER_DAY)));
  }

  @Override
  public boolean endsWithin(long earlier, long later) {
    long day = Math.floorDiv(earlier, SECONDS_PER_DAY) + 1;
    long last = Math.min(Math.floorDiv(later, SECONDS_PER_DAY), day + YEAR_AND_MORE);
    while (day <= last && !isDay.test(LocalDate.ofEpochDay(day))) {
      day++;
    }
    return day <= last;
  }
}
