package io.dlms4j.omnipower.engine.loggers;

import static io.dlms4j.omnipower.engine.core.DataQuality.CLOCK_BACKWARD;
import static io.dlms4j.omnipower.engine.core.DataQuality.CLOCK_FORWARD;
import static io.dlms4j.omnipower.engine.core.DataQuality.CLOCK_SET_15;
import static io.dlms4j.omnipower.engine.core.DataQuality.CLOCK_SET_60;
import static io.dlms4j.omnipower.engine.core.DataQuality.OVERVOLTAGE;
import static io.dlms4j.omnipower.engine.core.DataQuality.POWER_OUTAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.omnipower.backend.MeterTimes;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.bench.MeterBench;
import io.dlms4j.omnipower.measurement.Measurement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockAndOutageTest {
  private static final String PROFILE = "Load Profile logger";
  private static final String BILLING_2 = "Billing logger 2";
  private static final String CLOCK = "RTC logger";
  private static final Measurement LOAD = MeterBench.load(3_680);
  private static final long START = MeterBench.at(2025, 1, 15, 0, 0, 0);
  private static final long MISSING = 1 << 6;
  private static final long FORWARD = CLOCK_SET_60 | CLOCK_FORWARD;
  private static final long BACKWARD = CLOCK_SET_60 | CLOCK_BACKWARD;

  @ParameterizedTest
  @CsvSource({
    "1, 0", "6, 0", "7, 1", "14, 1", "15, 2", "29, 2", "30, 4", "60, 4", "61, 8", "400, 8"
  })
  void clk08AndLog03SettingTheClockMarksThePeriodByHowMuchAndInWhichDirection(
      int seconds, long size) {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 450);
    meter.setClock(meter.now() + seconds);
    meter.runUntil(LOAD, START + 1_350);
    meter.setClock(meter.now() - seconds);
    meter.runUntil(LOAD, START + 2_700);
    assertEquals(
        List.of(size == 0 ? 0L : size | CLOCK_FORWARD, size == 0 ? 0L : size | CLOCK_BACKWARD, 0L),
        meter.qualities(PROFILE));
    assertEquals(List.of(0L, 0L, 0L), meter.statuses(PROFILE), "no row is missing");
  }

  @Test
  void clk08EveryLoggerOfDataHasTheMarkInItsOwnPeriod() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 10 * MeterBench.HOUR + 100);
    meter.setClock(meter.now() + 70);
    meter.runUntil(LOAD, START + 2 * MeterBench.DAY);
    assertEquals(List.of(FORWARD, 0L), meter.qualities(BILLING_2));
    assertEquals(List.of(0L, 0L), meter.statuses(BILLING_2));
    assertEquals(FORWARD, meter.qualities(PROFILE).get(40));
    assertEquals(FORWARD, meter.qualities("Analysis logger").get(40));
    assertEquals(
        FORWARD,
        meter.qualities(PROFILE).stream().mapToLong(each -> each).sum(),
        "and nowhere else");
  }

  @ParameterizedTest
  @ValueSource(ints = {900, 901, 1_000, 86_400 * 40})
  void log02AForwardClockOverPeriodEndsLeavesRowsOutAndTheNextOneSaysSo(int seconds) {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 1_000);
    meter.setClock(meter.now() + seconds);
    long next = meter.now() - Math.floorMod(meter.now(), 900) + 900;
    meter.runUntil(LOAD, next + 900);
    assertEquals(List.of(START + 900, next, next + 900), meter.times(PROFILE));
    assertEquals(List.of(0L, MISSING, 0L), meter.statuses(PROFILE));
    assertEquals(List.of(0L, FORWARD, 0L), meter.qualities(PROFILE));
    assertEquals(
        3_680L * (next - START - seconds) / 3_600,
        meter.column(PROFILE, "A14:2").get(1),
        "no energy is lost");
  }

  @Test
  void log02AClockThatIsSetToAPeriodEndHasPassedIt() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 850);
    meter.setClock(START + 900);
    meter.run(LOAD, 900);
    assertEquals(List.of(START + 1_800), meter.times(PROFILE));
    assertEquals(List.of(MISSING), meter.statuses(PROFILE));
  }

  @Test
  void log02ABackwardClockOverPeriodEndsLogsThemAgainAndTheFirstSaysSo() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 2_000);
    meter.setClock(START + 800);
    meter.runUntil(LOAD, START + 2_700);
    assertEquals(
        List.of(900L, 1_800L, 900L, 1_800L, 2_700L),
        meter.times(PROFILE).stream().map(each -> each - START).toList());
    assertEquals(List.of(0L, 0L, MISSING, 0L, 0L), meter.statuses(PROFILE));
    assertEquals(List.of(0L, 0L, BACKWARD, 0L, 0L), meter.qualities(PROFILE));
    List<Long> energies = meter.column(PROFILE, "A14:2");
    assertEquals(energies.stream().sorted().toList(), energies, "nothing runs backwards");
  }

  @Test
  void log02AJustLoggedPeriodEndThatComesAgainIsLoggedAgain() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 900);
    meter.setClock(meter.now() - 1);
    meter.run(LOAD, 1);
    assertEquals(List.of(START + 900, START + 900), meter.times(PROFILE));
    assertEquals(List.of(0L, MISSING), meter.statuses(PROFILE));
  }

  @Test
  void log02AndLog03PeriodsThatEndWithoutMainsAreNotFilledUpAndTheNextRowSaysSo() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 1_000);
    meter.run(MeterBench.DARK, 2_000);
    meter.run(LOAD, 1_500);
    assertEquals(List.of(START + 900, START + 3_600, START + 4_500), meter.times(PROFILE));
    assertEquals(List.of(0L, MISSING, 0L), meter.statuses(PROFILE));
    assertEquals(List.of(0L, (long) POWER_OUTAGE, 0L), meter.qualities(PROFILE));
  }

  @Test
  void lp05EachRowTellsOfOutageVoltageAndClockInItsOwnPeriod() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 900);
    meter.run(MeterBench.DARK, 60);
    meter.run(LOAD, 840);
    meter.run(MeterBench.volts(260, 260, 260), 900);
    meter.run(LOAD, 300);
    meter.setClock(meter.now() + 20);
    meter.run(LOAD, 580 + 900);
    assertEquals(
        List.of(
            0L, (long) POWER_OUTAGE, (long) OVERVOLTAGE, (long) (CLOCK_SET_15 | CLOCK_FORWARD), 0L),
        meter.qualities(PROFILE));
  }

  @Test
  void log03AnOutageWithinAPeriodIsItsQualityOnly() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 100);
    meter.run(MeterBench.DARK, 600);
    meter.run(LOAD, 1_100);
    assertEquals(List.of(0L, 0L), meter.statuses(PROFILE));
    assertEquals(List.of((long) POWER_OUTAGE, 0L), meter.qualities(PROFILE));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "799, 0", "800, 64", "100000, 64"})
  void log02AndLog03AMeterThatWasOffSaysSoInItsNextRow(int seconds, long status) {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 1_000);
    MeterBench after = meter.afterPowerLoss(meter.now() + seconds);
    after.run(LOAD, 1_800);
    assertEquals(List.of(0L, status, 0L), after.statuses(PROFILE));
    assertEquals(List.of(0L, (long) POWER_OUTAGE, 0L), after.qualities(PROFILE));
    assertEquals(920, after.column(PROFILE, "A14:2").get(0));
  }

  @Test
  void log03MarksOfARunningPeriodSurviveTheLossOfPower() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(MeterBench.volts(260, 230, 230), 640);
    MeterBench after = meter.afterPowerLoss(meter.now());
    after.run(LOAD, 260);
    assertEquals(List.of((long) POWER_OUTAGE | 1 << 7), after.qualities(PROFILE));
  }

  @Test
  void clk07AChangeOfTheClockIsLoggedWithNewAndOldTime() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 100);
    meter.setClock(START + 1_000);
    assertEquals(List.of("RTC:2", "RTC2:2", "RTCState:2"), meter.columns(CLOCK));
    assertEquals(List.of(START + 1_000), meter.times(CLOCK));
    assertEquals(time(meter, START + 1_000), meter.last(CLOCK).value(0));
    assertEquals(time(meter, START + 100), meter.last(CLOCK).value(1));
    assertEquals(CosemData.unsigned(1), meter.last(CLOCK).value(2));
  }

  private static CosemData time(MeterBench meter, long time) {
    return CosemData.octetString(MeterTimes.encode(meter.clock.display(time)));
  }

  @ParameterizedTest
  @CsvSource({"7, 6, 0", "7, 7, 1", "7, -6, 0", "7, -7, 1", "0, 1, 1", "0, 0, 0", "60, 59, 0"})
  void clk07SmallChangesAreFiltered(int filter, int change, int rows) {
    MeterBench meter =
        MeterBench.of(
            MeterSettings.of(MeterVariant.THREE_PHASE).clockLogFilter(filter).build(), START);
    meter.run(LOAD, 100);
    meter.setClock(meter.now() + change);
    assertEquals(rows, meter.rowCount(CLOCK));
  }

  @Test
  void aClockSetByCenturiesBreaksNothing() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 100);
    long far = MeterBench.at(9_990, 12, 31, 23, 59, 50);
    meter.setClock(far);
    meter.run(LOAD, 1_000);
    assertEquals(far + 10, meter.times(PROFILE).get(0));
    meter.setClock(MeterBench.at(1970, 1, 1, 0, 0, 0));
    meter.run(LOAD, 900);
    assertEquals(900, meter.last(PROFILE).time());
    assertEquals(3_680, meter.read("P14_Avg"));
  }
}
