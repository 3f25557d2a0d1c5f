package io.dlms4j.omnipower.engine;

import static io.dlms4j.omnipower.backend.EnergyKind.A_MINUS;
import static io.dlms4j.omnipower.backend.EnergyKind.A_PLUS;
import static io.dlms4j.omnipower.engine.Engines.DAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.LoadProfileRow;
import io.dlms4j.omnipower.engine.Measurement.Phase;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HouseholdSourceTest {
  @Test
  void aDayHas96RowsWhoseDifferencesAddUpToTheRegisters() {
    EngineBackend meter = Engines.backend(Engines.at(2025, 5, 10, 0, 0, 0));
    meter.run(new HouseholdSource(7), DAY);

    List<LoadProfileRow> rows = Engines.rows(meter);
    assertEquals(96, rows.size());
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
    assertEquals(0, rows.stream().mapToLong(LoadProfileRow::dataQuality).sum());
  }

  @Property(tries = 12)
  void aHouseImports8To20KilowattHoursADay(
      @ForAll long seed, @ForAll @IntRange(max = 364) int dayOfYear) {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    long shift = (long) dayOfYear * DAY;
    HouseholdSource house = new HouseholdSource(seed);
    meter.run(second -> house.at(second + shift), DAY);
    long imported = meter.energy(A_PLUS);
    assertTrue(imported > 7_500 && imported < 20_500, () -> imported + " Wh");
  }

  @Test
  void aHouseExportsAroundNoonOfASpringDayAndNeverWithoutSun() {
    EngineBackend meter = Engines.backend(Engines.at(2025, 5, 10, 0, 0, 0));
    HouseholdSource house = new HouseholdSource(7);
    HouseholdDay day = house.day(meter.clock().normalTime() / DAY);
    meter.run(house, DAY);

    long before = 0;
    for (LoadProfileRow row : Engines.rows(meter)) {
      int end = (int) Math.floorMod(row.time() - 1, (long) DAY) + 1;
      boolean sun = day.sun(end) > 0 || day.sun(end - 900) > 0;
      long exported = row.energy(1) - before;
      assertTrue(sun || exported == 0, () -> exported + " Wh at night");
      if (end > 12 * 3_600 && end <= 13 * 3_600) {
        assertTrue(exported > 0, "no export at noon");
      }
      before = row.energy(1);
    }
    assertTrue(meter.energy(A_MINUS) > 2_000);
  }

  @Test
  void twoRunsOfOneSeedAreTheSameAndOfTwoSeedsAreNot() {
    EngineBackend first = house(3);
    EngineBackend again = house(3);
    EngineBackend other = house(4);
    assertEquals(Engines.rows(first), Engines.rows(again));
    assertNotEquals(Engines.rows(first), Engines.rows(other));
    for (EnergyKind kind : EnergyKind.values()) {
      assertEquals(first.energy(kind), again.energy(kind));
    }
  }

  @Property(tries = 100)
  void aSecondIsTheSameWhateverWasAskedForBefore(
      @ForAll long seed,
      @ForAll @LongRange(max = 4_000_000_000L) long second,
      @ForAll @LongRange(max = 4_000_000_000L) long before) {
    HouseholdSource fresh = new HouseholdSource(seed);
    HouseholdSource used = new HouseholdSource(seed);
    used.at(before);
    used.at(second + DAY);
    assertEquals(fresh.at(second), used.at(second));
  }

  @Property(tries = 300)
  void voltageAndFrequencyStayWithinWhatANetworkMayGive(
      @ForAll long seed, @ForAll @LongRange(max = 4_000_000_000L) long second) {
    Measurement measurement = new HouseholdSource(seed).at(second);
    for (Phase phase : List.of(measurement.l1(), measurement.l2(), measurement.l3())) {
      assertTrue(phase.voltage() > 215_000 && phase.voltage() < 245_000, phase::toString);
      assertTrue(phase.current() < 32_000, phase::toString);
    }
    assertTrue(Math.abs(measurement.frequency() - 50_000) <= 30);
  }

  @Test
  void theVoltageOfAPhaseGivesWayUnderItsLoad() {
    HouseholdSource house = new HouseholdSource(7);
    HouseholdDay day = house.day(20_000);
    long kettleOn = 20_000L * DAY + day.kettle.start();
    int off = house.at(kettleOn - 1).l2().voltage();
    int on = house.at(kettleOn).l2().voltage();
    assertTrue(off - on > 1_500, () -> off + " mV before, " + on + " mV with the kettle");
  }

  private static EngineBackend house(long seed) {
    EngineBackend meter = Engines.backend(Engines.at(2025, 5, 10, 0, 0, 0));
    meter.run(new HouseholdSource(seed), DAY);
    return meter;
  }
}
