package io.dlms4j.omnipower.engine.demand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.bench.MeterBench;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemandMeterTest {
  private static final int QUARTER = 900;
  private static final Measurement HIGH = MeterBench.load(4_600);
  private static final Measurement LOW = MeterBench.load(2_300);

  @ParameterizedTest
  @CsvSource({
    "0, P14, S14",
    "9000, Q12, S14",
    "18000, P23, S23",
    "27000, Q34, S14",
  })
  void peak01MeansArePowersOverTheIntegrationPeriod(int angle, String power, String apparent) {
    MeterBench meter = MeterBench.midwinter();
    Measurement load = angled(20_000, angle);
    meter.run(load, 300);
    meter.run(angled(5_000, angle), 599);
    assertEquals(0, meter.read(power + "_Avg"));
    meter.run(angled(5_000, angle), 1);
    assertEquals((4_600 * 300 + 1_150 * 600) / QUARTER, meter.read(power + "_Avg"));
    assertEquals(meter.read(power + "_Avg"), meter.read(apparent + "_Avg"));
    meter.run(MeterBench.IDLE, QUARTER);
    assertEquals(0, meter.read(power + "_Avg"));
  }

  private static Measurement angled(int milliAmperes, int angle) {
    return new Measurement(new Phase(230_000, milliAmperes, angle), Phase.NONE, Phase.NONE, 50_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 900, 1_800, 3_600})
  void peak01TheIntegrationPeriodIsThatOfTheLoadProfile(int period) {
    MeterBench meter =
        MeterBench.of(
            MeterSettings.of(MeterVariant.THREE_PHASE).integrationPeriod(period).build(),
            MeterBench.at(2025, 1, 15, 0, 0, 0));
    meter.run(HIGH, period - 1);
    assertEquals(0, meter.read("P14_Avg"));
    meter.run(HIGH, 1);
    assertEquals(4_600, meter.read("P14_Avg"));
  }

  @Test
  void peak03ALargerMeanReplacesThePeakAndItsTimeIsKept() {
    MeterBench meter = MeterBench.midwinter();
    assertEquals(0, meter.read("P14_Max"));
    assertEquals(Readings.NEVER, meter.timeOf("P14_Max"));
    meter.run(LOW, QUARTER);
    final long first = meter.now();
    meter.run(LOW, QUARTER);
    assertEquals(first, meter.timeOf("P14_Max"), "an equal mean is not larger");
    meter.run(HIGH, QUARTER);
    final long second = meter.now();
    meter.run(LOW, QUARTER);
    assertEquals(4_600, meter.read("P14_Max"));
    assertEquals(second, meter.timeOf("P14_Max"));
  }

  @Test
  void peak04EachPeakOfTheDlmsDescriptionIsThereAndNoOther() {
    MeterBench meter = MeterBench.midwinter();
    Map<String, Integer> tariffs =
        Map.of("P14_Ex", 8, "P23_Ex", 2, "Q12_Ex", 2, "Q34_Ex", 0, "S14_Ex", 8, "S23_Ex", 0);
    tariffs.forEach(
        (name, count) -> {
          for (int tariff = 1; tariff <= 9; tariff++) {
            boolean isThere = tariff <= count;
            assertEquals(isThere, meter.readings.has(name + "_Max_Tariff" + tariff), name + tariff);
          }
        });
    for (String name : List.of("P14_Max", "P23_Max", "Q12_Max", "Q34_Max")) {
      assertTrue(meter.readings.time(name).isPresent(), name);
    }
    assertTrue(meter.readings.time("S14_Ex_Max").isPresent());
    assertTrue(meter.readings.time("S23_Ex_Max").isPresent());
  }

  @Test
  void peak04AnOldDirectMeterHasFewer() {
    MeterBench meter =
        MeterBench.of(
            MeterSettings.of(MeterVariant.K382M).build(), MeterBench.at(2025, 1, 15, 0, 0, 0));
    assertTrue(meter.readings.has("P14_Ex_Max_Tariff2"));
    assertFalse(meter.readings.has("P14_Ex_Max_Tariff3"));
    assertFalse(meter.readings.has("S14_Ex_Max"));
  }

  @Test
  void peak04APeakIsOfTheTariffThatWasActiveWhenItsPeriodBegan() {
    MeterBench meter = MeterBench.midwinter();
    meter.tariff = 3;
    meter.run(HIGH, QUARTER);
    meter.tariff = 8;
    meter.run(LOW, 1);
    meter.tariff = 1;
    meter.run(LOW, QUARTER - 1);
    assertEquals(4_600, meter.read("P14_Max"));
    assertEquals(4_600, meter.read("P14_Ex_Max_Tariff3"));
    assertEquals(2_300, meter.read("P14_Ex_Max_Tariff8"));
    assertEquals(0, meter.read("P14_Ex_Max_Tariff1"));
    assertEquals(2_300, meter.read("S14_Ex_Max_Tariff8"));
  }

  @Test
  void peak05And06AStopAddsPeaksToWhatIsAccumulatedAndResetsThem() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(HIGH, QUARTER);
    meter.loggers.debitingStop();
    assertEquals(0, meter.read("P14_Max"));
    assertEquals(Readings.NEVER, meter.timeOf("P14_Max"));
    assertEquals(0, meter.read("P14_Ex_Max_Tariff1"));
    assertEquals(4_600, meter.read("P14_MaxAcc"));
    assertEquals(4_600, meter.read("P14 - peak,akk T1"));
    assertEquals(0, meter.read("P14 - peak,akk T2"));

    meter.tariff = 2;
    meter.run(LOW, QUARTER);
    meter.loggers.debitingStop();
    assertEquals(6_900, meter.read("P14_MaxAcc"));
    assertEquals(4_600, meter.read("P14 - peak,akk T1"));
    assertEquals(2_300, meter.read("P14 - peak,akk T2"));
  }

  @Test
  void peak06EveryAccumulatedPeakHasItsOwn() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(angled(20_000, 9_000), QUARTER);
    meter.run(angled(10_000, 18_000), QUARTER);
    meter.run(angled(5_000, 27_000), QUARTER);
    meter.loggers.debitingStop();
    assertEquals(4_600, meter.read("Q12_MaxAcc"));
    assertEquals(2_300, meter.read("P23_MaxAcc"));
    assertEquals(2_300, meter.read("P23_Max_Tariff1_Acc"));
    assertEquals(1_150, meter.read("Q34_MaxAcc"));
    assertEquals(0, meter.read("P14_MaxAcc"));
  }

  @Test
  void peak07TheLowestAndHighestMeanOfTheDayHaveTheirTimes() {
    MeterBench meter = MeterBench.midwinter();
    long start = meter.now();
    assertEquals(Readings.NEVER, meter.timeOf("P14_Ex_Max24H"));
    meter.run(LOW, QUARTER);
    meter.run(HIGH, QUARTER);
    meter.run(MeterBench.load(1_150), QUARTER);
    meter.runUntil(LOW, start + MeterBench.DAY);
    assertEquals(4_600, meter.read("P14_Ex_Max24H"));
    assertEquals(start + 2 * QUARTER, meter.timeOf("P14_Ex_Max24H"));
    assertEquals(1_150, meter.read("P14_Ex_Min24H"));
    assertEquals(start + 3 * QUARTER, meter.timeOf("P14_Ex_Min24H"));

    meter.run(LOW, QUARTER);
    assertEquals(2_300, meter.read("P14_Ex_Max24H"), "a new day");
    assertEquals(2_300, meter.read("P14_Ex_Min24H"));
    assertEquals(start + MeterBench.DAY + QUARTER, meter.timeOf("P14_Ex_Min24H"));
  }

  @Test
  void peak08AMeanOverTheThresholdCountsOneForEachPeriod() {
    MeterBench meter = MeterBench.midwinter();
    assertEquals(99_000, meter.read("PowerThresholdValue"));
    meter.run(HIGH, QUARTER);
    assertEquals(0, meter.read("PowerThresholdCnt"));
    meter.readings.write("PowerThresholdValue", 4_600);
    meter.run(HIGH, QUARTER);
    assertEquals(0, meter.read("PowerThresholdCnt"), "the threshold itself is not over it");
    meter.readings.write("PowerThresholdValue", 4_599);
    meter.run(HIGH, 5 * QUARTER);
    assertEquals(5, meter.read("PowerThresholdCnt"));
    meter.run(HIGH, 251 * QUARTER);
    assertEquals(0, meter.read("PowerThresholdCnt"), "it has eight bits");
  }

  @Test
  void aPeriodThatAForwardClockCutsShortMakesNoPeak() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOW, QUARTER);
    meter.setClock(meter.now() + 890);
    meter.run(HIGH, 10);
    assertEquals(4_600, meter.read("P14_Avg"), "the mean is over the seconds it had");
    assertEquals(2_300, meter.read("P14_Max"));
    assertEquals(2_300, meter.read("P14_Ex_Max24H"));
  }

  @Test
  void aPeriodThatABackwardClockMakesLongerHasItsTrueMean() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOW, 800);
    meter.setClock(meter.now() - 700);
    meter.run(LOW, 800);
    assertEquals(2_300, meter.read("P14_Avg"));
    assertEquals(2_300, meter.read("P14_Max"));
    assertEquals(MeterBench.at(2025, 1, 15, 0, 15, 0), meter.timeOf("P14_Max"));
  }

  @Test
  void secondsWithoutMainsAreInNoMean() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(HIGH, 400);
    meter.run(MeterBench.DARK, 301);
    meter.run(HIGH, 199);
    assertEquals(4_600 * 599 / 600, meter.read("P14_Avg"), "the first dark second is metered");
    assertEquals(4_600 * 599 / QUARTER, meter.read("P14_Max"));
  }

  @Test
  void aPeriodGoesOnWhereThePowerWentAndDoesNotCountTheTimeWithout() {
    MeterBench meter = MeterBench.midwinter();
    meter.tariff = 4;
    meter.run(HIGH, 450);
    MeterBench after = meter.afterPowerLoss(meter.now() + 10 * MeterBench.HOUR);
    after.tariff = 2;
    after.run(LOW, 450);
    assertEquals(3_450, after.read("P14_Avg"));
    assertEquals(3_450, after.read("P14_Max"));
    assertEquals(3_450, after.read("P14_Ex_Max_Tariff4"));
    assertEquals(0, after.read("P14_Ex_Max_Tariff2"));
    assertEquals(3_450, after.afterPowerLoss(after.now()).read("P14_Max"));
  }

  @Test
  void aClockThatStandsStillInTheDarkChangesNoMean() {
    MeterBench meter = MeterBench.midwinter();
    meter.clockStandsWithoutMains = true;
    meter.run(HIGH, 400);
    // The first dark second is metered, in the second one the clock still goes on.
    meter.run(MeterBench.DARK, 10_000);
    assertEquals(MeterBench.at(2025, 1, 15, 0, 6, 42), meter.now());
    // It goes on one second after the mains.
    meter.run(HIGH, 499);
    assertEquals(MeterBench.at(2025, 1, 15, 0, 15, 0), meter.now());
    assertEquals(4_600L * 899 / 900, meter.read("P14_Avg"));
    assertEquals(4_600L * 899 / 900, meter.read("P14_Max"));
  }

  @Test
  void aPeriodThatEndsInTheDarkEndsWithTheNextOne() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOW, 600);
    meter.run(MeterBench.DARK, 601);
    assertEquals(0, meter.read("P14_Avg"));
    meter.run(LOW, 599);
    assertEquals(2_300L * 1_199 / 1_200, meter.read("P14_Avg"));
    assertEquals(2_300L * 1_199 / 1_200, meter.read("P14_Max"));
  }

  @Test
  void peak07TheDayAtMidnightIsStillTheOldOneForWhatIsCaptured() {
    MeterBench meter =
        MeterBench.of(
            MeterSettings.of(MeterVariant.THREE_PHASE)
                .analysisRegisters(List.of("P14_Ex_Max24H", "P14_Ex_Max24H:5"))
                .build(),
            MeterBench.at(2025, 1, 14, 23, 30, 0));
    meter.run(HIGH, QUARTER);
    meter.run(LOW, QUARTER);
    LoggerRow midnight = meter.last("Analysis logger");
    assertEquals(MeterBench.at(2025, 1, 15, 0, 0, 0), midnight.time());
    assertEquals(4_600, midnight.value(4).integralValue());
  }
}
