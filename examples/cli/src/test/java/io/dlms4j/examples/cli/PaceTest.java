package io.dlms4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.measurement.HouseholdSource;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant ORIGIN = Instant.parse("2026-07-01T10:00:00Z");
  private static final LocalDateTime START = LocalDateTime.of(2026, 7, 1, 11, 0);
  private static final long START_SECONDS = START.toEpochSecond(ZoneOffset.UTC);

  private final AtomicLong passed = new AtomicLong();

  private Pace pace(int factor, EngineBackend... meters) {
    Pace pace =
        new Pace(
            new Timeline(ORIGIN, START_SECONDS, factor), () -> ORIGIN.plusMillis(passed.get()));
    for (EngineBackend each : meters) {
      pace.add(each, new HouseholdSource(1));
    }
    return pace;
  }

  private static LocalDateTime normalTime(EngineBackend meter) {
    return LocalDateTime.ofEpochSecond(meter.clock().normalTime(), 0, ZoneOffset.UTC);
  }

  @Test
  void aMeterMetersEverySecondThatGoesByAndNoneTwice() {
    EngineBackend meter = TestMeter.backend(START);
    try (Pace pace = pace(1, meter)) {
      pace.catchUp();
      assertEquals(START, normalTime(meter));
      passed.set(3_600_999);
      pace.catchUp();
      pace.catchUp();
      assertEquals(START.plusHours(1), normalTime(meter));
      // The clock of the wall is set back.
      passed.set(3_000_000);
      pace.catchUp();
      assertEquals(START.plusHours(1), normalTime(meter));
    }
  }

  @Test
  void everyMeterKeepsUp() {
    EngineBackend one = TestMeter.backend(START);
    // Has been running for a day already.
    EngineBackend other = TestMeter.backend(START.minusDays(1));
    try (Pace pace = pace(60, one, other)) {
      passed.set(10_050);
      pace.catchUp();
      assertEquals(START.plusSeconds(603), normalTime(one));
      assertEquals(START.plusSeconds(603), normalTime(other));
    }
  }

  @Test
  void aClockThatAClientSetsGoesOnFromThere() {
    EngineBackend meter = TestMeter.backend(START);
    try (Pace pace = pace(1, meter)) {
      assertEquals(DataAccessResult.SUCCESS, meter.setClock(START_SECONDS - 1800));
      passed.set(60_000);
      pace.catchUp();
      // A minute, and not the half hour with it that the clock was set back.
      assertEquals(START.minusMinutes(29), normalTime(meter));
    }
  }

  @Test
  void aMeterThatRunsFastForALongTimeDoesNotDrift() {
    EngineBackend meter = TestMeter.backend(START);
    try (Pace pace = pace(7, meter)) {
      // Ticks that are never a whole number of seconds.
      for (int tick = 1; tick <= 5000; tick++) {
        passed.set(tick * 203L);
        pace.catchUp();
      }
      assertEquals(START.plusSeconds(5 * 203 * 7), normalTime(meter));
    }
  }

  /** However it is looked at in between, an instant has one time. */
  @Property
  void timeFollowsFromItsOriginAlone(
      @ForAll @LongRange(min = 0, max = 30L * 365 * 86_400_000) long elapsed,
      @ForAll @IntRange(min = 1, max = TimeText.MOST) int factor) {
    Timeline timeline = new Timeline(ORIGIN, START_SECONDS, factor);
    long expected =
        BigInteger.valueOf(elapsed)
            .multiply(BigInteger.valueOf(factor))
            .divide(BigInteger.valueOf(1000))
            .add(BigInteger.valueOf(START_SECONDS))
            .longValueExact();
    assertEquals(expected, timeline.at(ORIGIN.plusMillis(elapsed)));
  }

  @Test
  void anotherSpeedGoesOnFromTheTimeThatWasReached() {
    Timeline fast = new Timeline(ORIGIN, START_SECONDS, 100);
    Instant later = ORIGIN.plusSeconds(60);
    Timeline slow = fast.withFactor(later, 1);
    assertEquals(fast.at(later), slow.at(later));
    assertEquals(fast.at(later) + 5, slow.at(later.plusSeconds(5)));
    assertEquals(fast, fast.withFactor(later, 100));
  }
}
