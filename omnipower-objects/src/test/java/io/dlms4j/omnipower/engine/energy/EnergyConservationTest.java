package io.dlms4j.omnipower.engine.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.CalculationMethod;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class EnergyConservationTest {
  /** What happens to a meter: a measurement for a while, with what is set before it. */
  record Spell(Measurement measurement, int seconds, int tariff, int ratio, boolean tripReset) {}

  private static Bench bench(CalculationMethod method) {
    return new Bench(
        MeterSettings.of(MeterVariant.CT).calculationMethod(method).transformerRatio(60).build());
  }

  private static void live(Bench bench, Spell spell) {
    bench.tariff(spell.tariff);
    if (spell.ratio > 0) {
      bench.write("Trafo ratio current numerator", spell.ratio);
    }
    if (spell.tripReset) {
      bench.meter.resetTripCounters();
    }
    bench.run(spell.measurement, spell.seconds);
  }

  private static BigInteger sum(Function<Integer, Energy> parts, int count) {
    BigInteger sum = BigInteger.ZERO;
    for (int part = 1; part <= count; part++) {
      sum = sum.add(Bench.exact(parts.apply(part)));
    }
    return sum;
  }

  @Property(tries = 100)
  void tar01TariffsAddUpToTheTotalOnBothSidesOfTheTransformers(
      @ForAll CalculationMethod method, @ForAll("spells") List<Spell> spells) {
    Bench bench = bench(method);
    for (Spell spell : spells) {
      live(bench, spell);
      for (EnergyKind kind : EnergyKind.values()) {
        assertEquals(bench.exact(kind), sum(tariff -> bench.meter.tariff(kind, tariff), 8));
        assertEquals(
            Bench.exact(bench.meter.secondary(kind)),
            sum(tariff -> bench.meter.secondaryTariff(kind, tariff), 8));
      }
    }
  }

  @Property(tries = 100)
  void reg02And03QuadrantsAddUpToReactivePositiveAndNegative(
      @ForAll CalculationMethod method, @ForAll("spells") List<Spell> spells) {
    Bench bench = bench(method);
    BigInteger reactive = BigInteger.ZERO;
    for (Spell spell : spells) {
      live(bench, spell);
      for (int second = 0; second < spell.seconds; second++) {
        Measurement measured = spell.measurement;
        long sum = measured.l1().reactive() + measured.l2().reactive() + measured.l3().reactive();
        long size =
            Math.abs(measured.l1().reactive())
                + Math.abs(measured.l2().reactive())
                + Math.abs(measured.l3().reactive());
        long counted =
            switch (method) {
              case INDIVIDUAL_IMPORT_EXPORT, TOTAL_SUMMATION -> size;
              case VECTOR_SUMMATION -> Math.abs(sum);
            };
        reactive = reactive.add(BigInteger.valueOf(counted));
      }
    }
    BigInteger quadrants =
        sum(quadrant -> bench.meter.secondary(Accumulators.R1 + quadrant - 1), 4);
    assertEquals(reactive, quadrants);
    assertEquals(
        quadrants,
        Bench.exact(bench.meter.secondary(EnergyKind.R12))
            .add(Bench.exact(bench.meter.secondary(EnergyKind.R34))));
  }

  @Property(tries = 60)
  void calc03PositiveMinusNegativeIsTheVectorSumOfAllPhasesToTheLastMicrowattSecond(
      @ForAll("spells") List<Spell> spells) {
    Bench bench = bench(CalculationMethod.VECTOR_SUMMATION);
    BigInteger active = BigInteger.ZERO;
    BigInteger reactive = BigInteger.ZERO;
    for (Spell spell : spells) {
      live(bench, spell);
      BigInteger seconds = BigInteger.valueOf(spell.seconds);
      for (int number = 1; number <= 3; number++) {
        Phase phase = spell.measurement.phase(number);
        active = active.add(BigInteger.valueOf(phase.active()).multiply(seconds));
        reactive = reactive.add(BigInteger.valueOf(phase.reactive()).multiply(seconds));
      }
    }
    assertEquals(active, difference(bench, EnergyKind.A14, EnergyKind.A23));
    assertEquals(reactive, difference(bench, EnergyKind.R12, EnergyKind.R34));
  }

  private static BigInteger difference(Bench bench, EnergyKind positive, EnergyKind negative) {
    return Bench.exact(bench.meter.secondary(positive))
        .subtract(Bench.exact(bench.meter.secondary(negative)));
  }

  @Property(tries = 60)
  void calc04TheTotalIsTheSumOfIndividualImportAndExport(@ForAll("spells") List<Spell> spells) {
    Bench individual = bench(CalculationMethod.INDIVIDUAL_IMPORT_EXPORT);
    Bench total = bench(CalculationMethod.TOTAL_SUMMATION);
    for (Spell spell : spells) {
      live(individual, spell);
      live(total, spell);
    }
    assertEquals(
        total.exact(EnergyKind.A14),
        individual.exact(EnergyKind.A14).add(individual.exact(EnergyKind.A23)));
    assertEquals(
        total.exact(EnergyKind.E14),
        individual.exact(EnergyKind.E14).add(individual.exact(EnergyKind.E23)));
    assertEquals(BigInteger.ZERO, total.exact(EnergyKind.A23));
  }

  @Property(tries = 60)
  void calc02PhasesAddUpToTheTotals(@ForAll("spells") List<Spell> spells) {
    Bench bench = bench(CalculationMethod.INDIVIDUAL_IMPORT_EXPORT);
    for (Spell spell : spells) {
      live(bench, spell);
    }
    for (EnergyKind kind : EnergyKind.values()) {
      assertEquals(
          bench.exact(kind),
          sum(phase -> bench.meter.primary(Accumulators.ofPhase(phase, kind)), 3));
      assertEquals(
          bench.meter.total(kind),
          bench.meter.total(kind, 1) + bench.meter.total(kind, 2) + bench.meter.total(kind, 3));
    }
  }

  @Property(tries = 60)
  void nothingButATripCounterThatIsResetRunsBackwards(
      @ForAll CalculationMethod method, @ForAll("spells") List<Spell> spells) {
    Bench bench = bench(method);
    for (Spell spell : spells) {
      List<BigInteger> before = everything(bench, spell.tripReset);
      live(bench, spell);
      List<BigInteger> after = everything(bench, spell.tripReset);
      for (int i = 0; i < before.size(); i++) {
        assertTrue(after.get(i).compareTo(before.get(i)) >= 0);
      }
    }
  }

  @Property(tries = 60)
  void twoMetersThatLiveTheSameAreTheSame(
      @ForAll CalculationMethod method, @ForAll("spells") List<Spell> spells) {
    Bench one = bench(method);
    Bench other = bench(method);
    for (Spell spell : spells) {
      live(one, spell);
      live(other, spell);
    }
    assertEquals(everything(one, false), everything(other, false));
    for (String name : one.readings.names()) {
      assertEquals(one.read(name), other.read(name), name);
    }
  }

  private static List<BigInteger> everything(Bench bench, boolean withoutTrips) {
    List<BigInteger> all = new ArrayList<>();
    for (EnergyKind kind : EnergyKind.values()) {
      if (!withoutTrips) {
        all.add(Bench.exact(bench.meter.trip(kind)));
      }
      for (int tariff = 1; tariff <= 8; tariff++) {
        all.add(Bench.exact(bench.meter.tariff(kind, tariff)));
        all.add(Bench.exact(bench.meter.secondaryTariff(kind, tariff)));
      }
    }
    for (int i = 0; i < Accumulators.COUNT; i++) {
      all.add(Bench.exact(bench.meter.primary(i)));
      all.add(Bench.exact(bench.meter.secondary(i)));
    }
    return all;
  }

  @Provide
  Arbitrary<List<Spell>> spells() {
    Arbitrary<Phase> phase =
        Combinators.combine(
                Arbitraries.integers().between(160_000, Measurement.MAX_VOLTAGE),
                Arbitraries.integers().between(100, Measurement.MAX_CURRENT),
                Arbitraries.integers().between(0, Measurement.FULL_ANGLE - 1))
            .as(Phase::new);
    Arbitrary<Measurement> measurement =
        Combinators.combine(phase, phase, phase)
            .as((l1, l2, l3) -> new Measurement(l1, l2, l3, Bench.FREQUENCY));
    Arbitrary<Integer> ratio =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(0)), Tuple.of(1, Arbitraries.integers().between(1, 600)));
    return Combinators.combine(
            measurement,
            Arbitraries.integers().between(1, 3_600),
            Arbitraries.integers().between(1, 8),
            ratio,
            Arbitraries.of(true, false, false))
        .as(Spell::new)
        .list()
        .ofMaxSize(12);
  }
}
