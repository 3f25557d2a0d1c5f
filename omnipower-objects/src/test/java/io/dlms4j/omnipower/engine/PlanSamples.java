package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.configuration.DayPlan;
import io.dlms4j.omnipower.configuration.DayPlan.Shift;
import io.dlms4j.omnipower.configuration.SeasonPlan;
import io.dlms4j.omnipower.configuration.SeasonPlan.DayType;
import io.dlms4j.omnipower.configuration.TariffPlan;
import io.dlms4j.omnipower.configuration.TariffPlans;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;

/** A plan of four seasons, and what it amounts to, told in another way. */
final class PlanSamples {
  private PlanSamples() {}

  /**
   * Quarters of a year, whose working days have tariffs of the season by day and 8 by night, and 7
   * on days off; the 24th of December 2026 is an exception day.
   */
  static TariffPlans fourSeasons() {
    TariffPlan.Builder plan = TariffPlan.named("QUARTERS");
    for (int season = 1; season <= 4; season++) {
      plan.season(
          SeasonPlan.builder()
              .plan(
                  DayType.WORKING,
                  DayPlan.of(
                      new Shift(LocalTime.of(6, 30), season), new Shift(LocalTime.of(21, 0), 8)))
              .plan(DayType.NON_WORKING, DayPlan.allDay(7))
              .build());
      plan.from(MonthDay.of(3 * season - 2, 1), season);
    }
    return TariffPlans.builder()
        .plan(plan.build())
        .exceptionDayInfo("DK 2026")
        .exceptionDay(LocalDate.of(2026, 12, 24))
        .build();
  }

  /** The tariff of {@link #fourSeasons()} by what the clock shows. */
  static int tariff(MeterClock clock) {
    LocalDateTime shown = clock.time().dateTime();
    boolean off =
        shown.getDayOfWeek() == DayOfWeek.SATURDAY
            || shown.getDayOfWeek() == DayOfWeek.SUNDAY
            || shown.toLocalDate().equals(LocalDate.of(2026, 12, 24));
    if (off) {
      return 7;
    }
    int minute = shown.getHour() * 60 + shown.getMinute();
    return minute >= 21 * 60 ? 8 : minute >= 390 ? (shown.getMonthValue() + 2) / 3 : 1;
  }
}
