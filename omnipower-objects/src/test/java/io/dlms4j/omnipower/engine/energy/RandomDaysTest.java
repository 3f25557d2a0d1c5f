package io.dlms4j.omnipower.engine.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.CalculationMethod;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.measurement.MeasurementSource;
import io.dlms4j.omnipower.measurement.RandomSource;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RandomDaysTest {
  private static final long START = 1_735_689_600L;
  private static final int HOURS = 24;

  private static Bench day(long seed, CalculationMethod method, boolean checked) {
    Bench bench =
        new Bench(MeterSettings.of(MeterVariant.THREE_PHASE).calculationMethod(method).build());
    MeasurementSource source = new RandomSource(seed);
    BigInteger before = BigInteger.ZERO;
    for (int hour = 0; hour < HOURS; hour++) {
      bench.tariff(1 + (int) Math.floorMod(seed + 5L * hour, 8L));
      for (int second = 0; second < Bench.HOUR; second++) {
        bench.run(source.at(START + (long) hour * Bench.HOUR + second), 1);
      }
      BigInteger after = bench.exact(EnergyKind.A14).add(bench.exact(EnergyKind.A23));
      assertTrue(after.compareTo(before) > 0 || !checked);
      before = after;
    }
    return bench;
  }

  @Property(tries = 6)
  void ofRandomDaysTariffsQuadrantsAndPhasesAddUp(
      @ForAll long seed, @ForAll CalculationMethod method) {
    Bench bench = day(seed, method, true);
    for (EnergyKind kind : EnergyKind.values()) {
      BigInteger tariffs = BigInteger.ZERO;
      for (int tariff = 1; tariff <= 8; tariff++) {
        tariffs = tariffs.add(Bench.exact(bench.meter.tariff(kind, tariff)));
      }
      assertEquals(bench.exact(kind), tariffs);
      if (method == CalculationMethod.INDIVIDUAL_IMPORT_EXPORT) {
        BigInteger phases = BigInteger.ZERO;
        for (int phase = 1; phase <= 3; phase++) {
          phases = phases.add(Bench.exact(bench.meter.primary(Accumulators.ofPhase(phase, kind))));
        }
        assertEquals(bench.exact(kind), phases);
      }
    }
    assertEquals(
        bench.exact(EnergyKind.R12),
        Bench.exact(bench.meter.primary(Accumulators.R1))
            .add(Bench.exact(bench.meter.primary(Accumulators.R2))));
    assertEquals(
        bench.exact(EnergyKind.R34),
        Bench.exact(bench.meter.primary(Accumulators.R3))
            .add(Bench.exact(bench.meter.primary(Accumulators.R4))));
  }

  @Property(tries = 3)
  void twoRunsOfOneSeedAreIdentical(@ForAll long seed, @ForAll CalculationMethod method) {
    Bench one = day(seed, method, false);
    Bench other = day(seed, method, false);
    for (int i = 0; i < Accumulators.COUNT; i++) {
      assertEquals(one.meter.primary(i), other.meter.primary(i));
    }
    for (String name : one.readings.names()) {
      assertEquals(one.read(name), other.read(name), name);
    }
  }
}
