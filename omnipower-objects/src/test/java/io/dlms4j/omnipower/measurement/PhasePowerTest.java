package io.dlms4j.omnipower.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PhasePowerTest {
  @Test
  void theCosineOf60DegreesIsExactlyOneHalf() {
    assertEquals(1_150_000_000L, new Phase(230_000, 10_000, 6_000).active());
    assertEquals(1_150_000_000L, new Phase(230_000, 10_000, 30_000).active());
    assertEquals(-1_150_000_000L, new Phase(230_000, 10_000, 12_000).active());
    assertEquals(1_150_000_000L, new Phase(230_000, 10_000, 3_000).reactive());
    assertEquals(-1_150_000_000L, new Phase(230_000, 10_000, 33_000).reactive());
  }

  @Test
  void atRightAnglesOneOfThePowersIsExactlyNothing() {
    long apparent = 2_300_000_000L;
    long[] active = {apparent, 0, -apparent, 0};
    long[] reactive = {0, apparent, 0, -apparent};
    for (int quarter = 0; quarter < 4; quarter++) {
      Phase phase = new Phase(230_000, 10_000, 9_000 * quarter);
      assertEquals(active[quarter], phase.active());
      assertEquals(reactive[quarter], phase.reactive());
    }
  }

  @Test
  void theGreatestMeasurementDoesNotOverflowAtAnyAngle() {
    for (int angle = 0; angle < Measurement.FULL_ANGLE; angle++) {
      Phase phase = new Phase(Measurement.MAX_VOLTAGE, Measurement.MAX_CURRENT, angle);
      double radians = Math.toRadians(angle / 100.0);
      double apparent = phase.apparent();
      double active = phase.active();
      double reactive = phase.reactive();
      assertEquals(apparent * Math.cos(radians), active, 1);
      assertEquals(apparent * Math.sin(radians), reactive, 1);
    }
  }

  @Property(tries = 300)
  void oppositeAnglesGiveExactlyOppositePowers(
      @ForAll @IntRange(max = Measurement.MAX_VOLTAGE) int voltage,
      @ForAll @IntRange(max = Measurement.MAX_CURRENT) int current,
      @ForAll @IntRange(max = 17_999) int angle) {
    Phase phase = new Phase(voltage, current, angle);
    Phase turned = new Phase(voltage, current, angle + 18_000);
    assertEquals(-phase.active(), turned.active());
    assertEquals(-phase.reactive(), turned.reactive());
  }

  @Property(tries = 300)
  void powerIsTheTextbooksToTheNearestMicrowatt(
      @ForAll @IntRange(max = 320_000) int voltage,
      @ForAll @IntRange(max = 100_000) int current,
      @ForAll @IntRange(max = 35_999) int angle) {
    Phase phase = new Phase(voltage, current, angle);
    BigDecimal apparent = BigDecimal.valueOf(voltage).multiply(BigDecimal.valueOf(current));
    BigDecimal cosine = new BigDecimal(StrictMath.cos(StrictMath.toRadians(angle / 100.0)));
    BigDecimal error = apparent.multiply(cosine).subtract(BigDecimal.valueOf(phase.active())).abs();
    BigDecimal allowed = new BigDecimal("0.51");
    assertTrue(error.compareTo(allowed) <= 0, () -> "off by " + error);
  }
}
