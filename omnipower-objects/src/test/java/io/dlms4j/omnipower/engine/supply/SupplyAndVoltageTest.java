package io.dlms4j.omnipower.engine.supply;

import static io.dlms4j.omnipower.engine.core.DataQuality.OVERVOLTAGE;
import static io.dlms4j.omnipower.engine.core.DataQuality.POWER_OUTAGE;
import static io.dlms4j.omnipower.engine.core.DataQuality.UNDERVOLTAGE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeasuringSystems;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.bench.MeterBench;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.EnergyTotals;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplyAndVoltageTest {
  private static final String PROFILE = "Load Profile logger";
  private static final Measurement GOOD = MeterBench.IDLE;
  private static final Measurement DARK = MeterBench.DARK;

  @ParameterizedTest
  @CsvSource({
    "230, 230, 253, 0",
    "230, 230, 253.001, 128",
    "207, 230, 230, 0",
    "206.999, 230, 230, 256",
    "230, 254, 206, 384",
    "0, 230, 230, 256"
  })
  void pq01AndLp05AMeanOfAnyPhaseBeyondTheLimitsMarksThePeriod(
      double l1, double l2, double l3, long quality) {
    MeterBench meter = MeterBench.midwinter();
    meter.run(MeterBench.volts(l1, l2, l3), 900);
    assertEquals(List.of(quality), meter.qualities(PROFILE));
  }

  @Test
  void pq01EverySecondIsInTheMean() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(MeterBench.volts(253, 230, 230), 599);
    meter.run(MeterBench.volts(253.001, 230, 230), 1);
    meter.run(GOOD, 300);
    assertEquals(List.of((long) OVERVOLTAGE), meter.qualities(PROFILE));
  }

  @Test
  void pq02OnlyTheMeanOverTenMinutesCounts() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(MeterBench.volts(276, 230, 230), 300);
    meter.run(GOOD, 600);
    assertEquals(List.of(0L), meter.qualities(PROFILE));
  }

  @Test
  void pq02AWindowBeyondTheLimitsMarksThePeriodInWhichItEndsAndNoOther() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(GOOD, 600);
    meter.run(MeterBench.volts(230, 200, 230), 600);
    meter.run(GOOD, 1_500);
    assertEquals(List.of(0L, (long) UNDERVOLTAGE, 0L), meter.qualities(PROFILE));
  }

  @Test
  void pq02ASinglePhaseMeterExpectsNoVoltageOnTheOthers() {
    MeterBench meter =
        MeterBench.of(
            MeterSettings.of(MeterVariant.SINGLE_PHASE).build(),
            MeterBench.at(2025, 1, 15, 0, 0, 0));
    meter.run(MeterBench.volts(230, 0, 0), 900);
    meter.run(MeterBench.volts(260, 0, 0), 900);
    assertEquals(List.of(0L, (long) OVERVOLTAGE), meter.qualities(PROFILE));
  }

  @Test
  void anAronMeterHasNoVoltageOfL2AndItsLimitsAreThoseBetweenPhases() {
    MeterBench meter =
        MeterBench.of(
            MeterSettings.of(MeterVariant.THREE_PHASE)
                .measuringSystems(MeasuringSystems.ARON)
                .build(),
            MeterBench.at(2025, 1, 15, 0, 0, 0));
    // 207 V and 253 V to the neutral are 358.5 V and 438.2 V between phases.
    meter.run(MeterBench.volts(400, 0, 438), 900);
    meter.run(MeterBench.volts(400, 0, 358), 900);
    meter.run(MeterBench.volts(439, 0, 400), 900);
    assertEquals(List.of(0L, (long) UNDERVOLTAGE, (long) OVERVOLTAGE), meter.qualities(PROFILE));
  }

  @Test
  void limitsAndWindowsMayBeChangedWithinTheRangesOfTable23() {
    MeterBench meter = MeterBench.midwinter();
    assertEquals(253, meter.read("VoltageLimitHighThreshold"));
    assertEquals(207, meter.read("VoltageLimitLowThreshold"));
    assertEquals(600, meter.read("VoltageLimitTimeThreshold"));
    accepted(meter, "VoltageLimitHighThreshold", 233, 276);
    accepted(meter, "VoltageLimitLowThreshold", 184, 227);
    accepted(meter, "VoltageLimitTimeThreshold", 10, 1_800);

    meter.readings.write("VoltageLimitHighThreshold", 240);
    meter.readings.write("VoltageLimitLowThreshold", 220);
    meter.readings.write("VoltageLimitTimeThreshold", 30);
    meter.run(GOOD, 30);
    meter.run(MeterBench.volts(230, 241, 219), 30);
    meter.run(GOOD, 840);
    assertEquals(List.of((long) OVERVOLTAGE | UNDERVOLTAGE), meter.qualities(PROFILE));
  }

  private static void accepted(MeterBench meter, String name, long least, long most) {
    for (long good : List.of(least, most)) {
      assertEquals(DataAccessResult.SUCCESS, meter.readings.write(name, good));
      assertEquals(good, meter.read(name));
    }
    for (long bad : List.of(least - 1, most + 1)) {
      assertEquals(DataAccessResult.OTHER_REASON, meter.readings.write(name, bad));
      assertEquals(most, meter.read(name));
    }
  }

  @Test
  void limitsSurviveTheLossOfPower() {
    MeterBench meter = MeterBench.midwinter();
    meter.readings.write("VoltageLimitHighThreshold", 240);
    assertEquals(240, meter.afterPowerLoss(meter.now() + 5).read("VoltageLimitHighThreshold"));
  }

  @Test
  void aWindowInWhichTheClockIsSetIsJudgedByTheSecondsItHad() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(MeterBench.volts(260, 230, 230), 300);
    meter.setClock(meter.now() + 299);
    meter.run(MeterBench.volts(246.1, 230, 230), 301);
    assertEquals(OVERVOLTAGE, meter.qualities(PROFILE).get(0) & (OVERVOLTAGE | UNDERVOLTAGE));
  }

  @Test
  void clk13AllPhasesBelow160VForMoreThanASecondMarkAnOutage() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(GOOD, 100);
    meter.run(MeterBench.volts(159.9, 159.9, 159.9), 2);
    meter.run(GOOD, 1_698);
    assertEquals(List.of((long) POWER_OUTAGE, 0L), meter.qualities(PROFILE));
  }

  @Test
  void clk13ASecondBelow160VOrOnePhaseAboveItIsNoOutage() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(DARK, 1);
    meter.run(GOOD, 1);
    meter.run(DARK, 1);
    meter.run(MeterBench.volts(0, 0, 160), 2);
    meter.run(GOOD, 895);
    assertEquals(0, meter.qualities(PROFILE).get(0) & POWER_OUTAGE);
    assertEquals(0, meter.read("MeterStatus"));
  }

  @Test
  void clk13AMeterWithoutMainsCountsNothing() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(Measurement.balanced(new Phase(150_000, 80_000, 0), 50_000), 3_600);
    assertEquals(
        3 * 150 * 80,
        meter.total(EnergyKind.A14) * 3_600 / EnergyTotals.WATT_HOUR,
        "the first second only");
  }

  @Test
  void clk13TheMeterIsResetWhenTheMainsComeBack() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(DARK, 100);
    assertEquals(0, meter.rowCount("Status logger"));
    meter.run(GOOD, 1);
    assertEquals(List.of(1L), meter.column("Status logger", "MeterStatus:2"));
    assertEquals(List.of(meter.now()), meter.times("Status logger"));
  }
}
