package io.dlms4j.omnipower.engine.loggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.bench.MeterBench;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLoggersTest {
  private static final String STATUS = "Status logger";
  private static final Measurement LOAD = MeterBench.load(3_680);
  private static final long START = MeterBench.at(2025, 1, 15, 0, 0, 0);

  @Test
  void evt01AResetOfTheMeterIsLogged() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 100);
    assertEquals(0, meter.rowCount(STATUS), "a new meter has never been reset");
    MeterBench after = meter.afterPowerLoss(START + 5_000);
    assertEquals(List.of("RTC:2", "MeterStatus:2"), after.columns(STATUS));
    assertEquals(List.of(START + 5_000), after.times(STATUS));
    assertEquals(List.of(1L), after.column(STATUS, "MeterStatus:2"));
  }

  @Test
  void evt01AndEvt02AMemoryThatWasDamagedIsLoggedAndToldUntilTheNextReset() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(LOAD, 100);
    MeterBench after = meter.afterPowerLoss(meter.settings, meter.now(), Condition.DAMAGED);
    assertEquals(0b11, after.read("MeterStatus"));
    assertEquals(List.of(0b11L), after.column(STATUS, "MeterStatus:2"));
    MeterBench sound = after.afterPowerLoss(after.now());
    assertEquals(0b01, sound.read("MeterStatus"));
    assertEquals(List.of(0b11L, 0b01L), sound.column(STATUS, "MeterStatus:2"));
  }

  @Test
  void evt01TheNewest200RowsAreKept() {
    MeterBench meter = MeterBench.midwinter();
    assertEquals(200, meter.logger(STATUS).profileEntries());
    for (int i = 0; i < 210; i++) {
      meter.run(MeterBench.DARK, 2);
      meter.run(LOAD, 1);
    }
    assertEquals(200, meter.rowCount(STATUS));
    assertEquals(START + 11 * 3, meter.times(STATUS).get(0));
  }

  @Test
  void evt02TheResetBitGoesAwayWhenTheNewestRowOfTheStatusLoggerHasBeenRead() {
    MeterBench meter = MeterBench.midwinter();
    meter.run(MeterBench.DARK, 2);
    meter.run(LOAD, 1);
    assertEquals(1, meter.read("MeterStatus"));
    meter.rows(STATUS);
    assertEquals(0, meter.read("MeterStatus"));
    meter.run(MeterBench.DARK, 2);
    meter.run(LOAD, 1);
    meter.logger(STATUS).rows().row(0);
    assertEquals(1, meter.read("MeterStatus"), "an older row is no news");
  }

  @Test
  void evt06MetersWithTransformersHaveALoggerOfTheirRatioAndOthersDoNot() {
    for (MeterVariant variant : MeterVariant.values()) {
      MeterBench meter = MeterBench.of(MeterSettings.of(variant).build(), START);
      assertEquals(
          variant.hasTransformers(), meter.hasLogger("Trafo ratio logger"), variant.toString());
    }
    MeterBench meter = MeterBench.of(MeterSettings.of(MeterVariant.CT).build(), START);
    meter.run(LOAD, 10);
    meter.events.log(EventLoggers.TRANSFORMER_RATIO, 100, 250);
    assertEquals(List.of(START + 10), meter.times("Trafo ratio logger"));
    assertEquals(100, meter.last("Trafo ratio logger").value(1).integralValue());
    assertEquals(250, meter.last("Trafo ratio logger").value(2).integralValue());
    MeterBench direct = MeterBench.midwinter();
    assertThrows(
        IllegalArgumentException.class,
        () -> direct.events.log(EventLoggers.TRANSFORMER_RATIO, 1, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "Billing logger, 16",
    "RTC logger, 17",
    "Status logger, 18",
    "Load Profile logger, 21",
    "Billing logger 2, 22",
    "Trafo ratio logger, 23",
    "Analysis logger, 30",
    "Load Profile event logger, 31"
  })
  void evt07EventStatusATellsOfNewRowsUntilTheNewestHasBeenRead(String logger, int bit) {
    MeterBench meter = MeterBench.of(MeterSettings.of(MeterVariant.CT).build(), START);
    meter.run(LOAD, 10);
    meter.loggers.debitingStop();
    meter.events.log(EventLoggers.TRANSFORMER_RATIO, 1, 2);
    meter.logger("Load Profile logger").setCapturePeriod(1_800);
    meter.setClock(START + MeterBench.DAY - 10);
    meter.run(LOAD, 10);
    MeterBench after = meter.afterPowerLoss(meter.now());
    long all = 0b1100_0000_1110_0111L << 16;
    assertEquals(all, after.read("EventStatusA") & 0xFFFF_0000L);
    if (after.rowCount(logger) > 1) {
      after.logger(logger).rows().row(0);
      assertEquals(all, after.read("EventStatusA") & 0xFFFF_0000L, "not the newest");
    }
    after.rows(logger);
    assertEquals(all & ~(1L << bit), after.read("EventStatusA") & 0xFFFF_0000L);
  }

  @Test
  void evt07ANewMeterHasNothingToTell() {
    MeterBench meter = MeterBench.midwinter();
    assertEquals(0, meter.read("EventStatusA"));
    assertEquals(0, meter.read("EventStatusB"));
    assertEquals(0, meter.read("MeterStatus"));
  }

  @Test
  void evt07AClockThatWasSetIsToldUntilItsLoggerHasBeenRead() {
    MeterBench meter = MeterBench.midwinter();
    meter.setClock(START + 100);
    assertEquals(1 << 10, meter.read("EventStatusA") & 1 << 10);
    meter.rows("RTC logger");
    assertEquals(0, meter.read("EventStatusA") & 1 << 10);
  }

  @Test
  void evt07AndEvt08StatusBCanBeWrittenAndIsInBit11OfStatusAWhichCannot() {
    MeterBench meter = MeterBench.midwinter();
    assertEquals(DataAccessResult.SUCCESS, meter.readings.write("EventStatusB", 0x8000_0001L));
    assertEquals(0x8000_0001L, meter.read("EventStatusB"));
    assertEquals(1 << 11, meter.read("EventStatusA") & 1 << 11);
    assertEquals(DataAccessResult.READ_WRITE_DENIED, meter.readings.write("EventStatusA", 0));
    assertEquals(0x8000_0001L, meter.afterPowerLoss(meter.now()).read("EventStatusB"));
    assertEquals(DataAccessResult.SUCCESS, meter.readings.write("EventStatusB", 0));
    assertEquals(0, meter.read("EventStatusA") & 1 << 11);
  }

  @Test
  void everyLoggerOfTheMeterIsOfItsCatalogueAndTheOthersAreAbsent() {
    MeterBench meter = MeterBench.midwinter();
    assertTrue(meter.hasLogger("Billing logger"));
    assertFalse(meter.hasLogger("VoltageQualityLogger1"));
    assertFalse(meter.hasLogger("Trafo ratio logger"));
  }
}
