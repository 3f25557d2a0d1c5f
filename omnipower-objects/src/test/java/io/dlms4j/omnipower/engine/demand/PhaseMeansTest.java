package io.dlms4j.omnipower.engine.demand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.bench.MeterBench;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import org.junit.jupiter.api.Test;

class PhaseMeansTest {
  private static final Measurement LOAD =
      new Measurement(
          new Phase(231_400, 10_004, 0),
          new Phase(229_500, 5_006, 18_000),
          new Phase(230_000, 2_000, 9_000),
          49_987);
  private static final Measurement OTHER =
      new Measurement(
          new Phase(230_000, 0, 0), new Phase(229_500, 0, 0), new Phase(210_000, 0, 0), 50_013);

  private static MeterBench meter(int interval) {
    return MeterBench.of(
        MeterSettings.of(MeterVariant.THREE_PHASE).analysisInterval(interval).build(),
        MeterBench.at(2025, 1, 15, 0, 0, 0));
  }

  @Test
  void peak02AndAna04MeansOfAPhaseAreOverTheIntervalOfTheAnalysisLogger() {
    MeterBench meter = meter(300);
    meter.run(LOAD, 300);
    assertEquals(231, meter.read("U_Avg_L1"));
    assertEquals(230, meter.read("U_Avg_L2"), "229.5 V to the nearest");
    assertEquals(1_000, meter.read("I_Avg_L1"));
    assertEquals(501, meter.read("I_Avg_L2"));
    assertEquals(4_999, meter.read("Freq_Avg"));
    assertEquals(231_400L * 10_004 / 1_000_000, meter.read("P14_Avg_L1"));
    assertEquals(231_400L * 10_004 / 1_000_000, meter.read("S14_Avg_L1"));
    assertEquals(229_500L * 5_006 / 1_000_000, meter.read("P23_Avg_L2"));
    assertEquals(460, meter.read("Q12_Avg_L3"));
    assertEquals(0, meter.read("P14_Avg_L3"));
    assertEquals(0, meter.read("P14_Avg"), "the integration period is another one");

    meter.run(LOAD, 150);
    meter.run(OTHER, 150);
    assertEquals(220, meter.read("U_Avg_L3"));
    assertEquals(500, meter.read("I_Avg_L1"));
    assertEquals(5_000, meter.read("Freq_Avg"));
    assertEquals(230, meter.read("Q12_Avg_L3"));
  }

  @Test
  void ana04DistortionIsAMeanOfTheInterval() {
    MeterBench meter = meter(300);
    Phase good = new Phase(230_000, 1_000, 0, 230_000_000, 0, 100, 500);
    Phase bad = new Phase(230_000, 1_000, 0, 230_000_000, 0, 900, 2_500);
    meter.run(new Measurement(good, bad, Phase.NONE, 50_000), 100);
    meter.run(new Measurement(bad, bad, Phase.NONE, 50_000), 200);
    assertEquals((100 + 2 * 900 + 1) / 3, meter.read("THD_Avg_U_L1"));
    assertEquals(900, meter.read("THD_Avg_U_L2"));
    assertEquals(0, meter.read("THD_Avg_U_L3"));
    assertEquals((500 + 2 * 2_500) / 3, meter.read("THD_Avg_I_L1"));
    assertEquals(2_500, meter.read("THD_Avg_I_L2"));
  }

  @Test
  void ana04TheMeanPowerFactorIsActiveOverApparentEnergy() {
    MeterBench meter = meter(900);
    meter.run(LOAD, 900);
    assertEquals(100, meter.read("PowerFactor_Avg_L1"));
    assertEquals(100, meter.read("PowerFactor_Avg_L2"));
    assertEquals(0, meter.read("PowerFactor_Avg_L3"));
    // 2314.9 + 1148.9 W over 2314.9 + 1148.9 + 460 VA.
    assertEquals(88, meter.read("PowerFactor_Avg_Total"));
    meter.run(OTHER, 900);
    assertEquals(100, meter.read("PowerFactor_Avg_L3"), "no load, no phase shift");
  }

  @Test
  void peak02SecondsWithoutMainsAreInNoMean() {
    MeterBench meter = meter(900);
    meter.run(LOAD, 300);
    meter.run(MeterBench.DARK, 400);
    meter.run(LOAD, 200);
    // The first dark second is a measured one.
    assertEquals(231, meter.read("U_Avg_L1"));
    assertEquals(460L * 500 / 501, meter.read("Q12_Avg_L3"));
  }

  @Test
  void aClockThatIsSetDoesNotChangeMeans() {
    MeterBench meter = meter(900);
    meter.run(LOAD, 100);
    meter.setClock(meter.now() + 700);
    meter.run(LOAD, 100);
    assertEquals(460, meter.read("Q12_Avg_L3"));
    assertEquals(231, meter.read("U_Avg_L1"));
  }

  @Test
  void anOldMeterHasNoMeansOfPhasePowers() {
    MeterBench meter =
        MeterBench.of(
            MeterSettings.of(MeterVariant.K382M).build(), MeterBench.at(2025, 1, 15, 0, 0, 0));
    assertFalse(meter.readings.has("P14_Avg_L1"));
    assertFalse(meter.readings.has("Freq_Avg"));
  }
}
