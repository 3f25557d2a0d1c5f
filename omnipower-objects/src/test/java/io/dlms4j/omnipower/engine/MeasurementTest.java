package io.dlms4j.omnipower.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.omnipower.engine.InvalidMeasurementException.Quantity;
import io.dlms4j.omnipower.engine.Measurement.Phase;
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
}
