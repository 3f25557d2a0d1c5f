package io.dlms4j.omnipower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.CatalogueEntry.Access;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.CalculationMethod;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.MeteringEngine;
import io.dlms4j.omnipower.measurement.RandomSource;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.server.profile.Rows;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** A whole meter through a year of anything: nothing is lost, and nothing runs backwards. */
class RandomYearTest {
  /** 2026-01-01 at midnight. */
  private static final long NEW_YEAR = 1_767_225_600L;

  private static final int DAY = 86_400;
  private static final Catalogue CATALOGUE = Catalogue.of(MeterVariant.THREE_PHASE);
  private static final CatalogueEntry LOAD_PROFILE = CATALOGUE.entry("Load Profile logger");
  private static final String[] ENERGIES = {"A14", "A23", "R12", "R34", "E14", "E23"};

  /** The energies of the load profile, which has four columns before them. */
  private static final String[] LOGGED = {"A14", "A23", "R12", "R34"};

  private static final int FIRST_ENERGY = 4;
  private static final int TARIFFS = 8;

  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void aYearOfAnythingIsCountedToTheLastWattHour(
      @ForAll long seed, @ForAll CalculationMethod method) {
    assertEquals(year(seed, method, 365), year(seed, method, 365));
  }

  private static Map<String, CosemData> year(long seed, CalculationMethod method, int days) {
    EngineBackend meter =
        new EngineBackend(
            new MeteringEngine(
                MeterSettings.of(MeterVariant.THREE_PHASE)
                    .calculationMethod(method)
                    .tariffControl(2)
                    .build(),
                new PermanentMemory(),
                NEW_YEAR),
            MeterIdentity.builder().build());
    RandomSource source = new RandomSource(seed);
    Random tariffs = new Random(seed);
    CatalogueEntry tariff = CATALOGUE.entry("ActualTariff");
    long[] before = new long[ENERGIES.length];
    for (int day = 0; day < days; day++) {
      int shift = 1 + tariffs.nextInt(DAY - 1);
      meter.run(source, shift);
      assertEquals(
          DataAccessResult.SUCCESS,
          meter.write(tariff, CosemData.unsigned(1 + tariffs.nextInt(TARIFFS))));
      meter.run(source, DAY - shift);
      for (int i = 0; i < ENERGIES.length; i++) {
        long now = read(meter, ENERGIES[i]);
        assertTrue(now >= before[i], ENERGIES[i]);
        before[i] = now;
        assertTariffs(meter, ENERGIES[i], now);
      }
      assertSum(read(meter, "R12"), read(meter, "R1"), read(meter, "R2"));
      assertSum(read(meter, "R34"), read(meter, "R3"), read(meter, "R4"));
      assertSum(read(meter, "A1234"), before[0], before[1]);
      assertNewestRow(meter);
    }
    Map<String, CosemData> all = new TreeMap<>();
    for (CatalogueEntry entry : CATALOGUE.entries()) {
      if (entry.classId() <= 4 && entry.access() != Access.CAPTURED_ONLY) {
        meter.read(entry).ifPresent(value -> all.put(entry.name(), value));
      }
    }
    return all;
  }

  private static void assertSum(long sum, long one, long other) {
    assertTrue(sum == one + other || sum == one + other + 1, sum + " of " + one + " and " + other);
  }

  /** Each register drops what is less than a Wh: eight of them may drop eight times as much. */
  private static void assertTariffs(EngineBackend meter, String energy, long total) {
    long sum = 0;
    for (int tariff = 1; tariff <= TARIFFS; tariff++) {
      sum += read(meter, energy + "_Tariff" + tariff);
    }
    assertTrue(sum <= total && total - sum < TARIFFS, energy + ": " + sum + " of " + total);
  }

  /** A row at midnight has what the registers show, unless the mains are gone. */
  private static void assertNewestRow(EngineBackend meter) {
    Rows<LoggerRow> rows = meter.logger(LOAD_PROFILE).orElseThrow().rows();
    LoggerRow newest = rows.row(rows.size() - 1);
    if (newest.time() != meter.clock().normalTime()) {
      return;
    }
    for (int i = 0; i < LOGGED.length; i++) {
      assertEquals(read(meter, LOGGED[i]), newest.value(FIRST_ENERGY + i).integralValue());
    }
  }

  private static long read(EngineBackend meter, String name) {
    return meter.read(CATALOGUE.entry(name)).orElseThrow().integralValue();
  }
}
