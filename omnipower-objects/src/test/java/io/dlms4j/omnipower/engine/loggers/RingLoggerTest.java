package io.dlms4j.omnipower.engine.loggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterTimes;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.store.MemoryAfterPowerLoss;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.omnipower.store.Ring;
import io.dlms4j.server.profile.Rows;
import io.dlms4j.server.profile.RowsOverwrittenException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RingLoggerTest {
  private static final Catalogue CATALOGUE = Catalogue.of(MeterVariant.THREE_PHASE);
  private static final MeterClock CLOCK = () -> 0;
  private static final int PERIOD = 900;

  private static RowLayout billing() {
    return new RowLayout(CATALOGUE.captured(CATALOGUE.entry("Billing logger"), "all"));
  }

  private static RowLayout importOnly() {
    return new RowLayout(CATALOGUE.captured(CATALOGUE.entry("Load Profile logger"), "A+"));
  }

  private static RingLogger logger(RowLayout layout, Ring ring) {
    return new RingLogger(layout, ring, CLOCK, new StatusWords(new PermanentMemory()), 0);
  }

  private static void fill(RingLogger logger, int count) {
    for (int i = 1; i <= count; i++) {
      logger.append((long) i * PERIOD, i & 0x1F7, i & 0x7FF, 5, 1_000L * i);
    }
  }

  @Property(tries = 100)
  void lp03TheRingHoldsWhatAListOfTheNewestRowsHolds(
      @ForAll @IntRange(min = 1, max = 700) int depth, @ForAll @IntRange(max = 1_500) int count) {
    RowLayout layout = importOnly();
    Ring ring = new PermanentMemory().ring("rows", layout.width(), depth);
    RingLogger logger = logger(layout, ring);
    fill(logger, count);

    Rows<LoggerRow> rows = logger.rows();
    assertEquals(depth, logger.profileEntries());
    assertEquals(Math.min(count, depth), rows.size());
    for (int position = 0; position < rows.size(); position++) {
      int number = count - rows.size() + position + 1;
      LoggerRow row = rows.row(position);
      assertEquals((long) number * PERIOD, row.time());
      assertEquals(CosemData.longUnsigned(number & 0x1F7), row.value(1));
      assertEquals(CosemData.doubleLongUnsigned(number & 0x7FF), row.value(2));
      assertEquals(CosemData.unsigned(5), row.value(3));
      assertEquals(CosemData.doubleLongUnsigned(1_000L * number), row.value(4));
    }
  }

  @Test
  void aFewRowsPastTheDepthStayReadableAndOlderOnesAreRefused() {
    RowLayout layout = importOnly();
    RingLogger logger = logger(layout, new PermanentMemory().ring("rows", layout.width(), 10));
    fill(logger, 10);
    Rows<LoggerRow> chosen = logger.rows();
    fill(logger, Ring.SPARE_ROWS);
    assertEquals(PERIOD, chosen.row(0).time());
    fill(logger, 1);
    assertThrows(RowsOverwrittenException.class, () -> chosen.row(0));
    assertEquals(2 * PERIOD, chosen.row(1).time());
    assertThrows(IndexOutOfBoundsException.class, () -> chosen.row(10));
  }

  @Test
  void aRowIsACopyThatStaysWhatItWas() {
    RowLayout layout = importOnly();
    RingLogger logger = logger(layout, new PermanentMemory().ring("rows", layout.width(), 1));
    fill(logger, 1);
    LoggerRow row = logger.rows().row(0);
    fill(logger, 200);
    assertEquals(PERIOD, row.time());
    assertEquals(1_000, row.value(4).integralValue());
  }

  @Test
  void log02TheRowWithTheLastNumberSaysSoAndClosesTheLogger() {
    RowLayout layout = importOnly();
    Ring ring = MemoryAfterPowerLoss.ring("rows", layout.width(), 10, 0xFFFF_FFFEL);
    RingLogger logger = logger(layout, ring);
    assertTrue(logger.append(PERIOD, 0, 0, 5, 1));
    assertTrue(logger.append(2 * PERIOD, 1 << 6, 0, 5, 2));
    assertFalse(logger.append(3 * PERIOD, 0, 0, 5, 3));

    Rows<LoggerRow> rows = logger.rows();
    assertEquals(2, rows.size());
    assertEquals(0, rows.row(0).value(1).integralValue());
    assertEquals(1 << 9 | 1 << 6, rows.row(1).value(1).integralValue());
  }

  @Property(tries = 200)
  void log02ARowOfWhichAnyBitHasChangedIsInvalid(
      @ForAll @IntRange(max = 4) int word, @ForAll @IntRange(max = 31) int bit) {
    RowLayout layout = importOnly();
    assertEquals(5, layout.width());
    Ring ring = new PermanentMemory().ring("rows", layout.width(), 10);
    RingLogger logger = logger(layout, ring);
    logger.append(1_736_899_200L, 0, 1 << 10, 5, 123_456);
    assertEquals(0, logger.rows().row(0).value(1).integralValue() & 1 << 3);
    ring.set(word, ring.get(1, word) ^ 1 << bit);
    assertEquals(1 << 3, logger.rows().row(0).value(1).integralValue() & 1 << 3);
  }

  @Property(tries = 300)
  void everyFieldComesBack(
      @ForAll @LongRange(min = -60_000_000_000L, max = 100_000_000_000L) long time,
      @ForAll @IntRange(max = 0x7FFF) int status,
      @ForAll @IntRange(max = 0xFFFF) int quality,
      @ForAll @LongRange(max = 0xFFFF_FFFFL) long number) {
    RowLayout layout = importOnly();
    RingLogger logger = logger(layout, new PermanentMemory().ring("rows", layout.width(), 3));
    logger.append(time, status, quality, 255, number);
    LoggerRow row = logger.rows().row(0);
    assertEquals(time, row.time());
    assertEquals(CosemData.octetString(MeterTimes.encode(CLOCK.display(time))), row.value(0));
    assertEquals(CosemData.longUnsigned(status), row.value(1));
    assertEquals(CosemData.doubleLongUnsigned(quality), row.value(2));
    assertEquals(CosemData.unsigned(255), row.value(3));
    assertEquals(CosemData.doubleLongUnsigned(number), row.value(4));
  }

  @Test
  void log01EveryLoggerOfDataBeginsWithTimeStatusQualityAndFormat() {
    for (MeterVariant variant : MeterVariant.values()) {
      Catalogue catalogue = Catalogue.of(variant);
      for (String name : List.of("Billing logger", "Billing logger 2")) {
        List<CapturedAttribute> columns = catalogue.captured(catalogue.entry(name), "all");
        assertEquals(
            List.of("RTC:2", name + ":-1", name + ":-2", "Format_KMP_Energy:2"),
            columns.subList(0, 4).stream().map(CapturedAttribute::toString).toList());
      }
    }
  }

  @Test
  void theTimeOfAPeakIsADateTimeOfWhichNothingIsSpecifiedUntilThereIsAPeak() {
    RowLayout layout = billing();
    RingLogger logger = logger(layout, new PermanentMemory().ring("rows", layout.width(), 3));
    int column =
        layout.columns().stream().map(CapturedAttribute::toString).toList().indexOf("P14_Max:5");
    int value = column - 3;
    long[] values = new long[layout.columns().size() - 3];
    values[value] = Readings.NEVER;
    logger.append(PERIOD, 0, 0, values);
    values[value] = 1_736_899_200L;
    logger.append(2 * PERIOD, 0, 0, values);

    Rows<LoggerRow> rows = logger.rows();
    assertEquals("FFFFFFFFFFFFFFFFFF8000FF", hex(rows.row(0).value(column)));
    assertEquals(
        CosemData.octetString(MeterTimes.encode(CLOCK.display(1_736_899_200L))),
        rows.row(1).value(column));
  }

  private static String hex(CosemData octets) {
    StringBuilder text = new StringBuilder();
    for (byte each : octets.octetStringValue().toByteArray()) {
      text.append(String.format("%02X", each));
    }
    return text.toString();
  }
}
