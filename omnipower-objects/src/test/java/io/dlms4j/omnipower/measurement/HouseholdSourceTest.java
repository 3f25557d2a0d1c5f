package io.dlms4j.omnipower.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class HouseholdSourceTest {
  private static final int QUARTER = 900;
  private static final int DAY = HouseholdDay.SECONDS_PER_DAY;
  private static final long WATT_HOUR = 3_600_000_000L;

  /** 2025-05-10. */
  private static final long SPRING = 20_218L * DAY;

  /** 2025-01-15. */
  private static final long MIDWINTER = 20_103L * DAY;

  /** What all phases import, or export, each for itself, in Wh. */
  private static long wattHours(MeasurementSource source, long from, int seconds, int sign) {
    long sum = 0;
    for (long second = from; second < from + seconds; second++) {
      Measurement measurement = source.at(second);
      for (int phase = 1; phase <= 3; phase++) {
        sum += Math.max(sign * measurement.phase(phase).active(), 0);
      }
    }
    return sum / WATT_HOUR;
  }

  @Property(tries = 12)
  void aHouseImports8To20KilowattHoursADay(
      @ForAll long seed, @ForAll @IntRange(max = 364) int dayOfYear) {
    long imported =
        wattHours(new HouseholdSource(seed), MIDWINTER + (long) dayOfYear * DAY, DAY, 1);
    assertTrue(imported > 7_500 && imported < 20_500, () -> imported + " Wh");
  }

  @Test
  void aHouseExportsAroundNoonOfASpringDayAndNeverWithoutSun() {
    HouseholdSource house = new HouseholdSource(7);
    HouseholdDay day = house.day(SPRING / DAY);
    long all = 0;
    for (int end = QUARTER; end <= DAY; end += QUARTER) {
      boolean sun = day.sun(end) > 0 || day.sun(end - QUARTER) > 0;
      long exported = wattHours(house, SPRING + end - QUARTER, QUARTER, -1);
      assertTrue(sun || exported == 0, () -> exported + " Wh at night");
      if (end > 12 * 3_600 && end <= 13 * 3_600) {
        assertTrue(exported > 0, "no export at noon");
      }
      all += exported;
    }
    assertTrue(all > 2_000);
  }

  @Test
  void twoHousesOfOneSeedAreTheSameAndOfTwoSeedsAreNot() {
    long differing = 0;
    HouseholdSource one = new HouseholdSource(3);
    HouseholdSource again = new HouseholdSource(3);
    HouseholdSource other = new HouseholdSource(4);
    for (long second = SPRING; second < SPRING + DAY; second += 7) {
      assertEquals(one.at(second), again.at(second));
      differing += one.at(second).equals(other.at(second)) ? 0 : 1;
    }
    assertNotEquals(0, differing);
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
}
