package io.dlms4j.omnipower.engine;

import static io.dlms4j.omnipower.backend.EnergyKind.A_MINUS;
import static io.dlms4j.omnipower.backend.EnergyKind.A_PLUS;
import static io.dlms4j.omnipower.backend.EnergyKind.R_MINUS;
import static io.dlms4j.omnipower.backend.EnergyKind.R_PLUS;
import static io.dlms4j.omnipower.engine.Engines.HOUR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.engine.Measurement.Phase;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyMeterTest {
  @Test
  void reg12AnHourOfThreeTimes1150WattIs3450WattHoursAndTheVarHoursOfTheTextbook() {
    MeteringEngine engine = Engines.midwinter().build();
    run(engine, Measurement.balanced(Engines.NOMINAL, 50_000), HOUR);

    assertEquals(3_450, engine.energy(A_PLUS));
    assertEquals(0, engine.register(A_PLUS).rest());
    BigDecimal varHours =
        new BigDecimal(3).sqrt(MathContext.DECIMAL64).multiply(new BigDecimal(3_450));
    assertEquals(varHours.setScale(0, RoundingMode.DOWN).longValueExact(), engine.energy(R_PLUS));
    assertEquals(5_975, engine.energy(R_PLUS));
    assertEquals(0, engine.energy(A_MINUS));
    assertEquals(0, engine.energy(R_MINUS));
  }

  @ParameterizedTest
  @CsvSource({
    "3000, A_PLUS, R_PLUS",
    "15000, A_MINUS, R_PLUS",
    "21000, A_MINUS, R_MINUS",
    "33000, A_PLUS, R_MINUS"
  })
  void reg01And02EachQuadrantHasItsTwoRegisters(int angle, EnergyKind active, EnergyKind reactive) {
    MeteringEngine engine = Engines.midwinter().build();
    run(engine, Measurement.balanced(new Phase(230_000, 10_000, angle), 50_000), HOUR);

    for (EnergyKind kind : EnergyKind.values()) {
      long expected = kind == active ? 5_975 : kind == reactive ? 3_450 : 0;
      assertEquals(expected, engine.energy(kind), kind.name());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "INDIVIDUAL_IMPORT_EXPORT, 2000, 500",
    "VECTOR_SUMMATION, 1500, 0",
    "TOTAL_SUMMATION, 2500, 0"
  })
  void calc02To04TwoPhasesThatImportAndOneThatExportsLess(
      CalculationMethod method, long positive, long negative) {
    MeteringEngine engine = Engines.midwinter().calculationMethod(method).build();
    run(engine, new Measurement(watts(1_000), watts(1_000), watts(-500), 50_000), HOUR);

    assertEquals(positive, engine.energy(A_PLUS));
    assertEquals(negative, engine.energy(A_MINUS));
  }

  @ParameterizedTest
  @CsvSource({
    "INDIVIDUAL_IMPORT_EXPORT, 500, 2000",
    "VECTOR_SUMMATION, 0, 1500",
    "TOTAL_SUMMATION, 2500, 0"
  })
  void calc02To04TwoPhasesThatExportAndOneThatImportsLess(
      CalculationMethod method, long positive, long negative) {
    MeteringEngine engine = Engines.midwinter().calculationMethod(method).build();
    run(engine, new Measurement(watts(-1_000), watts(500), watts(-1_000), 50_000), HOUR);

    assertEquals(positive, engine.energy(A_PLUS));
    assertEquals(negative, engine.energy(A_MINUS));
  }

  @Test
  void calc03TheSignOfTheSumSelectsTheRegisterAnewEachSecond() {
    MeteringEngine engine =
        Engines.midwinter().calculationMethod(CalculationMethod.VECTOR_SUMMATION).build();
    for (int i = 0; i < HOUR; i++) {
      int sign = i % 2 == 0 ? 1 : -1;
      engine.step(new Measurement(watts(2_000 * sign), Phase.NONE, Phase.NONE, 50_000));
    }
    assertEquals(1_000, engine.energy(A_PLUS));
    assertEquals(1_000, engine.energy(A_MINUS));
  }

  @Test
  void calc01OnASinglePhaseIndividualAndVectorAreTheSame() {
    for (int angle = 0; angle < 36_000; angle += 4_500) {
      Measurement measurement = Measurement.singlePhase(new Phase(230_000, 5_000, angle), 50_000);
      MeteringEngine individual = Engines.midwinter().singlePhase().build();
      MeteringEngine vector =
          Engines.midwinter()
              .singlePhase()
              .calculationMethod(CalculationMethod.VECTOR_SUMMATION)
              .build();
      run(individual, measurement, 100);
      run(vector, measurement, 100);
      for (EnergyKind kind : EnergyKind.values()) {
        assertEquals(Engines.exact(individual, kind), Engines.exact(vector, kind));
      }
    }
  }

  @Test
  void reg14APhaseBelow2Point3WattRegistersNothingAndTheOthersGoOn() {
    MeteringEngine engine = Engines.midwinter().build();
    Phase idle = new Phase(230_000, 9, 4_500);
    run(engine, new Measurement(idle, watts(1_000), idle, 50_000), HOUR);

    assertEquals(BigInteger.valueOf(1_000 * EnergyRegister.UNIT), Engines.exact(engine, A_PLUS));
    assertEquals(BigInteger.ZERO, Engines.exact(engine, R_PLUS));
  }

  @Test
  void reg14From2Point3WattOnAPhaseRegistersAtAnyAngle() {
    for (int angle = 0; angle < 36_000; angle += 9_000) {
      MeteringEngine engine = Engines.midwinter().build();
      run(engine, Measurement.balanced(new Phase(230_000, 10, angle), 50_000), HOUR);
      long all = 0;
      for (EnergyKind kind : EnergyKind.values()) {
        all += Engines.exact(engine, kind).longValueExact();
      }
      assertEquals(3 * 2_300_000L * HOUR, all, "angle " + angle);
    }
  }

  @Test
  void aRegisterGoesOnAtZeroAfterItsLastValue() {
    MeteringEngine engine = Engines.midwinter().initialEnergy(A_PLUS, 0xFFFF_FFFFL).build();
    assertEquals(0xFFFF_FFFFL, engine.energy(A_PLUS));
    run(engine, new Measurement(watts(2_000), Phase.NONE, Phase.NONE, 50_000), HOUR);
    assertEquals(1_999, engine.energy(A_PLUS));
  }

  @Property(tries = 60)
  void calc03PositiveMinusNegativeIsTheVectorSumOfAllPhasesToTheLastMicrowattSecond(
      @ForAll("seconds") List<Measurement> seconds) {
    MeteringEngine engine =
        Engines.midwinter().calculationMethod(CalculationMethod.VECTOR_SUMMATION).build();
    BigInteger active = BigInteger.ZERO;
    BigInteger reactive = BigInteger.ZERO;
    for (Measurement second : seconds) {
      engine.step(second);
      for (Phase phase : List.of(second.l1(), second.l2(), second.l3())) {
        active = active.add(BigInteger.valueOf(PhasePower.active(phase)));
        reactive = reactive.add(BigInteger.valueOf(PhasePower.reactive(phase)));
      }
    }
    assertEquals(active, Engines.exact(engine, A_PLUS).subtract(Engines.exact(engine, A_MINUS)));
    assertEquals(reactive, Engines.exact(engine, R_PLUS).subtract(Engines.exact(engine, R_MINUS)));
  }

  @Property(tries = 60)
  void calc04TheTotalIsTheSumOfIndividualImportAndExport(
      @ForAll("seconds") List<Measurement> seconds) {
    MeteringEngine individual = Engines.midwinter().build();
    MeteringEngine total =
        Engines.midwinter().calculationMethod(CalculationMethod.TOTAL_SUMMATION).build();
    for (Measurement second : seconds) {
      individual.step(second);
      total.step(second);
    }
    assertEquals(
        Engines.exact(total, A_PLUS),
        Engines.exact(individual, A_PLUS).add(Engines.exact(individual, A_MINUS)));
    assertEquals(BigInteger.ZERO, Engines.exact(total, A_MINUS));
  }

  @Property(tries = 60)
  void noRegisterEverRunsBackwards(
      @ForAll CalculationMethod method, @ForAll("seconds") List<Measurement> seconds) {
    MeteringEngine engine = Engines.midwinter().calculationMethod(method).build();
    for (Measurement second : seconds) {
      List<BigInteger> before = registers(engine);
      engine.step(second);
      List<BigInteger> after = registers(engine);
      for (int i = 0; i < before.size(); i++) {
        assertTrue(after.get(i).compareTo(before.get(i)) >= 0);
      }
    }
  }

  @Provide
  Arbitrary<List<Measurement>> seconds() {
    Arbitrary<Phase> phase =
        Combinators.combine(
                Arbitraries.integers().between(160_000, Measurement.MAX_VOLTAGE),
                Arbitraries.integers().between(100, Measurement.MAX_CURRENT),
                Arbitraries.integers().between(0, Measurement.FULL_ANGLE - 1))
            .as(Phase::new);
    return Combinators.combine(phase, phase, phase)
        .as((l1, l2, l3) -> new Measurement(l1, l2, l3, 50_000))
        .list()
        .ofMaxSize(50);
  }

  private static List<BigInteger> registers(MeteringEngine engine) {
    return List.of(EnergyKind.values()).stream().map(kind -> Engines.exact(engine, kind)).toList();
  }

  private static Phase watts(int watts) {
    return new Phase(200_000, Math.abs(watts) * 5, watts < 0 ? 18_000 : 0);
  }

  private static void run(MeteringEngine engine, Measurement measurement, int seconds) {
    for (int i = 0; i < seconds; i++) {
      engine.step(measurement);
    }
  }
}
