package io.dlms4j.omnipower.engine;

import static io.dlms4j.omnipower.backend.EnergyKind.A_PLUS;
import static io.dlms4j.omnipower.backend.LoadProfileRow.QUALITY_OVERVOLTAGE;
import static io.dlms4j.omnipower.backend.LoadProfileRow.QUALITY_POWER_OUTAGE;
import static io.dlms4j.omnipower.backend.LoadProfileRow.QUALITY_UNDERVOLTAGE;
import static io.dlms4j.omnipower.backend.LoadProfileRow.STATUS_TIME_DISCONTINUITY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.omnipower.backend.LoadProfileRow;
import io.dlms4j.omnipower.engine.Measurement.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplyAndVoltageTest {
  private static final Measurement GOOD = Engines.volts(230, 230, 230);
  private static final Measurement DARK = Engines.volts(0, 0, 0);

  @ParameterizedTest
  @CsvSource({
    "230, 230, 253, 0",
    "230, 230, 253.001, 128",
    "207, 230, 230, 0",
    "206.999, 230, 230, 256",
    "230, 254, 206, 384",
    "0, 230, 230, 256"
  })
  void lp05AndPq02AMeanOfAnyPhaseBeyondTheLimitsMarksThePeriod(
      double l1, double l2, double l3, long quality) {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    run(meter, Engines.volts(l1, l2, l3), 900);
    assertEquals(List.of(quality), qualities(meter));
  }

  @Test
  void pq02OnlyTheMeanOverTenMinutesCounts() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    run(meter, Engines.volts(276, 230, 230), 300);
    run(meter, GOOD, 600);
    assertEquals(List.of(0L), qualities(meter));
  }

  @Test
  void pq02AWindowBeyondTheLimitsMarksThePeriodInWhichItEndsAndNoOther() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    run(meter, GOOD, 600);
    run(meter, Engines.volts(230, 200, 230), 600);
    run(meter, GOOD, 1_500);
    assertEquals(List.of(0L, QUALITY_UNDERVOLTAGE, 0L), qualities(meter));
  }

  @Test
  void pq02ASinglePhaseMeterExpectsNoVoltageOnTheOthers() {
    EngineBackend meter = Engines.backend(Engines.midwinter().singlePhase());
    run(meter, Engines.volts(230, 0, 0), 900);
    run(meter, Engines.volts(260, 0, 0), 900);
    assertEquals(List.of(0L, QUALITY_OVERVOLTAGE), qualities(meter));
  }

  @Test
  void clk13AllPhasesBelow160VForMoreThanASecondMarkAnOutage() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    run(meter, GOOD, 100);
    run(meter, Engines.volts(159.9, 159.9, 159.9), 2);
    run(meter, GOOD, 1_698);
    assertEquals(List.of(QUALITY_POWER_OUTAGE, 0L), qualities(meter));
  }

  @Test
  void clk13ASecondBelow160VOrOnePhaseAboveItIsNoOutage() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    run(meter, DARK, 1);
    run(meter, GOOD, 1);
    run(meter, DARK, 1);
    run(meter, Engines.volts(0, 0, 160), 2);
    run(meter, GOOD, 895);
    assertEquals(List.of(0L), qualities(meter));
  }

  @Test
  void clk13AMeterWithoutMainsCountsNothing() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    run(meter, Measurement.balanced(new Phase(150_000, 80_000, 0), 50_000), 3_600);
    assertEquals(3 * 150 * 80 / 3_600, meter.energy(A_PLUS), "the first second only");
  }

  @Test
  void log02PeriodsThatEndWithoutMainsAreNotFilledUpAndTheNextRowSaysSo() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    run(meter, GOOD, 1_000);
    run(meter, DARK, 2_000);
    run(meter, GOOD, 1_500);

    List<LoadProfileRow> rows = Engines.rows(meter);
    long start = meter.clock().normalTime() - 4_500;
    assertEquals(
        List.of(start + 900, start + 3_600, start + 4_500),
        rows.stream().map(LoadProfileRow::time).toList());
    assertEquals(
        List.of(0, STATUS_TIME_DISCONTINUITY, 0),
        rows.stream().map(LoadProfileRow::loggerStatus).toList());
    assertEquals(List.of(0L, QUALITY_POWER_OUTAGE, 0L), qualities(meter));
    assertEquals(List.of(1L, 2L, 3L), rows.stream().map(LoadProfileRow::number).toList());
  }

  @Test
  void clk10TheClockGoesOnWithoutMains() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    long start = meter.clock().normalTime();
    run(meter, DARK, 86_400);
    assertEquals(start + 86_400, meter.clock().normalTime());
  }

  private static List<Long> qualities(EngineBackend meter) {
    return Engines.rows(meter).stream().map(LoadProfileRow::dataQuality).toList();
  }

  private static void run(EngineBackend meter, Measurement measurement, int seconds) {
    meter.run(Engines.constantly(measurement), seconds);
  }
}
