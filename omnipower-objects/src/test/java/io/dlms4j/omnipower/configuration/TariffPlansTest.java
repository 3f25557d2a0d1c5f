package io.dlms4j.omnipower.configuration;

import static io.dlms4j.omnipower.configuration.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dlms4j.omnipower.configuration.DayPlan.Shift;
import io.dlms4j.omnipower.configuration.SeasonPlan.DayType;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TariffPlansTest {
  private static final SeasonPlan FLAT = SeasonPlan.of(DayPlan.allDay(1));

  @Test
  void tar07ThreePlansFitAndFourDoNot() {
    TariffPlans.Builder plans = TariffPlans.builder();
    for (int i = 0; i < 3; i++) {
      plans.plan(TariffPlan.named("plan " + i).season(FLAT).build());
    }
    assertEquals(3, plans.build().plans().size());
    plans.plan(TariffPlan.named("one more").season(FLAT).build());
    refused("4 plans are more than the 3", plans::build);
  }

  @Test
  void tar08FourSeasonsAndEightShiftsAYearFitAndMoreDoNot() {
    TariffPlan.Builder plan = TariffPlan.named("");
    refused("1 to 4 seasons, not 0", plan::build);
    for (int season = 1; season <= 4; season++) {
      plan.season(FLAT);
    }
    for (int shift = 1; shift <= 8; shift++) {
      plan.from(MonthDay.of(shift, 15), 1 + shift % 4);
    }
    assertEquals(8, plan.build().shifts().size());
    refused("9 shifts of season are more than the 8", plan.from(MonthDay.of(9, 1), 1)::build);
    TariffPlan.Builder five = TariffPlan.named("");
    for (int season = 1; season <= 5; season++) {
      five.season(FLAT).from(MonthDay.of(season, 1), season);
    }
    refused("not 5", five::build);
  }

  @Test
  void tar08TheLastSeasonOfAYearGoesOnIntoTheNext() {
    TariffPlan plan =
        TariffPlan.named("")
            .season(FLAT)
            .season(FLAT)
            .from(MonthDay.of(10, 1), 2)
            .from(MonthDay.of(4, 1), 1)
            .build();
    assertEquals(2, plan.season(LocalDate.of(2026, 1, 1)));
    assertEquals(2, plan.season(LocalDate.of(2026, 3, 31)));
    assertEquals(1, plan.season(LocalDate.of(2026, 4, 1)));
    assertEquals(1, plan.season(LocalDate.of(2026, 9, 30)));
    assertEquals(2, plan.season(LocalDate.of(2026, 10, 1)));
    assertEquals(1, TariffPlan.named("").season(FLAT).build().season(LocalDate.of(2026, 5, 5)));
  }

  @Test
  void tar08SeasonsThatNeverComeOrComeTwiceAtOnceAreRefused() {
    TariffPlan.Builder plan = TariffPlan.named("").season(FLAT).season(FLAT);
    refused("season 1 never comes", plan::build);
    refused("season 2 never comes", plan.from(MonthDay.of(1, 1), 1)::build);
    refused("two seasons begin on", plan.from(MonthDay.of(1, 1), 2)::build);
    TariffPlan.Builder one = TariffPlan.named("").season(FLAT);
    refused("there is no season 2", one.from(MonthDay.of(2, 1), 2)::build);
    refused("not every year", () -> plan.from(MonthDay.of(2, 29), 1));
  }

  @Test
  void tar09EachTypeOfDaysHasItsPlanOnTheDaysOfTheWeekThatAreOfIt() {
    DayPlan working = DayPlan.allDay(1);
    DayPlan off = DayPlan.allDay(2);
    DayPlan holiday = DayPlan.allDay(3);
    SeasonPlan.Builder builder =
        SeasonPlan.builder().plan(DayType.WORKING, working).plan(DayType.NON_WORKING, off);
    SeasonPlan two = builder.build();
    SeasonPlan three =
        builder.plan(DayType.HOLIDAY, holiday).day(DayOfWeek.SUNDAY, DayType.HOLIDAY).build();
    for (SeasonPlan season : List.of(two, three)) {
      for (DayOfWeek day : DayOfWeek.values()) {
        DayPlan expected =
            switch (day) {
              case SATURDAY -> off;
              case SUNDAY -> season.equals(three) ? holiday : off;
              default -> working;
            };
        assertSame(expected, season.plan(day, false));
      }
    }
  }

  @Test
  void tar10AnExceptionDayHasThePlanOfHolidaysOrTheNearestToIt() {
    DayPlan working = DayPlan.allDay(1);
    DayPlan off = DayPlan.allDay(2);
    DayPlan holiday = DayPlan.allDay(3);
    SeasonPlan.Builder builder = SeasonPlan.builder().plan(DayType.WORKING, working);
    refused("SATURDAY is NON_WORKING, which has no plan", builder::build);
    builder.plan(DayType.NON_WORKING, off);
    assertSame(off, builder.build().plan(DayOfWeek.TUESDAY, true));
    assertSame(
        holiday, builder.plan(DayType.HOLIDAY, holiday).build().plan(DayOfWeek.TUESDAY, true));
    assertSame(working, SeasonPlan.of(working).plan(DayOfWeek.TUESDAY, true));
    refused("is of no type", () -> new SeasonPlan(Map.of(DayType.WORKING, working), Map.of()));
  }

  @Test
  void tar09TenShiftsADayFitAndElevenDoNot() {
    List<Shift> eleven =
        IntStream.range(0, 11)
            .mapToObj(i -> new Shift(LocalTime.of(i, 59 - i), 1 + i % 8))
            .toList();
    DayPlan ten = new DayPlan(eleven.subList(0, 10));
    assertEquals(1, ten.tariff(59));
    assertEquals(0, ten.tariff(58));
    assertEquals(59, ten.nextShift(58));
    assertEquals(60 + 58, ten.nextShift(59));
    assertEquals(1440, ten.nextShift(1439));
    refused("11 shifts are more than the 10", () -> new DayPlan(eleven));
  }

  @Test
  void tar09ShiftsBetweenMinutesOutOfOrderAndToNoTariffAreRefused() {
    Shift noon = new Shift(LocalTime.NOON, 1);
    refused("does not come after", () -> DayPlan.of(noon, noon));
    refused("not a whole minute", () -> new Shift(LocalTime.of(12, 0, 1), 1));
    refused("0 is not one of the tariffs", () -> new Shift(LocalTime.NOON, 0));
    refused("9 is not one of the tariffs", () -> new Shift(LocalTime.NOON, 9));
  }

  @Test
  void tar10TwoHundredDaysInTwentyYearsFitAndMoreDoNot() {
    LocalDate first = LocalDate.of(2026, 1, 1);
    TreeSet<LocalDate> days = new TreeSet<>();
    for (int i = 0; i < 199; i++) {
      days.add(first.plusDays(i * 30L));
    }
    days.add(first.plusYears(20));
    assertEquals(200, new TariffPlans(List.of(), "", days).exceptionDays().size());
    days.remove(first.plusYears(20));
    days.add(first.plusYears(20).plusDays(1));
    refused("more than 20 years after", () -> new TariffPlans(List.of(), "", days));
    days.add(first.plusDays(1));
    days.remove(first.plusYears(20).plusDays(1));
    days.add(first.plusDays(2));
    refused("201 exception days", () -> new TariffPlans(List.of(), "", Set.copyOf(days)));
  }

  @Test
  void textsThatNoObjectCanHoldAreRefused() {
    refused("info is not", () -> TariffPlan.named("\n").season(FLAT).build());
    refused("info is not", () -> TariffPlan.named("x".repeat(33)).season(FLAT).build());
    refused("exceptionDayInfo is not", TariffPlans.builder().exceptionDayInfo("é")::build);
  }
}
