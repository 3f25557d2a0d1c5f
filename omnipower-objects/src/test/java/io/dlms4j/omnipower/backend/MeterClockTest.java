package io.dlms4j.omnipower.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MeterClockTest {
  private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
  private static final ZoneRules RULES = COPENHAGEN.getRules();
  private static final int NORMAL_OFFSET = 3_600;

  /** 1997-01-01 and 2400-01-01. */
  private static final long FIRST = 852_076_800L;

  private static final long LAST = 13_569_465_600L;

  @Test
  void clk04DaylightSavingBeginsAndEndsInEveryYearWhenItDoesInCopenhagen() {
    for (int year = 1997; year < 2400; year++) {
      Instant start = LocalDateTime.of(year, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);
      var begin = RULES.nextTransition(start);
      var end = RULES.nextTransition(begin.getInstant());
      assertEquals(begin.toEpochSecond() + NORMAL_OFFSET, EuropeanSummerTime.begin(year));
      assertEquals(end.toEpochSecond() + NORMAL_OFFSET, EuropeanSummerTime.end(year));
    }
  }

  @Test
  void clk04BeginAndEndAreThoseOfTheVendorsExample() {
    MeterClock clock = clock(normal(2013, 10, 9, 21, 19, 46), true);
    assertEquals(
        new MeterTime(LocalDateTime.of(2013, 3, 31, 2, 0), false), clock.daylightSavingBegin());
    assertEquals(
        new MeterTime(LocalDateTime.of(2013, 10, 27, 3, 0), true), clock.daylightSavingEnd());
    assertEquals(60, clock.daylightSavingDeviation());
  }

  @Test
  void clk04BeginAndEndAreThoseOfTheYearThatTheClockHasReached() {
    assertEquals(
        2024,
        clock(normal(2024, 12, 31, 23, 59, 59), true).daylightSavingEnd().dateTime().getYear());
    assertEquals(
        2025, clock(normal(2025, 1, 1, 0, 0, 0), true).daylightSavingEnd().dateTime().getYear());
  }

  @Test
  void amb09EverySecondAroundBothChangesIsDisplayedAsInCopenhagenAndNamesItsInstant() {
    for (int year : new int[] {2013, 2025, 2026, 2032}) {
      for (long change :
          new long[] {EuropeanSummerTime.begin(year), EuropeanSummerTime.end(year)}) {
        for (long time = change - 4_000; time < change + 4_000; time++) {
          assertDisplayedAsInCopenhagen(time);
        }
      }
    }
  }

  @Property(tries = 500)
  void amb09AnySecondIsDisplayedAsInCopenhagenAndNamesItsInstant(
      @ForAll @LongRange(min = FIRST, max = LAST) long time) {
    assertDisplayedAsInCopenhagen(time);
  }

  @Test
  void clk02TheLastSecondsBeforeAndTheFirstAfterAChangeCarryTheRightMark() {
    MeterClock clock = clock(0, true);
    assertEquals(
        new MeterTime(LocalDateTime.of(2026, 3, 29, 1, 59, 59), false),
        clock.display(normal(2026, 3, 29, 1, 59, 59)));
    assertEquals(
        new MeterTime(LocalDateTime.of(2026, 3, 29, 3, 0), true),
        clock.display(normal(2026, 3, 29, 2, 0, 0)));
    assertEquals(
        new MeterTime(LocalDateTime.of(2026, 10, 25, 2, 59, 59), true),
        clock.display(normal(2026, 10, 25, 1, 59, 59)));
    assertEquals(
        new MeterTime(LocalDateTime.of(2026, 10, 25, 2, 0), false),
        clock.display(normal(2026, 10, 25, 2, 0, 0)));
  }

  @Test
  void clk03TheMarkTellsTheTwoHoursOfAnAutumnNightApart() {
    MeterClock clock = clock(0, true);
    LocalDateTime twice = LocalDateTime.of(2026, 10, 25, 2, 30);
    assertEquals(normal(2026, 10, 25, 1, 30, 0), clock.normalTimeOf(new MeterTime(twice, true)));
    assertEquals(normal(2026, 10, 25, 2, 30, 0), clock.normalTimeOf(new MeterTime(twice, false)));
  }

  @Test
  void clk03TheMarkDecidesOutOfSeasonToo() {
    MeterClock clock = clock(0, true);
    LocalDateTime winter = LocalDateTime.of(2026, 1, 10, 12, 0);
    assertEquals(normal(2026, 1, 10, 11, 0, 0), clock.normalTimeOf(new MeterTime(winter, true)));
    LocalDateTime summer = LocalDateTime.of(2026, 7, 10, 12, 0);
    assertEquals(normal(2026, 7, 10, 12, 0, 0), clock.normalTimeOf(new MeterTime(summer, false)));
  }

  @Test
  void clk06WithoutDaylightSavingNormalTimeIsDisplayedAllYear() {
    MeterClock clock = clock(normal(2026, 7, 10, 12, 0, 0), false);
    assertEquals(new MeterTime(LocalDateTime.of(2026, 7, 10, 12, 0), false), clock.time());
    assertEquals(
        new MeterTime(LocalDateTime.of(2026, 3, 29, 2, 0), false), clock.daylightSavingBegin());
  }

  private static void assertDisplayedAsInCopenhagen(long time) {
    MeterClock clock = clock(time, true);
    ZonedDateTime expected = Instant.ofEpochSecond(time - NORMAL_OFFSET).atZone(COPENHAGEN);
    MeterTime shown = clock.time();
    assertEquals(expected.toLocalDateTime(), shown.dateTime());
    assertEquals(RULES.isDaylightSavings(expected.toInstant()), shown.daylight());
    assertEquals(time, clock.normalTimeOf(shown));
  }

  private static long normal(int year, int month, int day, int hour, int minute, int second) {
    return LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
  }

  private static MeterClock clock(long normalTime, boolean daylightSavingEnabled) {
    return new MeterClock() {
      @Override
      public long normalTime() {
        return normalTime;
      }

      @Override
      public boolean daylightSavingEnabled() {
        return daylightSavingEnabled;
      }
    };
  }
}
