package io.dlms4j.omnipower.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.engine.Measurement.Phase;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PhasePowerTest {
  @Test
  void theCosineOf60DegreesIsExactlyOneHalf() {
    assertEquals(1_150_000_000L, PhasePower.active(new Phase(230_000, 10_000, 6_000)));
    assertEquals(1_150_000_000L, PhasePower.active(new Phase(230_000, 10_000, 30_000)));
    assertEquals(-1_150_000_000L, PhasePower.active(new Phase(230_000, 10_000, 12_000)));
    assertEquals(1_150_000_000L, PhasePower.reactive(new Phase(230_000, 10_000, 3_000)));
    assertEquals(-1_150_000_000L, PhasePower.reactive(new Phase(230_000, 10_000, 33_000)));
  }

  @Test
  void atRightAnglesOneOfThePowersIsExactlyNothing() {
    long apparent = 2_300_000_000L;
    long[] active = {apparent, 0, -apparent, 0};
    long[] reactive = {0, apparent, 0, -apparent};
    for (int quarter = 0; quarter < 4; quarter++) {
      Phase phase = new Phase(230_000, 10_000, 9_000 * quarter);
      assertEquals(active[quarter], PhasePower.active(phase));
      assertEquals(reactive[quarter], PhasePower.reactive(phase));
    }
  }

  @Test
  void theGreatestMeasurementDoesNotOverflowAtAnyAngle() {
    for (int angle = 0; angle < Measurement.FULL_ANGLE; angle++) {
      Phase phase = new Phase(Measurement.MAX_VOLTAGE, Measurement.MAX_CURRENT, angle);
      double radians = Math.toRadians(angle / 100.0);
      double apparent = PhasePower.apparent(phase);
      double active = PhasePower.active(phase);
      double reactive = PhasePower.reactive(phase);
      assertEquals(apparent * Math.cos(radians), active, apparent * 1e-8);
      assertEquals(apparent * Math.sin(radians), reactive, apparent * 1e-8);
    }
  }

  @Property(tries = 300)
  void oppositeAnglesGiveExactlyOppositePowers(
      @ForAll @IntRange(max = Measurement.MAX_VOLTAGE) int voltage,
      @ForAll @IntRange(max = Measurement.MAX_CURRENT) int current,
      @ForAll @IntRange(max = 17_999) int angle) {
    Phase phase = new Phase(voltage, current, angle);
    Phase turned = new Phase(voltage, current, angle + 18_000);
    assertEquals(-PhasePower.active(phase), PhasePower.active(turned));
    assertEquals(-PhasePower.reactive(phase), PhasePower.reactive(turned));
  }

  @Property(tries = 300)
  void powerIsTheTextbooksToTheNearestMicrowattAndHundredMillionth(
      @ForAll @IntRange(max = 320_000) int voltage,
      @ForAll @IntRange(max = 100_000) int current,
      @ForAll @IntRange(max = 35_999) int angle) {
    Phase phase = new Phase(voltage, current, angle);
    BigDecimal apparent = BigDecimal.valueOf(voltage).multiply(BigDecimal.valueOf(current));
    BigDecimal cosine = new BigDecimal(StrictMath.cos(StrictMath.toRadians(angle / 100.0)));
    BigDecimal error =
        apparent.multiply(cosine).subtract(BigDecimal.valueOf(PhasePower.active(phase))).abs();
    BigDecimal allowed = apparent.multiply(new BigDecimal("0.000000008")).add(BigDecimal.ONE);
    assertTrue(error.compareTo(allowed) <= 0, () -> "off by " + error);
  }
}
