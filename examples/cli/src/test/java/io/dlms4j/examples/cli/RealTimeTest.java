package io.dlms4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.engine.EngineBackend;
import io.dlms4j.omnipower.engine.HouseholdSource;
import io.dlms4j.omnipower.engine.MeteringEngine;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RealTimeTest {
  private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");

  @Test
  void aMeterMetersEverySecondThatGoesByAndNoneTwice() {
    Instant start = Instant.parse("2026-07-01T10:00:00Z");
    AtomicLong passed = new AtomicLong();
    InstantSource clock = () -> start.plusMillis(passed.get());
    EngineBackend backend =
        new EngineBackend(
            MeteringEngine.startingAt(RealTime.normalTime(start, COPENHAGEN)).build(),
            MeterIdentity.builder().build());
    try (RealTime pace = new RealTime(backend, new HouseholdSource(1), clock, COPENHAGEN)) {
      // 12:00 in summer: 11:00 of normal time, shown with daylight saving.
      assertEquals(LocalDateTime.of(2026, 7, 1, 12, 0), backend.clock().time().dateTime());
      pace.catchUp();
      assertEquals(0, backend.energy(EnergyKind.A_PLUS));
      passed.set(3_600_999);
      pace.catchUp();
      pace.catchUp();
      assertEquals(LocalDateTime.of(2026, 7, 1, 13, 0), backend.clock().time().dateTime());
      assertEquals(4, backend.loadProfile().entriesInUse());
      passed.set(3_000_000);
      pace.catchUp();
      assertEquals(LocalDateTime.of(2026, 7, 1, 13, 0), backend.clock().time().dateTime());
    }
  }
}
