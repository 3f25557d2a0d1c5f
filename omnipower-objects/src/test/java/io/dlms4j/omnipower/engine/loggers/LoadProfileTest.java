package io.dlms4j.omnipower.engine.loggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.FirmwareGeneration;
import io.dlms4j.omnipower.configuration.LoadProfileLayout;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.bench.MeterBench;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadProfileTest {
  private static final String PROFILE = "Load Profile logger";
  private static final String EVENTS = "Load Profile event logger";
  private static final String EVENT = "LoadProfileEventStatus:2";
  private static final Measurement LOAD = MeterBench.load(3_680);
  private static final long START = MeterBench.at(2025, 1, 15, 0, 0, 0);

  private static MeterBench meter(MeterSettings settings) {
    return MeterBench.of(settings, START);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 900, 1_800, 3_600})
  void lp01AndLp02ARowIsLoggedAtTheEndOfEachPeriodWithTheRegistersOfThatMoment(int period) {
    MeterBench meter =
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).integrationPeriod(period).build());
    meter.run(LOAD, period - 1);
    assertEquals(0, meter.rowCount(PROFILE));
    meter.run(LOAD, 1);
    assertEquals(List.of(START + period), meter.times(PROFILE));
    assertEquals(List.of(3_680L * period / MeterBench.HOUR), meter.column(PROFILE, "A14:2"));
    meter.run(LOAD, 3 * MeterBench.HOUR - period);
    assertEquals(3 * MeterBench.HOUR / period, meter.rowCount(PROFILE));
    assertEquals(period, meter.logger(PROFILE).capturePeriod());
  }

  @Test
  void lp02APeriodThatBeganAtSwitchOnIsLoggedAtItsEnd() {
    MeterBench meter = MeterBench.of(MeterBench.THREE_PHASE, MeterBench.at(2025, 6, 1, 10, 7, 30));
    meter.run(LOAD, 450);
    assertEquals(List.of(MeterBench.at(2025, 6, 1, 10, 15, 0)), meter.times(PROFILE));
    assertEquals(List.of(460L), meter.column(PROFILE, "A14:2"));
    assertEquals(List.of(0L), meter.statuses(PROFILE));
    assertEquals(List.of(0L), meter.qualities(PROFILE));
    assertEquals(List.of(5L), meter.column(PROFILE, "Format_KMP_Energy:2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A_PLUS|A14",
        "A_PLUS_A_MINUS|A14 A23",
        "A_PLUS_R_PLUS|A14 R12",
        "A_PLUS_R1|A14 R1",
        "FOUR_ENERGIES|A14 A23 R12 R34",
        "ACTIVE_AND_QUADRANTS|A14 A23 R1 R2 R3 R4",
        "FOUR_ENERGIES_AND_QUADRANTS|A14 A23 R12 R34 R1 R2 R3 R4"
      })
  void lp02AndLog01TheLayoutIsTheOneThatWasOrdered(LoadProfileLayout layout, String energies) {
    MeterBench meter = meter(MeterSettings.of(MeterVariant.THREE_PHASE).layout(layout).build());
    List<String> columns = meter.columns(PROFILE);
    assertEquals(
        List.of("RTC:2", PROFILE + ":-1", PROFILE + ":-2", "Format_KMP_Energy:2"),
        columns.subList(0, 4));
    List<String> registers =
        List.of(energies.split(" ")).stream().map(each -> each + ":2").toList();
    assertEquals(registers, columns.subList(4, columns.size()));
    meter.run(LOAD, 900);
    assertEquals(List.of(920L), meter.column(PROFILE, "A14:2"));
  }

  @ParameterizedTest
  @CsvSource({"A_PLUS,26400", "A_PLUS_A_MINUS,22176", "A_PLUS_R1,22176", "FOUR_ENERGIES,16800"})
  void lp03ThereIsRoomForTheDaysOfTable11(LoadProfileLayout layout, int depth) {
    assertEquals(
        depth,
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).layout(layout).build())
            .logger(PROFILE)
            .profileEntries());
  }

  @ParameterizedTest
  @CsvSource({
    "A_PLUS,26717",
    "A_PLUS_A_MINUS,22606",
    "FOUR_ENERGIES,17287",
    "ACTIVE_AND_QUADRANTS,13994",
    "FOUR_ENERGIES_AND_QUADRANTS,11755"
  })
  void lp03ANewerFirmwareHasRoomForMore(LoadProfileLayout layout, int depth) {
    assertEquals(
        depth,
        meter(
                MeterSettings.of(MeterVariant.THREE_PHASE)
                    .generation(FirmwareGeneration.OMNIA_3)
                    .layout(layout)
                    .build())
            .logger(PROFILE)
            .profileEntries());
  }

  @Test
  void lp08AustriaHasSixtyDaysOfFixedQuarters() {
    MeterBench meter =
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).austrianLoadProfile(true).build());
    assertEquals(60 * 96, meter.logger(PROFILE).profileEntries());
    assertEquals(900, meter.logger(PROFILE).capturePeriod());
    for (long period : List.of(300L, 900L, 1_800L, 3_600L)) {
      assertEquals(
          DataAccessResult.READ_WRITE_DENIED, meter.logger(PROFILE).setCapturePeriod(period));
    }
    assertEquals(900, meter.logger(PROFILE).capturePeriod());
  }

  @Test
  void lp03AFullLoggerLosesItsOldestRowsOneByOne() {
    MeterBench meter =
        meter(
            MeterSettings.of(MeterVariant.THREE_PHASE)
                .integrationPeriod(300)
                .layout(LoadProfileLayout.A_PLUS)
                .build());
    int depth = meter.logger(PROFILE).profileEntries();
    for (int i = 0; i < depth; i++) {
      meter.setClock(meter.now() + 299);
      meter.step(LOAD);
    }
    var full = meter.logger(PROFILE).rows();
    assertEquals(depth, full.size());
    assertEquals(START + 300, full.row(0).time());
    meter.run(LOAD, 900);
    assertEquals(depth, meter.rowCount(PROFILE));
    assertEquals(START + 4 * 300, meter.logger(PROFILE).rows().row(0).time());
    assertEquals(meter.now(), meter.logger(PROFILE).rows().row(depth - 1).time());
  }

  @Test
  void lp04AMeterWithTransformersLogsPrimaryOrSecondaryEnergiesAsOrdered() {
    MeterSettings primary = MeterSettings.of(MeterVariant.CT).build();
    assertEquals("A14:2", meter(primary).columns(PROFILE).get(4));
    MeterBench secondary =
        meter(MeterSettings.of(MeterVariant.CT).secondaryInLoadProfile(true).build());
    assertEquals(
        List.of("A14 - secondary:2", "A23 - secondary:2", "R12 - secondary:2", "R34 - secondary:2"),
        secondary.columns(PROFILE).subList(4, 8));
    secondary.run(LOAD, 900);
    assertEquals(List.of(7L), secondary.column(PROFILE, "A14 - secondary:2"));
  }

  @Test
  void lp06RowsHaveDifferencesIfOrderedSoAlsoWhereARegisterGoesOnAtZero() {
    MeterBench meter =
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).differencesInLoadProfile(true).build());
    meter.run(LOAD, 900);
    meter.energy.set(EnergyKind.A14, 999_998_000);
    meter.run(LOAD, 1_800);
    meter.run(MeterBench.load(9_200), 900);
    assertEquals(2_140, meter.read("A14"), "it has gone on at 0");
    assertEquals(List.of(920L, 999_998_000L, 920L, 2_300L), meter.column(PROFILE, "A14:2"));
  }

  @Test
  void lp06AbsoluteRowsHaveTheRegisterAsItGoesOnAtZero() {
    MeterBench meter = meter(MeterBench.THREE_PHASE);
    meter.energy.set(EnergyKind.A14, 999_999_999);
    meter.run(LOAD, 900);
    assertEquals(List.of(919L), meter.column(PROFILE, "A14:2"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 60, 300, 899, 901, 7_200, 86_400, 0xFFFF_FFFFL})
  void lp01PeriodsThatNoMeterHasAreRefusedAndFiveMinutesUnlessOrdered(long seconds) {
    MeterBench meter = meter(MeterBench.THREE_PHASE);
    assertEquals(DataAccessResult.OTHER_REASON, meter.logger(PROFILE).setCapturePeriod(seconds));
    assertEquals(900, meter.logger(PROFILE).capturePeriod());
    assertEquals(0, meter.rowCount(EVENTS));
  }

  @Test
  void lp01AMeterOrderedWithFiveMinutesMayGoBackToThem() {
    MeterBench meter =
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).integrationPeriod(300).build());
    assertEquals(DataAccessResult.SUCCESS, meter.logger(PROFILE).setCapturePeriod(3_600));
    assertEquals(DataAccessResult.SUCCESS, meter.logger(PROFILE).setCapturePeriod(300));
    assertEquals(300, meter.logger(PROFILE).capturePeriod());
  }

  @Test
  void lp07AndLog02AnotherPeriodKeepsTheRowsAndTheNextOneSaysSo() {
    MeterBench meter = meter(MeterBench.THREE_PHASE);
    meter.run(LOAD, 1_000);
    assertEquals(DataAccessResult.SUCCESS, meter.logger(PROFILE).setCapturePeriod(1_800));
    meter.run(LOAD, 4_400);
    assertEquals(
        List.of(START + 900, START + 1_800, START + 3_600, START + 5_400), meter.times(PROFILE));
    assertEquals(List.of(0L, 1L << 8, 0L, 0L), meter.statuses(PROFILE));
    assertEquals(List.of(5L), meter.column(EVENTS, EVENT));
    assertEquals(List.of(START + 1_000), meter.times(EVENTS));
    assertEquals(3_680, meter.read("P14_Avg"));
    assertEquals(
        1_800, meter.afterPowerLoss(meter.now()).logger(PROFILE).capturePeriod(), "it is kept");
  }

  @Test
  void lp07ThePeriodInForceAgainIsNoEvent() {
    MeterBench meter = meter(MeterBench.THREE_PHASE);
    assertEquals(DataAccessResult.SUCCESS, meter.logger(PROFILE).setCapturePeriod(900));
    meter.run(LOAD, 900);
    assertEquals(0, meter.rowCount(EVENTS));
    assertEquals(List.of(0L), meter.statuses(PROFILE));
  }

  @Test
  void lp07AndLog02OtherRegistersDeleteTheRowsAndTheNextOneSaysSo() {
    MeterBench meter =
        meter(
            MeterSettings.of(MeterVariant.THREE_PHASE)
                .layout(LoadProfileLayout.A_PLUS_A_MINUS)
                .build());
    meter.run(LOAD, 1_800);
    MeterSettings sameWidth =
        MeterSettings.of(MeterVariant.THREE_PHASE).layout(LoadProfileLayout.A_PLUS_R_PLUS).build();
    MeterBench after = meter.afterPowerLoss(sameWidth, meter.now(), Condition.SOUND);
    assertEquals(0, after.rowCount(PROFILE));
    assertEquals(List.of(2L), after.column(EVENTS, EVENT));
    after.run(LOAD, 1_800);
    assertEquals(List.of(1L << 7, 0L), after.statuses(PROFILE));
    assertEquals(List.of(2_760L, 3_680L), after.column(PROFILE, "A14:2"));
    assertEquals(1, after.afterPowerLoss(after.now()).rowCount(EVENTS), "only once");
  }

  @Test
  void lp07RowsMayBeDeletedAndTheLoggerSwitchedOffAndOnByHand() {
    MeterBench meter = meter(MeterBench.THREE_PHASE);
    meter.run(LOAD, 1_800);
    meter.loggers.deleteLoadProfile();
    assertEquals(0, meter.rowCount(PROFILE));
    meter.loggers.setLoadProfileEnabled(false);
    meter.loggers.setLoadProfileEnabled(false);
    meter.run(LOAD, 1_800);
    assertEquals(0, meter.rowCount(PROFILE));
    MeterBench after = meter.afterPowerLoss(meter.now());
    after.run(LOAD, 900);
    assertEquals(0, after.rowCount(PROFILE), "it stays off");
    after.loggers.setLoadProfileEnabled(true);
    after.run(LOAD, 900);
    assertEquals(1, after.rowCount(PROFILE));
    assertEquals(List.of(1L << 6), after.statuses(PROFILE));
    assertEquals(List.of(4L, 6L, 7L), after.column(EVENTS, EVENT));
  }

  @Test
  void theLoadProfileIsCapturedByItselfOnly() {
    MeterBench meter = meter(MeterBench.THREE_PHASE);
    assertEquals(DataAccessResult.READ_WRITE_DENIED, meter.logger(PROFILE).capture());
    assertTrue(meter.rows(PROFILE).isEmpty());
  }
}
