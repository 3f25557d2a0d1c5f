package io.dlms4j.omnipower.engine;

import static io.dlms4j.omnipower.backend.EnergyKind.A_MINUS;
import static io.dlms4j.omnipower.backend.EnergyKind.A_PLUS;
import static io.dlms4j.omnipower.backend.EnergyKind.R_MINUS;
import static io.dlms4j.omnipower.backend.EnergyKind.R_PLUS;
import static io.dlms4j.omnipower.engine.Engines.DAY;
import static io.dlms4j.omnipower.engine.Engines.HOUR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.LoadProfile;
import io.dlms4j.omnipower.backend.LoadProfileRow;
import io.dlms4j.omnipower.backend.LoadProfileSelection;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.backend.RowsOverwrittenException;
import io.dlms4j.omnipower.engine.Measurement.Phase;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadProfileTest {
  /** 3450 W import and 5975 var on the whole. */
  private static final MeasurementSource LOAD =
      Engines.constantly(Measurement.balanced(Engines.NOMINAL, 50_000));

  @ParameterizedTest
  @ValueSource(ints = {900, 1_800, 3_600})
  void lp01And02ARowIsLoggedAtTheEndOfEachPeriodWithTheRegistersOfThatMoment(int period) {
    EngineBackend meter = Engines.backend(Engines.midwinter().capturePeriod(period));
    meter.run(LOAD, period - 1);
    assertEquals(0, meter.loadProfile().entriesInUse());
    meter.run(LOAD, 1);
    assertEquals(1, meter.loadProfile().entriesInUse());
    LoadProfileRow row = Engines.rows(meter).get(0);
    assertEquals(meter.clock().normalTime(), row.time());
    assertEquals(3_450 * period / HOUR, row.energy(0));
    assertEquals(0, row.energy(1));
    assertEquals(meter.energy(R_PLUS), row.energy(2));
    assertEquals(0, row.energy(3));
    meter.run(LOAD, 3 * HOUR - period);
    assertEquals(3 * HOUR / period, meter.loadProfile().entriesInUse());
    assertEquals(period, meter.loadProfile().capturePeriod());
  }

  @Test
  void lp02APeriodThatBeganAtSwitchOnIsLoggedAtItsEnd() {
    EngineBackend meter = Engines.backend(Engines.at(2025, 6, 1, 10, 7, 30));
    meter.run(LOAD, 450);
    LoadProfileRow row = Engines.rows(meter).get(0);
    assertEquals(
        new MeterTime(LocalDateTime.of(2025, 6, 1, 11, 15), true),
        meter.clock().display(row.time()));
    assertEquals(3_450 * 450 / HOUR, row.energy(0));
    assertEquals(0, row.loggerStatus());
    assertEquals(0, row.dataQuality());
    assertEquals(5, row.format());
  }

  @Test
  void lp02TheLayoutOfTheRowIsTheLayoutAskedFor() {
    List<EnergyKind> importAndInductive = List.of(A_PLUS, R_PLUS);
    EngineBackend meter =
        Engines.backend(
            Engines.midwinter().loadProfileEnergies(importAndInductive).energyFormat(1));
    meter.run(LOAD, HOUR);
    assertEquals(importAndInductive, meter.loadProfile().energies());
    LoadProfileRow last = Engines.rows(meter).get(3);
    assertEquals(2, last.energyCount());
    assertEquals(3_450, last.energy(0));
    assertEquals(5_975, last.energy(1));
    assertEquals(1, last.format());
  }

  @Test
  void lp01And02PeriodsAndLayoutsThatNoMeterHasAreRefused() {
    MeteringEngine.Builder builder = Engines.midwinter();
    assertThrows(IllegalArgumentException.class, () -> builder.capturePeriod(300));
    assertThrows(IllegalArgumentException.class, () -> builder.capturePeriod(0));
    List<EnergyKind> swapped = List.of(A_MINUS, A_PLUS);
    assertThrows(IllegalArgumentException.class, () -> builder.loadProfileEnergies(swapped));
    assertThrows(IllegalArgumentException.class, () -> builder.loadProfileEnergies(List.of()));
    assertThrows(IllegalArgumentException.class, () -> builder.energyFormat(256));
    assertThrows(IllegalArgumentException.class, () -> builder.initialEnergy(A_PLUS, -1));
  }

  @Test
  void lp03ThereIsRoomForTheDaysOfTable11() {
    assertEquals(275 * 96, depth(List.of(A_PLUS)));
    assertEquals(231 * 96, depth(List.of(A_PLUS, A_MINUS)));
    assertEquals(231 * 96, depth(List.of(A_PLUS, R_PLUS)));
    assertEquals(175 * 96, depth(List.of(A_PLUS, A_MINUS, R_PLUS, R_MINUS)));
  }

  @Test
  void lp03AFullLoggerLosesItsOldestRowsOneByOne() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    int depth = meter.loadProfile().profileEntries();
    meter.run(LOAD, 900L * depth);
    assertEquals(1, first(meter).number());
    meter.run(LOAD, 3 * 900);
    assertEquals(depth, meter.loadProfile().entriesInUse());
    assertEquals(4, first(meter).number());
    assertEquals(depth, meter.loadProfile().all().size());
    assertEquals(depth + 3, newest(meter).number());
    assertEquals(meter.clock().normalTime(), newest(meter).time());
  }

  @Test
  void aRowHasTheRegisterAsItGoesOnAtZero() {
    EngineBackend meter = Engines.backend(Engines.midwinter().initialEnergy(A_PLUS, 0xFFFF_FFFFL));
    meter.run(LOAD, HOUR);
    assertEquals(3_449, newest(meter).energy(0));
  }

  @Test
  void log07ARangeHasBothItsEndsAndIsOldestFirst() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    long start = meter.clock().normalTime();
    meter.run(LOAD, DAY);
    LoadProfile profile = meter.loadProfile();

    assertEquals(List.of(4L, 5L, 6L), numbers(profile.between(start + 3_600, start + 5_400)));
    assertEquals(List.of(5L), numbers(profile.between(start + 3_601, start + 5_399)));
    assertEquals(List.of(), numbers(profile.between(start + 3_601, start + 3_700)));
    assertEquals(List.of(), numbers(profile.between(start + 5_400, start + 3_600)));
    assertEquals(List.of(1L), numbers(profile.between(Long.MIN_VALUE, start + 900)));
    assertEquals(List.of(96L), numbers(profile.between(start + DAY, Long.MAX_VALUE)));
    assertEquals(List.of(), numbers(profile.between(start + DAY + 1, Long.MAX_VALUE)));
    assertEquals(96, numbers(profile.all()).size());
  }

  @Test
  void log05EntriesAreCountedFromTheNewestAndComeInTheOrderAskedFor() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    meter.run(LOAD, 5 * 900);
    LoadProfile profile = meter.loadProfile();

    assertEquals(List.of(4L, 3L, 2L), numbers(profile.entries(1, 3)));
    assertEquals(List.of(4L, 5L), numbers(profile.entries(1, 0)));
    assertEquals(List.of(5L), numbers(profile.entries(0, 0)));
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), numbers(profile.entries(0xFFFF_FFFFL, 0)));
    assertEquals(List.of(2L, 1L), numbers(profile.entries(3, 0xFFFF_FFFFL)));
    assertEquals(List.of(), numbers(profile.entries(5, 9)));
    assertThrows(IllegalArgumentException.class, () -> profile.entries(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> profile.entries(0, -1));
  }

  @Test
  void anEmptyLoggerHasNoRowsByAnySelection() {
    LoadProfile profile = Engines.backend(Engines.midwinter()).loadProfile();
    assertEquals(0, profile.all().size());
    assertEquals(0, profile.entries(0, 0).size());
    assertFalse(profile.all().iterator().hasNext());
    assertThrows(NoSuchElementException.class, () -> profile.all().iterator().next());
  }

  @Test
  void rowsLoggedAfterASelectionDoNotJoinIt() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    meter.run(LOAD, HOUR);
    LoadProfileSelection backwards = meter.loadProfile().entries(0, 3);
    LoadProfileSelection all = meter.loadProfile().all();
    meter.run(LOAD, HOUR);
    assertEquals(List.of(4L, 3L, 2L, 1L), numbers(backwards));
    assertEquals(List.of(1L, 2L, 3L, 4L), numbers(all));
  }

  @Test
  void aSelectionIsWholeForAWhileThoughItsRowsAreOverwrittenAndThenSaysSo() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    int depth = meter.loadProfile().profileEntries();
    meter.run(LOAD, 900L * depth);
    LoadProfileSelection all = meter.loadProfile().all();
    meter.run(LOAD, 900L * LoadProfileBuffer.SPARE_ROWS);
    assertEquals(depth, numbers(all).size());
    meter.run(LOAD, 900);
    Iterator<LoadProfileRow> late = all.iterator();
    assertThrows(RowsOverwrittenException.class, late::next);
  }

  @Property(tries = 40)
  void differencesOfRowsAddUpToTheRegistersAndNothingRunsBackwards(
      @ForAll long seed, @ForAll @IntRange(max = DAY - 1) int start) {
    MeasurementSource wild =
        second -> {
          Chance chance = new Chance(seed);
          int volts = (int) chance.between(170_000, 300_000, 0, second);
          int amperes = (int) chance.between(0, 100_000, 1, second);
          int angle = (int) chance.between(0, Measurement.FULL_ANGLE, 2, second);
          Phase phase = new Phase(volts, amperes, angle);
          return new Measurement(phase, Engines.NOMINAL, Phase.NONE, 50_000);
        };
    EngineBackend meter =
        Engines.backend(
            MeteringEngine.startingAt(
                new MeterTime(LocalDateTime.of(2025, 2, 3, 0, 0).plusSeconds(start), false)));
    // Up to the end of a period, so that the newest row has what the registers have.
    meter.run(wild, 5 * HOUR - start % 900);
    List<LoadProfileRow> rows = Engines.rows(meter);
    for (int column = 0; column < 4; column++) {
      long sum = 0;
      long before = 0;
      for (LoadProfileRow row : rows) {
        assertTrue(row.energy(column) >= before);
        sum += row.energy(column) - before;
        before = row.energy(column);
      }
      assertEquals(meter.energy(meter.loadProfile().energies().get(column)), sum);
    }
  }

  @Property(tries = 200)
  void log04AnEnginesRowsAreChosenAsThoseOfAListAre(
      @ForAll @IntRange(max = 12) int count,
      @ForAll @IntRange(max = 15) int from,
      @ForAll @IntRange(max = 15) int to,
      @ForAll @IntRange(max = 13 * 900) int earliest,
      @ForAll @IntRange(max = 13 * 900) int latest) {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    long start = meter.clock().normalTime();
    meter.run(LOAD, 900L * count);
    LoadProfile profile = meter.loadProfile();
    List<LoadProfileRow> rows = Engines.rows(meter);
    LoadProfile listed =
        LoadProfile.of(900, profile.energies(), profile.profileEntries(), () -> rows);

    assertEquals(listed.entriesInUse(), profile.entriesInUse());
    assertEquals(numbers(listed.entries(from, to)), numbers(profile.entries(from, to)));
    assertEquals(
        numbers(listed.between(start + earliest, start + latest)),
        numbers(profile.between(start + earliest, start + latest)));
    assertEquals(numbers(listed.all()), numbers(profile.all()));
  }

  private static int depth(List<EnergyKind> kinds) {
    return Engines.backend(Engines.midwinter().loadProfileEnergies(kinds))
        .loadProfile()
        .profileEntries();
  }

  private static LoadProfileRow first(EngineBackend meter) {
    return meter.loadProfile().all().iterator().next();
  }

  private static LoadProfileRow newest(EngineBackend meter) {
    return meter.loadProfile().entries(0, 0).iterator().next();
  }

  private static List<Long> numbers(LoadProfileSelection selection) {
    List<Long> numbers = new ArrayList<>();
    selection.forEach(row -> numbers.add(row.number()));
    assertEquals(selection.size(), numbers.size());
    return numbers;
  }
}
