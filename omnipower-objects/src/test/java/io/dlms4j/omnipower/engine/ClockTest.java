package io.dlms4j.omnipower.engine;

import static io.dlms4j.omnipower.engine.TimeBench.DAY;
import static io.dlms4j.omnipower.engine.TimeBench.HOUR;
import static io.dlms4j.omnipower.engine.TimeBench.at;
import static io.dlms4j.omnipower.engine.TimeBench.threePhase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.backend.MeterTimes;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.DaylightSavingTable;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.configuration.MeterSettingsBuilder;
import io.dlms4j.omnipower.engine.clock.RealTimeClock;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.time.LocalDateTime;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ClockTest {
  private static final long WINTER = at(2026, 1, 15, 0, 0);
  private static final Measurement NO_MAINS = Measurement.balanced(new Phase(0, 0, 0), 0);

  @Test
  void aStepIsExactlyOneSecondAndTheClockStartsWhereItWasSet() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    assertEquals(WINTER, meter.backend().clock().normalTime());
    meter.run(1);
    assertEquals(WINTER + 1, meter.backend().clock().normalTime());
    assertTrue(meter.backend().clock().isValid());
  }

  @Test
  void clk01TheTimeIsTwelveOctetsWithoutHundredthsAndDeviation() {
    TimeBench meter = TimeBench.of(threePhase(), at(2026, 7, 10, 12, 34));
    // 2026-07-10, Friday, 13:34:00, hundredths FF, deviation 8000, daylight saving.
    assertEquals(
        Octets.ofHex("07EA070A050D2200FF800080"),
        MeterTimes.encode(meter.backend().clock().time()));
  }

  @Test
  void clk02TheStatusHasTheMarkOfDaylightSavingOnly() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    MeterClock clock = meter.backend().clock();
    assertEquals(0, MeterTimes.toDateTime(clock.time()).clockStatus());
    meter.backend().setClock(at(2026, 7, 1, 0, 0));
    assertEquals(0x80, MeterTimes.toDateTime(clock.time()).clockStatus());
  }

  @Test
  void clk03WhatAClientSetsWithTheMarkIsWhatItReads() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    MeterClock clock = meter.backend().clock();
    for (MeterTime time :
        List.of(
            new MeterTime(LocalDateTime.of(2026, 7, 1, 12, 0), true),
            new MeterTime(LocalDateTime.of(2026, 10, 25, 2, 30), true),
            new MeterTime(LocalDateTime.of(2026, 10, 25, 2, 30), false),
            new MeterTime(LocalDateTime.of(2026, 12, 1, 12, 0), false))) {
      CosemDateTime written = MeterTimes.toDateTime(time);
      long normal = MeterTimes.toNormalTime(clock, written).orElseThrow();
      assertEquals(DataAccessResult.SUCCESS, meter.backend().setClock(normal));
      assertEquals(time, clock.time());
    }
  }

  @Test
  void clk04BeginAndEndFollowTheYearAndTheSwitchDoesNotMoveThem() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    MeterClock clock = meter.backend().clock();
    MeterTime begin = new MeterTime(LocalDateTime.of(2026, 3, 29, 2, 0), false);
    MeterTime end = new MeterTime(LocalDateTime.of(2026, 10, 25, 3, 0), true);
    assertEquals(begin, clock.daylightSavingBegin());
    assertEquals(end, clock.daylightSavingEnd());
    assertEquals(60, clock.daylightSavingDeviation());
    meter.backend().setDaylightSavingEnabled(false);
    assertFalse(clock.daylightSavingEnabled());
    assertEquals(begin, clock.daylightSavingBegin());
    assertEquals(end, clock.daylightSavingEnd());
    meter.backend().setClock(at(2027, 1, 1, 0, 0));
    assertEquals(LocalDateTime.of(2027, 3, 28, 2, 0), clock.daylightSavingBegin().dateTime());
  }

  @Test
  void clk04TheSwitchOutlivesPowerAndIsTheDaylightSavingConfigToo() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    assertEquals(1, meter.number("DaylightSavingConfig"));
    assertEquals(DataAccessResult.SUCCESS, meter.write("DaylightSavingConfig", 0));
    meter.restart(WINTER + 10);
    assertFalse(meter.backend().clock().daylightSavingEnabled());
    assertEquals(0, meter.number("DaylightSavingConfig"));
    meter.backend().setDaylightSavingEnabled(true);
    assertEquals(1, meter.number("DaylightSavingConfig"));
    assertEquals(DataAccessResult.OTHER_REASON, meter.write("DaylightSavingConfig", 2));
    assertEquals(1, meter.number("DaylightSavingConfig"));
    MeterSettingsBuilder ordered = threePhase().daylightSaving(false);
    assertEquals(0, TimeBench.of(ordered, WINTER).number("DaylightSavingConfig"));
  }

  @Test
  void clk04InFinlandSummerTimeComesAtTheSameInstantOneHourLaterByTheClock() {
    TimeBench meter = TimeBench.of(threePhase().hoursFromGreenwich(2), at(2026, 3, 29, 2, 59) + 59);
    MeterClock clock = meter.backend().clock();
    assertEquals(
        new MeterTime(LocalDateTime.of(2026, 3, 29, 3, 0), false), clock.daylightSavingBegin());
    assertEquals(
        new MeterTime(LocalDateTime.of(2026, 10, 25, 4, 0), true), clock.daylightSavingEnd());
    assertEquals(new MeterTime(LocalDateTime.of(2026, 3, 29, 2, 59, 59), false), clock.time());
    meter.run(1);
    assertEquals(new MeterTime(LocalDateTime.of(2026, 3, 29, 4, 0), true), clock.time());
    MeterTime twice = new MeterTime(LocalDateTime.of(2026, 10, 25, 3, 30), false);
    assertEquals(twice, clock.display(at(2026, 10, 25, 3, 30)));
    assertEquals(new MeterTime(twice.dateTime(), true), clock.display(at(2026, 10, 25, 2, 30)));
  }

  @Test
  void clk05ATableTakesTheEuropeanRulesPlace() {
    DaylightSavingTable table =
        new DaylightSavingTable(
            List.of(
                new DaylightSavingTable.Season(
                    LocalDateTime.of(2026, 10, 4, 2, 0), LocalDateTime.of(2026, 4, 5, 3, 0))));
    TimeBench meter =
        TimeBench.of(threePhase().daylightSavingTable(table), at(2026, 10, 4, 1, 59) + 59);
    MeterClock clock = meter.backend().clock();
    assertEquals(1, meter.number("SouthernHemisphere"));
    assertEquals(
        new MeterTime(LocalDateTime.of(2026, 10, 4, 2, 0), false), clock.daylightSavingBegin());
    assertEquals(
        new MeterTime(LocalDateTime.of(2026, 4, 5, 3, 0), true), clock.daylightSavingEnd());
    assertEquals(new MeterTime(LocalDateTime.of(2026, 10, 4, 1, 59, 59), false), clock.time());
    meter.run(1);
    assertEquals(new MeterTime(LocalDateTime.of(2026, 10, 4, 3, 0), true), clock.time());
    meter.backend().setClock(at(2027, 11, 1, 12, 0));
    assertEquals(new MeterTime(LocalDateTime.of(2027, 11, 1, 12, 0), false), clock.time());
    assertEquals(clock.daylightSavingBegin().dateTime(), LocalDateTime.of(2027, 1, 1, 0, 0));
    assertEquals(0, TimeBench.of(threePhase(), WINTER).number("SouthernHemisphere"));
  }

  @Test
  void clk06DaylightSavingChangesWhatIsShownAndNothingInside() {
    long start = at(2026, 3, 29, 1, 0);
    TimeBench meter = TimeBench.of(threePhase(), start);
    meter.run(2 * HOUR);
    MeterClock clock = meter.backend().clock();
    assertEquals(start + 2 * HOUR, clock.normalTime());
    assertEquals(new MeterTime(LocalDateTime.of(2026, 3, 29, 4, 0), true), clock.time());
    meter.backend().setDaylightSavingEnabled(false);
    assertEquals(new MeterTime(LocalDateTime.of(2026, 3, 29, 3, 0), false), clock.time());
    assertEquals(start + 2 * HOUR, clock.normalTime());
  }

  @Test
  void clk09TheClockIsSetForthAndBackAndTheWorldGoesOnAsItDid() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    for (long time : new long[] {WINTER + 40 * DAY, WINTER - 40 * DAY, WINTER}) {
      assertEquals(DataAccessResult.SUCCESS, meter.backend().setClock(time));
      assertEquals(time, meter.backend().clock().normalTime());
      meter.run(10);
      assertEquals(time + 10, meter.backend().clock().normalTime());
    }
    assertEquals(WINTER + 30, meter.backend().worldTime());
  }

  @Test
  void clk09ASourceIsAskedForTheTimeOfTheWorldWhateverTheClockIsSetTo() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    long[] next = {WINTER};
    for (long time : new long[] {WINTER, WINTER + DAY, WINTER - DAY}) {
      meter.backend().setClock(time);
      meter
          .backend()
          .run(
              second -> {
                assertEquals(next[0]++, second);
                return TimeBench.LOAD;
              },
              1_000);
    }
    assertEquals(WINTER + 3_000, next[0]);
  }

  @Test
  void clk09ATimeOfAnotherCenturyIsRefusedAndNothingChanges() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    for (long time :
        new long[] {
          Long.MIN_VALUE,
          0,
          at(1999, 12, 31, 23, 59) + 59,
          at(2100, 1, 1, 0, 0),
          1L << 32,
          Long.MAX_VALUE
        }) {
      assertEquals(DataAccessResult.OTHER_REASON, meter.backend().setClock(time));
      assertEquals(WINTER, meter.backend().clock().normalTime());
    }
    assertEquals(DataAccessResult.SUCCESS, meter.backend().setClock(RealTimeClock.EARLIEST));
    assertEquals(at(2000, 1, 1, 0, 0), meter.backend().clock().normalTime());
    assertEquals(DataAccessResult.SUCCESS, meter.backend().setClock(RealTimeClock.LATEST));
    assertEquals(at(2099, 12, 31, 23, 59) + 59, meter.backend().clock().normalTime());
  }

  @Test
  void startsThatNoMeterHasAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> TimeBench.of(threePhase(), -1));
    assertThrows(
        IllegalArgumentException.class, () -> TimeBench.of(threePhase(), at(2100, 1, 1, 0, 0)));
  }

  @Test
  void clk10TheSupercapacitorCarriesTheClockForSevenDaysToTheSecond() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    meter.restart(WINTER + 7 * DAY);
    assertTrue(meter.backend().clock().isValid());
    assertEquals(WINTER + 7 * DAY, meter.backend().clock().normalTime());
    meter.run(1);
    meter.restart(WINTER + 14 * DAY + 1);
    assertTrue(meter.backend().clock().isValid());
    assertEquals(WINTER + 14 * DAY + 1, meter.backend().clock().normalTime());
    meter.run(1);
    meter.restart(WINTER + 21 * DAY + 3);
    assertFalse(meter.backend().clock().isValid());
    assertEquals(WINTER + 21 * DAY + 2, meter.backend().clock().normalTime());
  }

  @Test
  void clk10AClockWhoseBackupIsUsedUpStandsAndIsInvalidUntilItIsSet() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    meter.restart(WINTER + 100 * DAY);
    long stood = WINTER + 7 * DAY;
    assertEquals(stood, meter.backend().clock().normalTime());
    meter.run(60);
    meter.restart(WINTER + 100 * DAY + 60);
    assertEquals(stood + 60, meter.backend().clock().normalTime());
    assertFalse(meter.backend().clock().isValid());
    // Refused, so as invalid as before.
    meter.backend().setClock(-1);
    assertFalse(meter.backend().clock().isValid());
    meter.backend().setClock(stood + 60);
    assertTrue(meter.backend().clock().isValid());
  }

  @Test
  void clk10ABatteryCarriesTheClockForYearsAndIsNotFullAgain() {
    TimeBench meter = TimeBench.of(threePhase().batteryBackup(true), WINTER);
    long sixYears = 6 * 365L * DAY;
    meter.restart(WINTER + sixYears);
    assertTrue(meter.backend().clock().isValid());
    assertEquals(WINTER + sixYears, meter.backend().clock().normalTime());
    meter.run(DAY);
    meter.restart(WINTER + DAY + 2 * sixYears);
    assertFalse(meter.backend().clock().isValid());
    assertEquals(WINTER + DAY + 10 * 365L * DAY, meter.backend().clock().normalTime());
  }

  @Test
  void clk10AClockThatWasWrongWhenPowerWentIsAsWrongWhenItComesBack() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    meter.backend().setClock(WINTER - HOUR);
    meter.restart(WINTER + DAY);
    assertEquals(WINTER + DAY - HOUR, meter.backend().clock().normalTime());
    assertEquals(WINTER + DAY, meter.backend().worldTime());
  }

  @Test
  void aMeterThatRanAheadOfTheWorldGoesOnWhereItWas() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    meter.run(DAY);
    meter.restart(WINTER + HOUR);
    assertEquals(WINTER + DAY, meter.backend().clock().normalTime());
    assertEquals(WINTER + HOUR, meter.backend().worldTime());
    assertTrue(meter.backend().clock().isValid());
  }

  @Test
  void clk11HoursAreCountedToTheSecondWhateverTheClockIsSetTo() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    meter.run(HOUR - 1);
    assertEquals(0, meter.number("HourCounter"));
    meter.backend().setClock(WINTER + 30 * DAY);
    meter.restart(WINTER + DAY);
    meter.run(1);
    assertEquals(1, meter.number("HourCounter"));
    for (MeterVariant variant : MeterVariant.values()) {
      assertEquals(0, TimeBench.of(MeterSettings.of(variant), WINTER).number("HourCounter"));
    }
  }

  @Test
  void clk10AMeterThatIsLeftWithoutMainsStopsItsClockAfterSevenDaysAndGoesOnWithThem() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    meter.run(HOUR);
    meter.backend().run(second -> NO_MAINS, 7 * DAY);
    assertTrue(meter.backend().clock().isValid());
    meter.backend().run(second -> NO_MAINS, DAY);
    assertFalse(meter.backend().clock().isValid());
    long stood = meter.backend().clock().normalTime();
    // An outage begins with its second second (CLK-13), and the clock hears of it in the next one.
    assertEquals(WINTER + HOUR + 7 * DAY + 2, stood);
    assertEquals(WINTER + HOUR + 8 * DAY, meter.backend().worldTime());
    meter.run(60);
    assertFalse(meter.backend().clock().isValid());
    assertEquals(stood + 59, meter.backend().clock().normalTime());
    assertEquals(WINTER + HOUR + 8 * DAY + 60, meter.backend().worldTime());
  }

  @Test
  void clk11TimeWithoutMainsIsNotCounted() {
    TimeBench meter = TimeBench.of(threePhase(), WINTER);
    meter.run(HOUR);
    meter.backend().run(second -> NO_MAINS, 5 * HOUR);
    assertEquals(1, meter.number("HourCounter"));
    meter.run(HOUR);
    assertEquals(2, meter.number("HourCounter"));
  }

  @Property(tries = 50)
  void clk09ClockSetForthAndBackAtRandomNeverBreaksAMeterWithPlans(
      @ForAll @Size(max = 20)
          List<@LongRange(min = 946_684_800L, max = 4_102_444_799L) Long> times) {
    MeterSettingsBuilder settings =
        threePhase().tariffControl(3).tariffPlans(PlanSamples.fourSeasons());
    TimeBench meter = TimeBench.of(settings, WINTER);
    long seconds = 0;
    for (long time : times) {
      assertEquals(DataAccessResult.SUCCESS, meter.backend().setClock(time));
      assertEquals(PlanSamples.tariff(meter.backend().clock()), meter.number("ActualTariff"));
      meter.run(5);
      seconds += 5;
      assertEquals(time + 5, meter.backend().clock().normalTime());
      assertEquals(WINTER + seconds, meter.backend().worldTime());
    }
  }
}
