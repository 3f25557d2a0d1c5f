package io.dlms4j.omnipower.engine.loggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterTimes;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.DebitingInterval;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.bench.MeterBench;
import io.dlms4j.omnipower.measurement.Measurement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DebitingTest {
  private static final String BILLING = "Billing logger";
  private static final String BILLING_2 = "Billing logger 2";
  private static final Measurement LOAD = MeterBench.load(4_600);
  private static final long START = MeterBench.at(2025, 1, 15, 0, 0, 0);
  private static final long MISSING = 1 << 6;

  private static MeterBench meter(MeterSettings settings, long start) {
    return MeterBench.of(settings, start);
  }

  /** Steps over the seconds around each midnight only: the clock is set in between. */
  private static void nights(MeterBench meter, int count) {
    for (int i = 0; i < count; i++) {
      long midnight = Math.floorDiv(meter.now(), 86_400) * 86_400 + 86_400;
      meter.setClock(midnight - 2);
      meter.run(LOAD, 3);
    }
  }

  private static List<String> days(MeterBench meter, String logger) {
    return meter.times(logger).stream()
        .map(time -> LocalDate.ofEpochDay(time / 86_400).toString())
        .toList();
  }

  private static Stream<Arguments> schedules() {
    return Arrays.stream(DebitingInterval.values())
        .flatMap(
            interval ->
                IntStream.rangeClosed(1, Math.max(1, interval.months()))
                    .mapToObj(first -> Arguments.of(interval, first)));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void deb02StopsComeAtMidnightOfTheDebitingDayInEachMonthOfTheInterval(
      DebitingInterval interval, int first) {
    MeterBench meter =
        meter(
            MeterSettings.of(MeterVariant.THREE_PHASE)
                .debitingDay(28)
                .debitingInterval(interval)
                .debitingMonth(first)
                .build(),
            MeterBench.at(2023, 12, 30, 12, 0, 0));
    nights(meter, 740);
    List<String> expected = new ArrayList<>();
    for (int month = first; month <= 24 && interval != DebitingInterval.NONE; ) {
      int ofYear = (month - 1) % 12 + 1;
      expected.add(LocalDate.of(2024 + (month - 1) / 12, ofYear, 28).toString());
      month += interval.months();
    }
    assertEquals(expected, days(meter, BILLING));
    assertTrue(meter.times(BILLING).stream().allMatch(time -> time % 86_400 == 0));
    assertEquals(expected.size(), meter.read("BillingPeriodCnt"));
  }

  @Test
  void deb01ThirtySixRowsAreKeptAndTheOldestIsOverwritten() {
    MeterBench meter = meter(MeterBench.THREE_PHASE, START);
    assertEquals(36, meter.logger(BILLING).profileEntries());
    for (int i = 0; i < 40; i++) {
      meter.run(LOAD, 1);
      assertEquals(DataAccessResult.SUCCESS, meter.loggers.debitingStop());
    }
    assertEquals(36, meter.rowCount(BILLING));
    assertEquals(START + 5, meter.times(BILLING).get(0));
    assertEquals(START + 40, meter.last(BILLING).time());
  }

  @Test
  void deb01TheRowHasTheColumnsOfTable12WithTheValuesOfThatInstant() {
    MeterBench meter = meter(MeterBench.THREE_PHASE, START);
    meter.run(LOAD, 1_000);
    meter.loggers.debitingStop();
    List<String> columns = meter.columns(BILLING);
    assertEquals(42, columns.size());
    assertEquals(
        List.of("HourCounter:2", "BillingPeriodCnt:2", "PowerThresholdCnt:2", "PulseInput1:2"),
        columns.subList(4, 8));
    assertEquals(List.of(4_600L * 1_000 / 3_600), meter.column(BILLING, "A14:2"));
    assertEquals(List.of(4_600L), meter.column(BILLING, "P14_Max:2"));
    assertEquals(List.of(4_600L), meter.column(BILLING, "P14_Ex_Max_Tariff1:2"));
    assertEquals(
        CosemData.octetString(MeterTimes.encode(meter.clock.display(START + 900))),
        meter.last(BILLING).value(columns.indexOf("P14_Max:5")));
  }

  @Test
  void deb02AStopComesByCommandByMethodAndByAPulse() {
    MeterBench meter = meter(MeterBench.THREE_PHASE, START);
    meter.run(LOAD, 10);
    assertEquals(DataAccessResult.SUCCESS, meter.readings.write("Force Billing Stop", 1));
    meter.run(LOAD, 10);
    assertEquals(DataAccessResult.SUCCESS, meter.logger(BILLING).capture());
    meter.run(LOAD, 10);
    assertEquals(DataAccessResult.SUCCESS, meter.loggers.debitingStop());
    assertEquals(List.of(START + 10, START + 20, START + 30), meter.times(BILLING));
    assertEquals(DataAccessResult.OTHER_REASON, meter.readings.write("Force Billing Stop", 0));
    assertEquals(DataAccessResult.OTHER_REASON, meter.readings.write("Force Billing Stop", 2));
    assertEquals(3, meter.rowCount(BILLING));
  }

  @Test
  void deb02AMeterWithoutMainsMakesNoStop() {
    MeterBench meter = meter(MeterBench.THREE_PHASE, START);
    meter.run(MeterBench.DARK, 10);
    assertEquals(DataAccessResult.TEMPORARY_FAILURE, meter.loggers.debitingStop());
    assertEquals(0, meter.rowCount(BILLING));
    assertEquals(0, meter.read("BillingPeriodCnt"));
  }

  @Test
  void deb03AfterTheCapturePeaksAreResetAndAccumulatedAndThePeriodIsCounted() {
    MeterBench meter =
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).debitingDay(16).build(), START);
    meter.runUntil(LOAD, START + MeterBench.DAY);
    assertEquals(List.of(4_600L), meter.column(BILLING, "P14_Max:2"));
    assertEquals(List.of(0L), meter.column(BILLING, "P14_MaxAcc:2"));
    assertEquals(List.of(0L), meter.column(BILLING, "BillingPeriodCnt:2"));
    assertEquals(0, meter.read("P14_Max"));
    assertEquals(4_600, meter.read("P14_MaxAcc"));
    assertEquals(1, meter.read("BillingPeriodCnt"));
    meter.run(MeterBench.load(2_300), 900);
    meter.loggers.debitingStop();
    assertEquals(List.of(4_600L, 2_300L), meter.column(BILLING, "P14_Max:2"));
    assertEquals(List.of(0L, 4_600L), meter.column(BILLING, "P14_MaxAcc:2"));
    assertEquals(List.of(0L, 1L), meter.column(BILLING, "BillingPeriodCnt:2"));
    assertEquals(2, meter.afterPowerLoss(meter.now()).read("BillingPeriodCnt"));
  }

  @Test
  void deb03TheCounterOfPeriodsHasEightBits() {
    MeterBench meter = meter(MeterBench.THREE_PHASE, START);
    for (int i = 0; i < 257; i++) {
      meter.loggers.debitingStop();
    }
    assertEquals(1, meter.read("BillingPeriodCnt"));
  }

  @ParameterizedTest
  @CsvSource({"0, 14", "1, 2", "2, 1"})
  void deb04Logger2ComesAtMidnightOfEachDayMondayOrFirst(int interval, int rows) {
    // The 20th of January 2025 is a Monday.
    MeterBench meter =
        meter(
            MeterSettings.of(MeterVariant.THREE_PHASE).debiting2Interval(interval).build(),
            MeterBench.at(2025, 1, 26, 12, 0, 0));
    nights(meter, 14);
    assertEquals(rows, meter.rowCount(BILLING_2));
    if (interval == 1) {
      assertEquals(List.of("2025-01-27", "2025-02-03"), days(meter, BILLING_2));
    }
    if (interval == 2) {
      assertEquals(List.of("2025-02-01"), days(meter, BILLING_2));
    }
    assertEquals(1, meter.rowCount(BILLING), "logger 1 goes its own way, on the 1st");
  }

  @Test
  void deb04Logger2HasNoStopOnRequestAndResetsNoPeaks() {
    MeterBench meter = meter(MeterBench.THREE_PHASE, START);
    assertEquals(DataAccessResult.READ_WRITE_DENIED, meter.logger(BILLING_2).capture());
    meter.runUntil(LOAD, START + MeterBench.DAY);
    assertEquals(1, meter.rowCount(BILLING_2));
    assertEquals(4_600, meter.read("P14_Max"));
    assertEquals(0, meter.read("BillingPeriodCnt"));
  }

  @Test
  void deb04Logger2Keeps175Rows() {
    MeterBench meter = meter(MeterBench.THREE_PHASE, START);
    assertEquals(175, meter.logger(BILLING_2).profileEntries());
    nights(meter, 180);
    assertEquals(175, meter.rowCount(BILLING_2));
    assertEquals(START + 6L * MeterBench.DAY, meter.times(BILLING_2).get(0));
  }

  @Test
  void deb04TheIntervalOfLogger2MayBeWritten() {
    MeterBench meter = meter(MeterBench.THREE_PHASE, START);
    assertEquals(DataAccessResult.SUCCESS, meter.readings.write("LogInterval_DebitLog2", 2));
    assertEquals(DataAccessResult.OTHER_REASON, meter.readings.write("LogInterval_DebitLog2", 3));
    assertEquals(2, meter.read("LogInterval_DebitLog2"));
    meter.runUntil(LOAD, START + 3L * MeterBench.DAY);
    assertEquals(0, meter.rowCount(BILLING_2));
    meter.setClock(MeterBench.at(2025, 1, 31, 23, 59, 58));
    meter.run(LOAD, 2);
    assertEquals(List.of(1L << 8), meter.statuses(BILLING_2), "no first of a month is missing");
    assertEquals(2, meter.afterPowerLoss(meter.now()).read("LogInterval_DebitLog2"));
  }

  @Test
  void deb05TheTransformerRatioIsCapturedByMetersThatHaveOne() {
    String ratio = "Trafo ratio current numerator:2";
    assertFalse(meter(MeterBench.THREE_PHASE, START).columns(BILLING).contains(ratio));
    assertTrue(
        meter(MeterSettings.of(MeterVariant.CT).build(), START).columns(BILLING).contains(ratio));
  }

  @Test
  void log02AStopThatAnOutageHasEatenIsNotMadeUpForAndTheNextRowSaysSo() {
    MeterBench meter =
        meter(
            MeterSettings.of(MeterVariant.THREE_PHASE).debitingDay(16).build(),
            START + MeterBench.DAY - 100);
    meter.run(LOAD, 50);
    meter.run(MeterBench.DARK, 100);
    meter.run(LOAD, 50);
    assertEquals(0, meter.rowCount(BILLING));
    meter.loggers.debitingStop();
    assertEquals(List.of(MISSING), meter.statuses(BILLING));
    assertEquals(List.of(1L << 10), meter.qualities(BILLING));
  }

  @Property(tries = 300)
  void log02ACalendarKnowsWhetherOneOfItsDaysLiesInAJumpOfTheClock(
      @ForAll @IntRange(max = 900_000) int from,
      @ForAll @IntRange(max = 900_000) int length,
      @ForAll @IntRange(min = 1, max = 28) int day) {
    CalendarSchedule schedule =
        new CalendarSchedule(each -> each.getDayOfMonth() == day && each.getMonthValue() % 3 == 1);
    long earlier = START + 60L * from;
    long later = earlier + 60L * length;
    boolean expected =
        LocalDate.ofEpochDay(Math.floorDiv(earlier, 86_400) + 1)
            .datesUntil(LocalDate.ofEpochDay(Math.floorDiv(later, 86_400) + 1))
            .anyMatch(each -> schedule.endsAt(each.atStartOfDay().toEpochSecond(ZoneOffset.UTC)));
    assertEquals(expected, schedule.endsWithin(earlier, later));
  }
}
