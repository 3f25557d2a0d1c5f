package io.dlms4j.omnipower.engine.tariff;

import io.dlms4j.omnipower.configuration.DayPlan;
import io.dlms4j.omnipower.configuration.SeasonPlan;
import io.dlms4j.omnipower.configuration.TariffPlan;
import java.time.LocalDate;
import java.util.Set;

/**
 * Where a plan is at some time, and for how long.
 *
 * @param season the season in force, 1..4
 * @param tariff the tariff in force, 1..8; 0 for the default one
 * @param until the first second of which this does not tell: the next shift, or midnight
 */
record PlanPosition(int season, int tariff, long until) {
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int SECONDS_PER_MINUTE = 60;

  /**
   * Finds it.
   *
   * @param plan which plan
   * @param exceptionDays days with the tariffs of holidays
   * @param shown seconds since 1970 of the time that the clock shows
   */
  static PlanPosition of(TariffPlan plan, Set<LocalDate> exceptionDays, long shown) {
    long day = Math.floorDiv(shown, SECONDS_PER_DAY);
    int minute = (int) (shown - day * SECONDS_PER_DAY) / SECONDS_PER_MINUTE;
    LocalDate date = LocalDate.ofEpochDay(day);
    int season = plan.season(date);
    SeasonPlan days = plan.seasons().get(season - 1);
    DayPlan shifts = days.plan(date.getDayOfWeek(), exceptionDays.contains(date));
    return new PlanPosition(
        season,
        shifts.tariff(minute),
        day * SECONDS_PER_DAY + (long) shifts.nextShift(minute) * SECONDS_PER_MINUTE);
  }
}
