package io.dlms4j.omnipower.engine.loggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.LoadProfileLayout;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.bench.MeterBench;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random days of a meter that is switched off, and whose clock is set, whenever chance wills. */
class ConservationTest {
  private static final String PROFILE = "Load Profile logger";
  private static final long START = MeterBench.at(2025, 3, 1, 0, 0, 0);

  private static Measurement chance(Random random) {
    int angle = random.nextInt(4) * 9_000;
    return Measurement.balanced(
        new Phase(200_000 + random.nextInt(60_000), random.nextInt(80_000), angle), 50_000);
  }

  /** A day or so; ends at the end of a period in which nothing happened to the clock. */
  private static MeterBench day(MeterBench begun, Random random) {
    MeterBench meter = begun;
    for (int i = 0; i < 60; i++) {
      Measurement load = chance(random);
      switch (random.nextInt(12)) {
        case 0 -> meter.run(MeterBench.DARK, random.nextInt(4_000));
        case 1 -> meter.setClock(meter.now() + random.nextInt(5_000));
        case 2 -> meter.setClock(meter.now() - random.nextInt(5_000));
        case 3 -> meter = meter.afterPowerLoss(meter.now() + random.nextInt(5_000));
        case 4 -> {
          int[] periods = {900, 1_800, 3_600};
          meter.logger(PROFILE).setCapturePeriod(periods[random.nextInt(3)]);
        }
        default -> meter.run(load, random.nextInt(2_000));
      }
      meter.tariff = 1 + random.nextInt(8);
    }
    meter.logger(PROFILE).setCapturePeriod(900);
    meter.runUntil(MeterBench.IDLE, meter.now() - Math.floorMod(meter.now(), 900) + 1_800);
    return meter;
  }

  @Property(tries = 25)
  void lp06DifferencesOfRowsAddUpToTheConsumptionExactlyWhateverHappens(@ForAll long seed) {
    MeterBench meter =
        day(
            MeterBench.of(
                MeterSettings.of(MeterVariant.THREE_PHASE).differencesInLoadProfile(true).build(),
                START),
            new Random(seed));
    for (EnergyKind kind :
        List.of(EnergyKind.A14, EnergyKind.A23, EnergyKind.R12, EnergyKind.R34)) {
      List<Long> rows = meter.column(PROFILE, kind + ":2");
      assertEquals(
          meter.energy.register(kind), rows.stream().mapToLong(each -> each).sum(), kind.name());
    }
  }

  @Property(tries = 25)
  void lp02RowsNeverRunBackwardsAndTheLastHasWhatTheRegisterHas(@ForAll long seed) {
    MeterBench meter = day(MeterBench.of(MeterBench.THREE_PHASE, START), new Random(seed));
    List<Long> rows = meter.column(PROFILE, "A14:2");
    long before = 0;
    for (long row : rows) {
      assertTrue(row >= before);
      before = row;
    }
    assertEquals(meter.energy.register(EnergyKind.A14), before);
  }

  @Property(tries = 25)
  void log02ARowWithoutMarksComesOnePeriodAfterTheOneBeforeIt(@ForAll long seed) {
    MeterBench meter = day(MeterBench.of(MeterBench.THREE_PHASE, START), new Random(seed));
    List<LoggerRow> rows = meter.rows(PROFILE);
    for (int i = 1; i < rows.size(); i++) {
      long step = rows.get(i).time() - rows.get(i - 1).time();
      long status = rows.get(i).value(1).integralValue();
      if ((status & (1 << 6 | 1 << 8)) == 0) {
        assertTrue(List.of(900L, 1_800L, 3_600L).contains(step), "row " + i + " after " + step);
      }
      assertEquals(0, status & 1 << 3, "the checksum is right");
      assertEquals(0, Math.floorMod(rows.get(i).time(), 900));
    }
  }

  @Property(tries = 25)
  void peak03NoPeakIsHigherThanTheHighestLoad(@ForAll long seed) {
    Random random = new Random(seed);
    MeterBench meter = MeterBench.of(MeterBench.THREE_PHASE, START);
    long highest = 0;
    for (int i = 0; i < 60; i++) {
      Measurement load = chance(random);
      switch (random.nextInt(8)) {
        case 0 -> meter.run(MeterBench.DARK, 1 + random.nextInt(2_000));
        case 1 -> meter.setClock(meter.now() + random.nextInt(4_000) - 2_000);
        case 2 -> meter = meter.afterPowerLoss(meter.now() + random.nextInt(3_000));
        default -> {
          meter.run(load, 1 + random.nextInt(1_500));
          if (load.l1().angle() == 0) {
            highest = Math.max(highest, 3L * load.l1().voltage() * load.l1().current() / 1_000_000);
          }
        }
      }
      assertTrue(meter.read("P14_Max") <= highest);
      assertTrue(meter.read("P14_Avg") <= highest);
      assertTrue(meter.read("P14_Ex_Max_Tariff1") <= meter.read("P14_Max"));
    }
  }

  @Property(tries = 15)
  void twoRunsOfOneSeedAreIdentical(@ForAll long seed) {
    MeterSettings settings =
        MeterSettings.of(MeterVariant.THREE_PHASE).layout(LoadProfileLayout.A_PLUS_A_MINUS).build();
    assertEquals(state(settings, seed), state(settings, seed));
  }

  private static List<Object> state(MeterSettings settings, long seed) {
    MeterBench meter = day(MeterBench.of(settings, START), new Random(seed));
    List<Object> state = new ArrayList<>();
    for (String name : meter.readings.names()) {
      meter.readings.number(name).ifPresent(each -> state.add(each.getAsLong()));
    }
    for (String logger :
        List.of(PROFILE, "Analysis logger", "RTC logger", "Status logger", "Billing logger 2")) {
      for (LoggerRow row : meter.rows(logger)) {
        for (int i = 0; i < meter.columns(logger).size(); i++) {
          state.add(row.value(i));
        }
      }
    }
    return state;
  }
}
