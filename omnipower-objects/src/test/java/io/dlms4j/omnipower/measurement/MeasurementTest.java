package io.dlms4j.omnipower.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.omnipower.measurement.InvalidMeasurementException.Quantity;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasurementTest {
  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 50000, VOLTAGE",
    "500001, 0, 0, 50000, VOLTAGE",
    "230000, -1, 0, 50000, CURRENT",
    "230000, 200001, 0, 50000, CURRENT",
    "230000, 10000, -1, 50000, ANGLE",
    "230000, 10000, 36000, 50000, ANGLE",
    "230000, 10000, 0, -1, FREQUENCY",
    "230000, 10000, 0, 100001, FREQUENCY"
  })
  void absurdValuesAreRefusedByTheNameOfTheirQuantity(
      int voltage, int current, int angle, int frequency, Quantity quantity) {
    InvalidMeasurementException refused =
        assertThrows(
            InvalidMeasurementException.class,
            () -> Measurement.balanced(new Phase(voltage, current, angle), frequency));
    assertEquals(quantity, refused.quantity());
  }

  @Test
  void aRefusalSaysWhatWasWrong() {
    InvalidMeasurementException refused =
        assertThrows(InvalidMeasurementException.class, () -> new Phase(500_001, 0, 0));
    assertEquals("VOLTAGE 500001 is not in 0..500000 mV", refused.getMessage());
  }

  @Test
  void limitsThemselvesAreMeasurements() {
    Phase phase = new Phase(500_000, 200_000, 35_999);
    assertEquals(phase, Measurement.balanced(phase, 100_000).l3());
    assertEquals(Phase.NONE, Measurement.singlePhase(phase, 0).l2());
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 10, 60, VOLTAGE",
    "Infinity, 10, 60, VOLTAGE",
    "-0.001, 10, 60, VOLTAGE",
    "500.001, 10, 60, VOLTAGE",
    "1e300, 10, 60, VOLTAGE",
    "230, NaN, 60, CURRENT",
    "230, -Infinity, 60, CURRENT",
    "230, 200.001, 60, CURRENT",
    "230, 10, NaN, ANGLE",
    "230, 10, Infinity, ANGLE"
  })
  void whatIsNoNumberOrAbsurdIsRefused(
      double volts, double amperes, double degrees, Quantity quantity) {
    InvalidMeasurementException refused =
        assertThrows(InvalidMeasurementException.class, () -> Phase.of(volts, amperes, degrees));
    assertEquals(quantity, refused.quantity());
  }

  @Test
  void computedValuesAreTakenToTheNearest() {
    assertEquals(new Phase(230_000, 10_001, 6_000), Phase.of(229.9996, 10.0005, 60.001));
    assertEquals(new Phase(0, 0, 35_900), Phase.of(-0.0001, 0, -1));
    assertEquals(0, Phase.of(230, 1, -0.001).angle());
    assertEquals(0, Phase.of(230, 1, 720).angle());
    assertEquals(49_998, Measurement.milliHertz(49.9984));
    assertThrows(InvalidMeasurementException.class, () -> Measurement.milliHertz(Double.NaN));
    assertThrows(InvalidMeasurementException.class, () -> Measurement.milliHertz(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "2300000001, 0, 0, 0, ACTIVE_POWER",
    "-2300000001, 0, 0, 0, ACTIVE_POWER",
    "0, 2300000001, 0, 0, REACTIVE_POWER",
    "0, -2300000001, 0, 0, REACTIVE_POWER",
    "0, 0, -1, 0, DISTORTION",
    "0, 0, 0, 65536, DISTORTION"
  })
  void aPowerAboveTheApparentOneIsRefusedAndSoIsAbsurdDistortion(
      long active, long reactive, int ofVoltage, int ofCurrent, Quantity quantity) {
    InvalidMeasurementException refused =
        assertThrows(
            InvalidMeasurementException.class,
            () -> new Phase(230_000, 10_000, 0, active, reactive, ofVoltage, ofCurrent));
    assertEquals(quantity, refused.quantity());
  }

  @Test
  void theSequenceOfThreePhasesIsKnownAndThatOfLessIsNot() {
    Phase phase = new Phase(230_000, 0, 0);
    assertEquals(PhaseSequence.L1_L2_L3, Measurement.balanced(phase, 50_000).sequence());
    assertEquals(PhaseSequence.UNKNOWN, Measurement.singlePhase(phase, 50_000).sequence());
    assertEquals(
        PhaseSequence.UNKNOWN, new Measurement(phase, phase, Phase.NONE, 50_000).sequence());
  }

  @Test
  void theNeutralFollowsTheSequenceOfThePhases() {
    Phase none = new Phase(230_000, 0, 0);
    Phase load = new Phase(230_000, 1_000, 0);
    assertEquals(12_000, new Measurement(none, load, none, 50_000).neutralAngle());
    assertEquals(
        24_000, new Measurement(none, load, none, 50_000, PhaseSequence.L1_L3_L2).neutralAngle());
  }

  @Test
  void withoutThreePhasesThereIsNoVirtualNeutral() {
    Phase phase = new Phase(230_000, 0, 0);
    assertEquals(0, new Measurement(phase, phase, Phase.NONE, 50_000).neutralVoltage());
    assertEquals(0, Measurement.singlePhase(phase, 50_000).neutralVoltage());
  }
}
