package io.dlms4j.omnipower.engine.energy;

import static io.dlms4j.omnipower.engine.energy.Bench.FREQUENCY;
import static io.dlms4j.omnipower.engine.energy.Bench.HOUR;
import static io.dlms4j.omnipower.engine.energy.Bench.watts;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.CalculationMethod;
import io.dlms4j.omnipower.configuration.MeasuringSystems;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.EnergyTotals;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyMeterTest {
  private static final Phase SIXTY_DEGREES = new Phase(230_000, 10_000, 6_000);

  /** 3 x 230 V x 10 A x sin 60 degrees for an hour, in varh. */
  private static final long VAR_HOURS = 5_975;

  private static Bench of(CalculationMethod method) {
    return new Bench(MeterSettings.of(MeterVariant.THREE_PHASE).calculationMethod(method).build());
  }

  @ParameterizedTest
  @EnumSource(CalculationMethod.class)
  void reg12AnHourOf230Volt10AmpereAnd60DegreesIsThatOfTheTextbookInEachMethod(
      CalculationMethod method) {
    Bench bench = of(method);
    bench.run(Measurement.balanced(SIXTY_DEGREES, FREQUENCY), HOUR);

    assertEquals(new Energy(3_450, 0), bench.meter.primary(EnergyKind.A14));
    assertEquals(VAR_HOURS, bench.read("R12"));
    assertEquals(VAR_HOURS, bench.read("R1"));
    assertEquals(6_900, bench.read("E14"));
    for (String empty : new String[] {"A23", "R34", "R2", "R3", "R4", "E23"}) {
      assertEquals(0, bench.read(empty), empty);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "6000, A14, R12, R1, E14",
    "12000, A23, R12, R2, E23",
    "24000, A23, R34, R3, E23",
    "30000, A14, R34, R4, E14"
  })
  void reg01To04EachQuadrantHasItsOwnRegisters(
      int angle, String active, String reactive, String quadrant, String apparent) {
    for (CalculationMethod method :
        new CalculationMethod[] {
          CalculationMethod.INDIVIDUAL_IMPORT_EXPORT, CalculationMethod.VECTOR_SUMMATION
        }) {
      Bench bench = of(method);
      bench.run(Measurement.balanced(new Phase(230_000, 10_000, angle), FREQUENCY), HOUR);
      for (String name : new String[] {"A14", "A23"}) {
        assertEquals(name.equals(active) ? 3_450 : 0, bench.read(name), name);
      }
      for (String name : new String[] {"R12", "R34"}) {
        assertEquals(name.equals(reactive) ? VAR_HOURS : 0, bench.read(name), name);
      }
      for (String name : new String[] {"R1", "R2", "R3", "R4"}) {
        assertEquals(name.equals(quadrant) ? VAR_HOURS : 0, bench.read(name), name);
      }
      for (String name : new String[] {"E14", "E23"}) {
        assertEquals(name.equals(apparent) ? 6_900 : 0, bench.read(name), name);
      }
    }
  }

  @Test
  void reg04ApparentEnergyHasTheDirectionOfTheActivePowerOfItsPhase() {
    Bench bench = of(CalculationMethod.INDIVIDUAL_IMPORT_EXPORT);
    Phase inductive = new Phase(200_000, 5_000, 9_000);
    Phase export = new Phase(200_000, 10_000, 21_000);
    Phase capacitive = new Phase(200_000, 15_000, 28_000);
    bench.run(new Measurement(inductive, export, capacitive, FREQUENCY), HOUR);
    assertEquals(new Energy(4_000, 0), bench.meter.primary(EnergyKind.E14));
    assertEquals(new Energy(2_000, 0), bench.meter.primary(EnergyKind.E23));
  }

  @ParameterizedTest
  @ValueSource(ints = {6_000, 12_000, 24_000, 30_000})
  void calc04TotalSummationMakesQuadrant1OfEachQuadrant(int angle) {
    Bench bench = of(CalculationMethod.TOTAL_SUMMATION);
    bench.run(Measurement.balanced(new Phase(230_000, 10_000, angle), FREQUENCY), HOUR);

    assertEquals(3_450, bench.read("A14"));
    assertEquals(VAR_HOURS, bench.read("R12"));
    assertEquals(VAR_HOURS, bench.read("R1"));
    assertEquals(6_900, bench.read("E14"));
    assertEquals(0, bench.read("A23") + bench.read("R34") + bench.read("E23"));
  }

  @ParameterizedTest
  @CsvSource({
    "INDIVIDUAL_IMPORT_EXPORT, 2000, 500",
    "VECTOR_SUMMATION, 1500, 0",
    "TOTAL_SUMMATION, 2500, 0"
  })
  void calc02To04TwoPhasesThatImportAndOneThatExportsLess(
      CalculationMethod method, long positive, long negative) {
    Bench bench = of(method);
    bench.run(new Measurement(watts(1_000), watts(1_000), watts(-500), FREQUENCY), HOUR);

    assertEquals(positive, bench.read("A14"));
    assertEquals(negative, bench.read("A23"));
    assertEquals(positive, bench.read("E14"));
    assertEquals(negative, bench.read("E23"));
  }

  @ParameterizedTest
  @CsvSource({
    "INDIVIDUAL_IMPORT_EXPORT, 500, 2000",
    "VECTOR_SUMMATION, 0, 1500",
    "TOTAL_SUMMATION, 2500, 0"
  })
  void calc02To04TwoPhasesThatExportAndOneThatImportsLess(
      CalculationMethod method, long positive, long negative) {
    Bench bench = of(method);
    bench.run(new Measurement(watts(-1_000), watts(500), watts(-1_000), FREQUENCY), HOUR);

    assertEquals(positive, bench.read("A14"));
    assertEquals(negative, bench.read("A23"));
    assertEquals(positive, bench.read("E14"));
    assertEquals(negative, bench.read("E23"));
  }

  @Test
  void calc03TheSignOfTheSumSelectsTheRegisterAnewEachSecond() {
    Bench bench = of(CalculationMethod.VECTOR_SUMMATION);
    for (int i = 0; i < HOUR; i++) {
      int sign = i % 2 == 0 ? 1 : -1;
      bench.run(new Measurement(watts(2_000 * sign), Phase.NONE, Phase.NONE, FREQUENCY), 1);
    }
    assertEquals(1_000, bench.read("A14"));
    assertEquals(1_000, bench.read("A23"));
  }

  @Test
  void calc03ApparentEnergyOfAVectorSumIsItsLength() {
    Bench bench = of(CalculationMethod.VECTOR_SUMMATION);
    Phase real = new Phase(200_000, 15_000, 0);
    Phase inductive = new Phase(200_000, 20_000, 9_000);
    bench.run(new Measurement(real, inductive, Phase.NONE, FREQUENCY), HOUR);

    assertEquals(new Energy(3_000, 0), bench.meter.primary(EnergyKind.A14));
    assertEquals(new Energy(4_000, 0), bench.meter.primary(EnergyKind.R12));
    assertEquals(new Energy(5_000, 0), bench.meter.primary(EnergyKind.E14));
  }

  @Test
  void calc01OnASinglePhaseIndividualAndVectorAreTheSame() {
    Phase distorted = new Phase(230_000, 5_000, 4_500, 700_000_000, -600_000_000, 200, 4_000);
    for (int angle = 0; angle < 36_000; angle += 4_500) {
      Bench individual = singlePhase(CalculationMethod.INDIVIDUAL_IMPORT_EXPORT);
      Bench vector = singlePhase(CalculationMethod.VECTOR_SUMMATION);
      for (Bench bench : new Bench[] {individual, vector}) {
        bench.run(Measurement.singlePhase(new Phase(230_000, 5_000, angle), FREQUENCY), 100);
        bench.run(Measurement.singlePhase(distorted, FREQUENCY), 100);
      }
      for (EnergyKind kind : EnergyKind.values()) {
        assertEquals(individual.exact(kind), vector.exact(kind));
      }
    }
  }

  @Test
  void calc01OnASinglePhaseThatImportsAllThreeMethodsAreTheSame() {
    for (EnergyKind kind : EnergyKind.values()) {
      BigInteger first = null;
      for (CalculationMethod method : CalculationMethod.values()) {
        Bench bench = singlePhase(method);
        bench.run(Measurement.singlePhase(SIXTY_DEGREES, FREQUENCY), 100);
        first = first == null ? bench.exact(kind) : first;
        assertEquals(first, bench.exact(kind));
      }
    }
  }

  private static Bench singlePhase(CalculationMethod method) {
    return new Bench(MeterSettings.of(MeterVariant.SINGLE_PHASE).calculationMethod(method).build());
  }

  @Test
  void aSinglePhaseMeterMeasuresL1Only() {
    Bench bench = singlePhase(CalculationMethod.INDIVIDUAL_IMPORT_EXPORT);
    bench.run(Measurement.balanced(SIXTY_DEGREES, FREQUENCY), HOUR);
    assertEquals(1_150, bench.read("A14"));
    assertEquals(0, bench.read("A14_L2"));
    assertEquals(0, bench.read("U_L3"));
    assertEquals(230, bench.read("U_L1"));
  }

  @ParameterizedTest
  @EnumSource(CalculationMethod.class)
  void reg12TwoSystemsOfAnAronMeterAreTheEnergyOfThreePhases(CalculationMethod method) {
    // A balanced load of 10 A that lags by 75 degrees: voltages between phases lead and lag theirs
    // by 30 degrees, so the first system has 105 degrees, and exports.
    int line = 398_372;
    Phase l1 = new Phase(line, 10_000, 10_500);
    Phase l3 = new Phase(line, 10_000, 4_500);
    Bench bench =
        new Bench(
            MeterSettings.of(MeterVariant.THREE_PHASE)
                .measuringSystems(MeasuringSystems.ARON)
                .calculationMethod(method)
                .build());
    bench.run(new Measurement(l1, Phase.NONE, l3, FREQUENCY), HOUR);

    // sqrt(3) x 398.372 V x 10 A = 6900.005 VA; times cos and sin of 75 degrees.
    assertEquals(1_785, bench.read("A14"));
    assertEquals(6_664, bench.read("R12"));
    assertEquals(6_900, bench.read("E14"));
    assertEquals(0, bench.read("A23"));
    assertEquals(26, bench.read("PF_Total"));
  }

  @Test
  void reg14APhaseBelow2Point3WattRegistersNothingAndTheOthersGoOn() {
    Bench bench = Bench.threePhase();
    Phase idle = new Phase(230_000, 9, 4_500);
    bench.run(new Measurement(idle, watts(1_000), idle, FREQUENCY), HOUR);

    assertEquals(new Energy(1_000, 0), bench.meter.primary(EnergyKind.A14));
    assertEquals(Energy.NONE, bench.meter.primary(EnergyKind.R12));
    assertEquals(Energy.NONE, bench.meter.primary(Accumulators.ofPhase(1, EnergyKind.A14)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9_000, 18_000, 27_000})
  void reg14From2Point3WattOnAPhaseRegistersAtAnyAngle(int angle) {
    Bench bench = Bench.threePhase();
    bench.run(Measurement.balanced(new Phase(230_000, 10, angle), FREQUENCY), HOUR);
    BigInteger all = BigInteger.ZERO;
    for (EnergyKind kind :
        new EnergyKind[] {EnergyKind.A14, EnergyKind.A23, EnergyKind.R12, EnergyKind.R34}) {
      all = all.add(bench.exact(kind));
    }
    assertEquals(BigInteger.valueOf(3 * 2_300_000L * HOUR), all);
  }

  @Test
  void reg14AMeterWithTransformersStartsAt0Point6WattOfTheSecondarySide() {
    Bench bench = new Bench(MeterSettings.of(MeterVariant.CT).transformerRatio(100).build());
    bench.run(Measurement.balanced(new Phase(230_000, 2, 0), FREQUENCY), HOUR);
    assertEquals(BigInteger.ZERO, bench.exact(EnergyKind.A14));
    bench.run(Measurement.balanced(new Phase(230_000, 3, 0), FREQUENCY), HOUR);
    assertEquals(BigInteger.valueOf(3 * 690_000L * HOUR * 100), bench.exact(EnergyKind.A14));
  }

  @Test
  void reg06AddsActivePositiveAndNegativeNumerically() {
    Bench bench = Bench.threePhase();
    bench.run(new Measurement(watts(1_000), watts(-300), Phase.NONE, FREQUENCY), HOUR);
    assertEquals(1_000, bench.read("A14"));
    assertEquals(300, bench.read("A23"));
    assertEquals(1_300, bench.read("A1234"));
  }

  @Test
  void reg07TheNetEnergyCountsBackwardsAndThroughZeroLikeTheDigitsOfTheDisplay() {
    Bench bench = Bench.threePhase();
    bench.run(new Measurement(watts(1_000), Phase.NONE, Phase.NONE, FREQUENCY), HOUR);
    assertEquals(1_000, bench.read("A_Net"));
    bench.run(new Measurement(watts(-400), Phase.NONE, Phase.NONE, FREQUENCY), HOUR);
    assertEquals(600, bench.read("A_Net"));
    bench.run(new Measurement(watts(-1_000), Phase.NONE, Phase.NONE, FREQUENCY), HOUR);
    assertEquals(999_999_600, bench.read("A_Net"));
    assertEquals(1_000, bench.read("A14"));
  }

  @Test
  void reg16EachPhaseHasItsOwnActiveEnergies() {
    Bench bench = Bench.threePhase();
    bench.run(new Measurement(watts(1_000), watts(-300), watts(20), FREQUENCY), HOUR);
    assertEquals(1_000, bench.read("A14_L1"));
    assertEquals(0, bench.read("A23_L1"));
    assertEquals(0, bench.read("A14_L2"));
    assertEquals(300, bench.read("A23_L2"));
    assertEquals(20, bench.read("A14_L3"));
    assertEquals(300 * EnergyTotals.WATT_HOUR, bench.meter.total(EnergyKind.E23, 2));
  }

  @Test
  void withoutMainsNothingIsCounted() {
    Bench bench = Bench.threePhase();
    bench.run(Measurement.balanced(SIXTY_DEGREES, FREQUENCY), 10);
    BigInteger before = bench.exact(EnergyKind.A14);
    bench.supplied(false);
    bench.run(Measurement.balanced(SIXTY_DEGREES, FREQUENCY), 10);
    assertEquals(before, bench.exact(EnergyKind.A14));
    assertEquals(0, bench.read("P14"));
    assertEquals(0, bench.read("U_L1"));
    assertEquals(0, bench.meter.active(1));
  }
}
