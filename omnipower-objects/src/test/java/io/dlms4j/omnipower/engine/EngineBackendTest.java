package io.dlms4j.omnipower.engine;

import static io.dlms4j.omnipower.engine.Engines.HOUR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.LoadProfileRow;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.backend.RowsOverwrittenException;
import java.time.LocalDateTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineBackendTest {
  private static final Measurement LOAD = Measurement.balanced(Engines.NOMINAL, 50_000);

  @Test
  void aStepIsExactlyOneSecondAndTheClockStartsWhereItWasSet() {
    MeterTime start = new MeterTime(LocalDateTime.of(2025, 7, 1, 12, 0), true);
    EngineBackend meter = Engines.backend(MeteringEngine.startingAt(start));
    assertEquals(start, meter.clock().time());
    meter.step(LOAD);
    assertEquals(new MeterTime(LocalDateTime.of(2025, 7, 1, 12, 0, 1), true), meter.clock().time());
  }

  @Test
  void amb09DaylightSavingChangesWhatIsShownAndNothingInside() {
    EngineBackend meter = Engines.backend(Engines.at(2026, 3, 29, 1, 0, 0));
    long start = meter.clock().normalTime();
    meter.run(Engines.constantly(LOAD), 2 * HOUR);
    assertEquals(start + 2 * HOUR, meter.clock().normalTime());
    assertEquals(8, meter.loadProfile().entriesInUse());
    assertEquals(new MeterTime(LocalDateTime.of(2026, 3, 29, 4, 0), true), meter.clock().time());

    assertTrue(meter.setDaylightSavingEnabled(false));
    assertFalse(meter.clock().daylightSavingEnabled());
    assertEquals(new MeterTime(LocalDateTime.of(2026, 3, 29, 3, 0), false), meter.clock().time());
    assertEquals(start + 2 * HOUR, meter.clock().normalTime());
  }

  @Test
  void aSourceIsAskedForEverySecondInOrder() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    long start = meter.clock().normalTime();
    long[] next = {start};
    meter.run(
        second -> {
          assertEquals(next[0]++, second);
          return LOAD;
        },
        2 * HOUR + 1);
    assertEquals(start + 2 * HOUR + 1, next[0]);
  }

  @Test
  void aSourceThatFailsLeavesTheSecondsBeforeItDoneAndTheMeterUsable() {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    long start = meter.clock().normalTime();
    MeasurementSource failing =
        second -> {
          if (second == start + 10) {
            throw new IllegalStateException("no sample");
          }
          return LOAD;
        };
    assertThrows(IllegalStateException.class, () -> meter.run(failing, HOUR));
    assertEquals(start + 10, meter.clock().normalTime());
    meter.run(Engines.constantly(LOAD), HOUR - 10);
    assertEquals(3_450, meter.energy(EnergyKind.A_PLUS));
  }

  @Test
  void identityIsTheOneGiven() {
    MeterIdentity identity = MeterIdentity.builder().serialNumber(42).build();
    assertEquals(identity, new EngineBackend(Engines.midwinter().build(), identity).identity());
  }

  @Test
  void startsThatNoCalendarOfAMeterHasAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Engines.at(1969, 12, 31, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> Engines.at(9999, 1, 1, 0, 0, 0));
  }

  @Test
  void rowsReadWhileAnotherThreadOverwritesThemAreNeverTorn() throws Exception {
    EngineBackend meter = Engines.backend(Engines.midwinter());
    long start = meter.clock().normalTime();
    int depth = meter.loadProfile().profileEntries();
    meter.run(Engines.constantly(LOAD), 900L * depth);

    CompletableFuture<Void> stepping =
        CompletableFuture.runAsync(
            () -> meter.run(Engines.constantly(LOAD), 900L * LoadProfileBuffer.SPARE_ROWS * 20));
    long read = 0;
    long overtaken = 0;
    while (!stepping.isDone() || read == 0) {
      try {
        for (LoadProfileRow row : meter.loadProfile().entries(depth - 1L, depth - 20L)) {
          assertEquals(start + 900 * row.number(), row.time());
          assertEquals(3_450 * row.number() / 4, row.energy(0));
          read++;
        }
      } catch (RowsOverwrittenException tooLate) {
        overtaken++;
      }
    }
    stepping.get(20, TimeUnit.SECONDS);
    assertTrue(read > 20, "rows read " + read + ", selections overtaken " + overtaken);
    assertEquals(depth + 20L * LoadProfileBuffer.SPARE_ROWS, newestNumber(meter));
  }

  private static long newestNumber(EngineBackend meter) {
    return meter.loadProfile().entries(0, 0).iterator().next().number();
  }
}
