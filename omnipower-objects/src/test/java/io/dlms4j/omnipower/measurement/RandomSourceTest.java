package io.dlms4j.omnipower.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
  private static final int WEEK = 7 * 86_400;

  @Property(tries = 300)
  void aSecondDependsOnTheSeedAndItselfAlone(
      @ForAll long seed,
      @ForAll @LongRange(max = 4_000_000_000L) long second,
      @ForAll @LongRange(max = 4_000_000_000L) long before) {
    RandomSource used = new RandomSource(seed);
    used.at(before);
    assertEquals(new RandomSource(seed).at(second), used.at(second));
  }

  @Test
  void aWeekHasOutagesExportAndVoltagesBeyondTheirLimits() {
    RandomSource source = new RandomSource(1);
    int dead = 0;
    int oneDead = 0;
    int exporting = 0;
    int high = 0;
    int low = 0;
    int reversed = 0;
    for (long second = 0; second < WEEK; second++) {
      Measurement measurement = source.at(second);
      boolean none = measurement.l1().voltage() == 0 && measurement.l2().voltage() == 0;
      dead += none && measurement.l3().voltage() == 0 ? 1 : 0;
      oneDead += measurement.l1().voltage() == 0 && measurement.l2().voltage() > 0 ? 1 : 0;
      exporting += measurement.l2().active() < 0 ? 1 : 0;
      high += measurement.l3().voltage() > 253_000 ? 1 : 0;
      low += measurement.l3().voltage() < 207_000 ? 1 : 0;
      reversed += measurement.sequence() == PhaseSequence.L1_L3_L2 ? 1 : 0;
    }
    for (int seconds : new int[] {dead, oneDead, exporting, high, low, reversed}) {
      assertTrue(seconds > 1_000 && seconds < WEEK / 2, () -> seconds + " s");
    }
    assertNotEquals(source.at(1_000), new RandomSource(2).at(1_000));
  }
}
