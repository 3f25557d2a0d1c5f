package io.dlms4j.omnipower.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.measurement.ConstantSource;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.measurement.MeasurementSource;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.omnipower.store.Ring;
import io.dlms4j.server.profile.Rows;
import io.dlms4j.server.profile.RowsOverwrittenException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineBackendTest {
  private static final int HOUR = 3_600;
  private static final Measurement LOAD =
      Measurement.balanced(new Phase(230_000, 10_000, 6_000), 50_000);
  private static final MeasurementSource CONSTANT = new ConstantSource(LOAD);
  private static final Catalogue CATALOGUE = Catalogue.of(MeterVariant.THREE_PHASE);

  private static EngineBackend meter(LocalDateTime start) {
    return new EngineBackend(
        new MeteringEngine(
            MeterSettings.of(MeterVariant.THREE_PHASE).build(),
            new PermanentMemory(),
            start.toEpochSecond(ZoneOffset.UTC)),
        MeterIdentity.builder().serialNumber(42).build());
  }

  private static EngineBackend midwinter() {
    return meter(LocalDateTime.of(2025, 1, 15, 0, 0));
  }

  private static MeterLogger profile(EngineBackend meter) {
    return meter.logger(CATALOGUE.entry("Load Profile logger")).orElseThrow();
  }

  private static long read(EngineBackend meter, String name) {
    return meter.read(CATALOGUE.entry(name)).orElseThrow().integralValue();
  }

  @Test
  void aStepIsExactlyOneSecondAndTheClockStartsWhereItWasSet() {
    EngineBackend meter = meter(LocalDateTime.of(2025, 7, 1, 11, 0));
    assertEquals(new MeterTime(LocalDateTime.of(2025, 7, 1, 12, 0), true), meter.clock().time());
    meter.step(LOAD);
    assertEquals(new MeterTime(LocalDateTime.of(2025, 7, 1, 12, 0, 1), true), meter.clock().time());
  }

  @Test
  void amb09DaylightSavingChangesWhatIsShownAndNothingInside() {
    EngineBackend meter = meter(LocalDateTime.of(2026, 3, 29, 1, 0));
    final long start = meter.clock().normalTime();
    meter.run(CONSTANT, 2 * HOUR);
    assertEquals(start + 2 * HOUR, meter.clock().normalTime());
    assertEquals(8, profile(meter).rows().size());
    assertEquals(new MeterTime(LocalDateTime.of(2026, 3, 29, 4, 0), true), meter.clock().time());

    assertEquals(DataAccessResult.SUCCESS, meter.setDaylightSavingEnabled(false));
    assertFalse(meter.clock().daylightSavingEnabled());
    assertEquals(new MeterTime(LocalDateTime.of(2026, 3, 29, 3, 0), false), meter.clock().time());
    assertEquals(start + 2 * HOUR, meter.clock().normalTime());
  }

  @Test
  void aSourceIsAskedForEverySecondInOrder() {
    EngineBackend meter = midwinter();
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
    EngineBackend meter = midwinter();
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
    meter.run(CONSTANT, HOUR - 10);
    assertEquals(3_450, read(meter, "A14"));
  }

  @Test
  void identityIsTheOneGiven() {
    assertEquals(42, midwinter().identity().serialNumber());
  }

  @Test
  void aDebitingStopWrittenToTheMeterIsInItsLoggerAtOnce() {
    EngineBackend meter = midwinter();
    meter.run(CONSTANT, HOUR);
    assertEquals(
        DataAccessResult.SUCCESS,
        meter.write(
            CATALOGUE.entry("Force Billing Stop"),
            CATALOGUE.entry("Force Billing Stop").number(1)));
    MeterLogger billing = meter.logger(CATALOGUE.entry("Billing logger")).orElseThrow();
    assertEquals(1, billing.rows().size());
    int import14 = billing.columns().stream().map(Object::toString).toList().indexOf("A14:2");
    assertEquals(3_450, billing.rows().row(0).value(import14).integralValue());
    assertEquals(DataAccessResult.SUCCESS, billing.capture());
    assertEquals(2, read(meter, "BillingPeriodCnt"));
    assertEquals(3_450, read(meter, "P14_MaxAcc"));
  }

  @Test
  void rowsReadWhileAnotherThreadOverwritesThemAreNeverTorn() throws Exception {
    EngineBackend meter = midwinter();
    final long start = meter.clock().normalTime();
    int depth = profile(meter).profileEntries();
    meter.run(CONSTANT, 900L * depth);

    CompletableFuture<Void> stepping =
        CompletableFuture.runAsync(() -> meter.run(CONSTANT, 900L * Ring.SPARE_ROWS * 20));
    long read = 0;
    long overtaken = 0;
    while (!stepping.isDone() || read == 0) {
      Rows<LoggerRow> rows = profile(meter).rows();
      try {
        for (int position = 0; position < 20; position++) {
          LoggerRow row = rows.row(position);
          long number = (row.time() - start) / 900;
          assertEquals(start + 900 * number, row.time());
          assertEquals(3_450 * number / 4, row.value(4).integralValue());
          assertEquals(0, row.value(1).integralValue(), "the checksum is right");
          read++;
        }
      } catch (RowsOverwrittenException tooLate) {
        overtaken++;
      }
    }
    stepping.get(60, TimeUnit.SECONDS);
    assertTrue(read > 20, "rows read " + read + ", selections overtaken " + overtaken);
    Rows<LoggerRow> rows = profile(meter).rows();
    assertEquals(depth, rows.size());
    assertEquals(start + 900L * (depth + 20L * Ring.SPARE_ROWS), rows.row(depth - 1).time());
  }
}
