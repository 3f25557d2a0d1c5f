package io.dlms4j.omnipower.engine.tariff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.DayPlan;
import io.dlms4j.omnipower.configuration.DayPlan.Shift;
import io.dlms4j.omnipower.configuration.DaylightSavingTable;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.configuration.MeterSettingsBuilder;
import io.dlms4j.omnipower.configuration.SeasonPlan;
import io.dlms4j.omnipower.configuration.SeasonPlan.DayType;
import io.dlms4j.omnipower.configuration.TariffPlan;
import io.dlms4j.omnipower.configuration.TariffPlans;
import io.dlms4j.omnipower.engine.clock.RealTimeClock;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PlanFollowerTest {
  private static final int MINUTES = 400 * 24 * 60;

  @Property(tries = 8)
  void tar09WhatIsPrecomputedIsWhatEachMinuteOfRandomPlansAndYearsSays(
      @ForAll long seed, @ForAll @IntRange(min = 2001, max = 2096) int year) {
    Random random = new Random(seed);
    MeterSettingsBuilder settings = MeterSettings.of(MeterVariant.THREE_PHASE);
    if (random.nextBoolean()) {
      settings.daylightSavingTable(table(random, year));
    }
    TariffPlans plans = TariffPlans.builder().plan(plan(random)).plan(plan(random)).build();
    plans = new TariffPlans(plans.plans(), "", exceptionDays(random, year));
    RealTimeClock clock = new RealTimeClock(settings.build(), new PermanentMemory());
    int[] asked = new int[1];
    PlanFollower follower = new PlanFollower(plans, counting(clock, asked));
    long start = LocalDateTime.of(year, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    clock.start(start);
    for (int minute = 0; minute < MINUTES; minute++) {
      long time = start + 60L * minute;
      assertMinute(plans, clock, time, Objects.requireNonNull(follower.at(2, time)));
    }
    // Eleven positions a day at most, the clock asked twice for each, and searches for four
    // changes.
    assertTrue(asked[0] < 400 * 11 * 2 + 4 * 20, asked[0] + " times asked");
  }

  @Property(tries = 50)
  void tar09ATimeThatJumpsIsFollowedAtOnce(@ForAll long seed) {
    Random random = new Random(seed);
    TariffPlans plans = TariffPlans.builder().plan(plan(random)).build();
    RealTimeClock clock =
        new RealTimeClock(
            MeterSettings.of(MeterVariant.THREE_PHASE).build(), new PermanentMemory());
    clock.start(RealTimeClock.EARLIEST);
    PlanFollower follower = new PlanFollower(plans, clock);
    for (int i = 0; i < 500; i++) {
      long time =
          RealTimeClock.EARLIEST + Math.floorMod(random.nextLong(), 90 * 365 * 86_400L) / 60 * 60;
      clock.setDaylightSavingEnabled(random.nextBoolean());
      assertMinute(plans, clock, time, Objects.requireNonNull(follower.at(1, time)));
    }
  }

  @Test
  void tar07APlanThatThereIsNotHasNoPosition() {
    RealTimeClock clock =
        new RealTimeClock(
            MeterSettings.of(MeterVariant.THREE_PHASE).build(), new PermanentMemory());
    assertEquals(null, new PlanFollower(TariffPlans.none(), clock).at(1, 0));
  }

  private static MeterClock counting(RealTimeClock clock, int[] asked) {
    return new MeterClock() {
      @Override
      public long normalTime() {
        return clock.normalTime();
      }

      @Override
      public boolean daylightSavingEnabled() {
        return clock.daylightSavingEnabled();
      }

      @Override
      public MeterTime display(long normalTime) {
        asked[0]++;
        return clock.display(normalTime);
      }
    };
  }

  /** Tells in the plainest way what a plan says of a minute. */
  private static void assertMinute(
      TariffPlans plans, RealTimeClock clock, long time, PlanPosition position) {
    LocalDateTime shown = clock.display(time).dateTime();
    LocalDate date = shown.toLocalDate();
    TariffPlan plan = plans.plans().get(plans.plans().size() - 1);
    int season = seasonOf(plan, date);
    SeasonPlan days = plan.seasons().get(season - 1);
    DayPlan shifts =
        plans.exceptionDays().contains(date)
            ? days.days().get(DayType.HOLIDAY)
            : days.days().get(days.week().get(date.getDayOfWeek()));
    int tariff = 0;
    for (Shift shift : Objects.requireNonNull(shifts).shifts()) {
      tariff = shift.from().isAfter(shown.toLocalTime()) ? tariff : shift.tariff();
    }
    assertEquals(tariff, position.tariff(), shown::toString);
    assertEquals(season, position.season(), shown::toString);
    assertTrue(position.until() > time);
  }

  /** The season that began last, in this year or the one before. */
  private static int seasonOf(TariffPlan plan, LocalDate date) {
    int today = 100 * date.getMonthValue() + date.getDayOfMonth();
    int last = 0;
    int season = 0;
    for (TariffPlan.SeasonShift shift : plan.shifts()) {
      int begin = 100 * shift.from().getMonthValue() + shift.from().getDayOfMonth();
      // Those that are still to come this year came last year, before all others.
      int came = begin <= today ? 10_000 + begin : begin;
      if (came > last) {
        last = came;
        season = shift.season();
      }
    }
    return season;
  }

  private static TariffPlan plan(Random random) {
    TariffPlan.Builder plan = TariffPlan.named("random");
    int seasons = 1 + random.nextInt(4);
    TreeSet<Integer> days = new TreeSet<>();
    while (days.size() < 8) {
      days.add(1 + random.nextInt(365));
    }
    for (int season = 1; season <= seasons; season++) {
      plan.season(season(random));
    }
    int next = 0;
    for (int day : days) {
      // 2026 has no leap day.
      plan.from(MonthDay.from(LocalDate.ofYearDay(2026, day)), 1 + next++ % seasons);
    }
    return plan.build();
  }

  private static SeasonPlan season(Random random) {
    SeasonPlan.Builder season = SeasonPlan.builder();
    for (DayType type : DayType.values()) {
      TreeSet<Integer> minutes = new TreeSet<>();
      int count = random.nextInt(11);
      while (minutes.size() < count) {
        // Many of them in the hours that daylight saving leaves out or has twice.
        minutes.add(random.nextBoolean() ? 60 + random.nextInt(180) : random.nextInt(1440));
      }
      List<Shift> shifts = new ArrayList<>();
      for (int minute : minutes) {
        shifts.add(new Shift(LocalTime.of(minute / 60, minute % 60), 1 + random.nextInt(8)));
      }
      season.plan(type, new DayPlan(shifts));
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      season.day(day, List.of(DayType.values()).get(random.nextInt(3)));
    }
    return season.build();
  }

  private static Set<LocalDate> exceptionDays(Random random, int year) {
    TreeSet<LocalDate> days = new TreeSet<>();
    while (days.size() < 200) {
      days.add(LocalDate.of(year, 1, 1).plusDays(random.nextInt(20 * 365)));
    }
    return days;
  }

  private static DaylightSavingTable table(Random random, int year) {
    List<DaylightSavingTable.Season> seasons = new ArrayList<>();
    boolean southern = random.nextBoolean();
    for (int y = year; y < year + 3; y++) {
      LocalDateTime spring = LocalDateTime.of(y, 3, 1, 0, 0).plusMinutes(random.nextInt(90_000));
      LocalDateTime autumn = LocalDateTime.of(y, 9, 1, 0, 0).plusMinutes(random.nextInt(90_000));
      seasons.add(
          new DaylightSavingTable.Season(southern ? autumn : spring, southern ? spring : autumn));
    }
    return new DaylightSavingTable(seasons);
  }
}
