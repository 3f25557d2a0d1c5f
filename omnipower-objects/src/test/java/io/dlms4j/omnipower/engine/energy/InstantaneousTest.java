package io.dlms4j.omnipower.engine.energy;

import static io.dlms4j.omnipower.engine.energy.Bench.FREQUENCY;
import static io.dlms4j.omnipower.engine.energy.Bench.watts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.CalculationMethod;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstantaneousTest {
  private static final Phase EXPORT = new Phase(231_400, 4_996, 21_050);

  @Test
  void reg05PowersAreThoseOfTheSecondThatWasMeasuredLast() {
    Bench bench = Bench.threePhase();
    bench.run(Measurement.balanced(watts(1_000), FREQUENCY), 10);
    assertEquals(3_000, bench.read("P14"));
    bench.run(Measurement.balanced(watts(-200), FREQUENCY), 1);
    assertEquals(0, bench.read("P14"));
    assertEquals(600, bench.read("P23"));
    assertEquals(0, bench.read("S14"));
    assertEquals(600, bench.read("S23"));
  }

  @ParameterizedTest
  @CsvSource({
    "INDIVIDUAL_IMPORT_EXPORT, 2000, 500",
    "VECTOR_SUMMATION, 1500, 0",
    "TOTAL_SUMMATION, 2500, 0"
  })
  void calc02To04PowersFollowTheMethodAsEnergiesDo(
      CalculationMethod method, long positive, long negative) {
    Bench bench =
        new Bench(MeterSettings.of(MeterVariant.THREE_PHASE).calculationMethod(method).build());
    bench.run(new Measurement(watts(1_000), watts(1_000), watts(-500), FREQUENCY), 1);
    assertEquals(positive, bench.read("P14"));
    assertEquals(negative, bench.read("P23"));
    assertEquals(500, bench.read("P23_L3"));
  }

  @Test
  void reg16EachPhaseHasItsPowersInTheirDirections() {
    Bench bench = Bench.threePhase();
    bench.run(
        new Measurement(
            new Phase(230_000, 10_000, 6_000), EXPORT, new Phase(230_000, 1_000, 9_000), 49_996),
        1);
    assertEquals(1_150, bench.read("P14_L1"));
    assertEquals(1_992, bench.read("Q12_L1"));
    assertEquals(2_300, bench.read("S14_L1"));
    assertEquals(0, bench.read("P14_L2"));
    assertEquals(996, bench.read("P23_L2"));
    assertEquals(587, bench.read("Q34_L2"));
    assertEquals(0, bench.read("S14_L2"));
    assertEquals(1_156, bench.read("S23_L2"));
    assertEquals(0, bench.read("P14_L3"));
    assertEquals(230, bench.read("Q12_L3"));
    assertEquals(230, bench.read("S14_L3"));
  }

  @Test
  void reg15CurrentsHaveNoDirection() {
    Bench bench = Bench.threePhase();
    bench.run(Measurement.balanced(EXPORT, FREQUENCY), 1);
    assertEquals(500, bench.read("I_L2"));
    assertEquals(231, bench.read("U_L2"));
  }

  @Test
  void reg17PowerFactorsFrequencyAndAnglesAreMeasured() {
    Bench bench = Bench.threePhase();
    bench.run(
        new Measurement(
            new Phase(230_000, 10_000, 6_000), EXPORT, new Phase(230_000, 0, 0), 49_996),
        1);
    assertEquals(50, bench.read("PF_L1"));
    assertEquals(86, bench.read("PF_L2"));
    assertEquals(100, bench.read("PF_L3"));
    // (1150 - 996.1) W of (2300 + 1156.1) VA.
    assertEquals(4, bench.read("PF_Total"));
    assertEquals(5_000, bench.read("Freq_Instant"));
    assertEquals(60, bench.read("Angle_I_U_L1"));
    assertEquals(-150, bench.read("Angle_I_U_L2"));
    assertEquals(0, bench.read("Angle_I_U_L3"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "49, 0",
    "50, 1",
    "17999, 180",
    "18000, 180",
    "18049, 180",
    "18051, -179",
    "18100, -179",
    "35949, -1",
    "35951, 0",
    "35999, 0"
  })
  void reg17AnglesAreSignedDegrees(int angle, long degrees) {
    Bench bench = Bench.threePhase();
    bench.run(Measurement.balanced(new Phase(230_000, 1_000, angle), FREQUENCY), 1);
    assertEquals(degrees, bench.read("Angle_I_U_L1"));
  }

  @Test
  void reg17TheAngleOfTheNeutralIsThatOfTheSumOfCurrents() {
    Bench bench = Bench.threePhase();
    Phase none = new Phase(230_000, 0, 0);
    bench.run(new Measurement(none, new Phase(230_000, 5_000, 1_000), none, FREQUENCY), 1);
    assertEquals(130, bench.read("Angle_I_U_Ln"));
    bench.run(Measurement.balanced(new Phase(230_000, 5_000, 1_000), FREQUENCY), 1);
    assertEquals(0, bench.read("Angle_I_U_Ln"));
  }

  @ParameterizedTest
  @CsvSource({"230, 230, 230, 0", "240, 240, 240, 0", "260, 260, 180, 51", "300, 60, 60, 127"})
  void nf04TheNeutralVoltageIsItsDistanceFromTheMiddleOfThePhases(
      int l1, int l2, int l3, long neutral) {
    Bench bench = Bench.threePhase();
    bench.run(
        new Measurement(
            new Phase(1_000 * l1, 0, 0),
            new Phase(1_000 * l2, 0, 0),
            new Phase(1_000 * l3, 0, 0),
            FREQUENCY),
        1);
    assertEquals(neutral, bench.read("NeutralVoltage"));
  }

  @Test
  void pq13DistortionIsShownAsItWasMeasured() {
    Bench bench = Bench.threePhase();
    Phase distorted = new Phase(230_000, 1_000, 0, 230_000_000, 0, 203, 3_412);
    bench.run(new Measurement(distorted, watts(10), watts(10), FREQUENCY), 1);
    assertEquals(203, bench.read("THD_Instant_U_L1"));
    assertEquals(3_412, bench.read("THD_Instant_I_L1"));
    assertEquals(0, bench.read("THD_Instant_U_L2"));
  }

  @Test
  void reg10PowersAndCurrentsAreThoseOfThePrimarySide() {
    Bench bench = new Bench(MeterSettings.of(MeterVariant.CT).transformerRatio(60).build());
    bench.run(Measurement.balanced(watts(100), FREQUENCY), 1);
    assertEquals(18_000, bench.read("P14"));
    assertEquals(6_000, bench.read("P14_L2"));
    assertEquals(3_000, bench.read("I_L2"));
    assertEquals(200, bench.read("U_L2"));
    assertEquals(100, bench.read("PF_L2"));
  }
}
