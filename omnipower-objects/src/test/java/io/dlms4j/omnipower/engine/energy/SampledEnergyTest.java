package io.dlms4j.omnipower.engine.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.measurement.SamplingFrontEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampledEnergyTest {
  private static final int RATE = 8_000;
  private static final int SECONDS = 20;
  private static final int WARM_UP = 2;

  /** Twenty times better than class B of EN 50470-3, which allows one percent. */
  private static final double ALLOWED = 0.0005;

  private static final int[] ORDERS = {1, 3, 5, 7, 13};
  private static final double[] VOLTS = {230, 11.5, 9.2, 4.6, 2.3};
  private static final double[] AMPERES = {10, 4, 2.5, 1.2, 0.6};

  @ParameterizedTest
  @CsvSource({
    "50, 25, A14, R12",
    "49.93, 25, A14, R12",
    "50.21, 155, A23, R12",
    "50, 205, A23, R34",
    "49.5, 335, A14, R34"
  })
  void reg12SampledWaveformsWithHarmonicsGiveTheirAnalyticEnergies(
      double hertz, double lag, EnergyKind active, EnergyKind reactive) {
    double watts = 0;
    double volts = 0;
    double amperes = 0;
    for (int i = 0; i < ORDERS.length; i++) {
      watts += VOLTS[i] * AMPERES[i] * Math.cos(Math.toRadians(lag + 40.0 * i));
      volts += VOLTS[i] * VOLTS[i];
      amperes += AMPERES[i] * AMPERES[i];
    }
    double vars = VOLTS[0] * AMPERES[0] * Math.sin(Math.toRadians(lag));

    Bench bench = Bench.threePhase();
    SamplingFrontEnd frontEnd = new SamplingFrontEnd(RATE);
    double activeBefore = 0;
    double reactiveBefore = 0;
    double apparentBefore = 0;
    EnergyKind apparent = active == EnergyKind.A14 ? EnergyKind.E14 : EnergyKind.E23;
    for (int n = 0; n < (WARM_UP + SECONDS) * RATE; n++) {
      if (n == WARM_UP * RATE) {
        activeBefore = bench.exact(active).doubleValue();
        reactiveBefore = bench.exact(reactive).doubleValue();
        apparentBefore = bench.exact(apparent).doubleValue();
      }
      double turn = 2 * Math.PI * hertz * n / RATE;
      double third = 2 * Math.PI / 3;
      frontEnd
          .sample(
              wave(VOLTS, turn, 0, 0),
              wave(AMPERES, turn, lag, 40),
              wave(VOLTS, turn - third, 0, 0),
              wave(AMPERES, turn - third, lag, 40),
              wave(VOLTS, turn + third, 0, 0),
              wave(AMPERES, turn + third, lag, 40))
          .ifPresent(measurement -> bench.run(measurement, 1));
    }
    double toWatts = 1e6 * 3 * SECONDS;
    assertEquals(
        1, (bench.exact(active).doubleValue() - activeBefore) / toWatts / Math.abs(watts), ALLOWED);
    assertEquals(
        1,
        (bench.exact(reactive).doubleValue() - reactiveBefore) / toWatts / Math.abs(vars),
        ALLOWED);
    assertEquals(
        1,
        (bench.exact(apparent).doubleValue() - apparentBefore)
            / toWatts
            / Math.sqrt(volts * amperes),
        ALLOWED);
  }

  /** The fundamental lags by {@code lag} degrees, each harmonic by {@code more} than the last. */
  private static double wave(double[] sizes, double turn, double lag, double more) {
    double sum = 0;
    for (int i = 0; i < ORDERS.length; i++) {
      sum += sizes[i] * Math.sqrt(2) * Math.cos(ORDERS[i] * turn - Math.toRadians(lag + more * i));
    }
    return sum;
  }
}
