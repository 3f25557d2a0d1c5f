package io.dlms4j.omnipower.engine.loggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.FirmwareGeneration;
import io.dlms4j.omnipower.configuration.LoadProfileLayout;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.bench.MeterBench;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalysisLoggerTest {
  private static final String ANALYSIS = "Analysis logger";
  private static final Measurement LOAD = MeterBench.load(3_680);
  private static final long START = MeterBench.at(2025, 1, 15, 0, 0, 0);

  private static MeterBench meter(MeterSettings settings) {
    return MeterBench.of(settings, START);
  }

  private static List<String> registers(MeterSettings settings) {
    List<String> columns = meter(settings).columns(ANALYSIS);
    assertEquals(
        List.of("RTC:2", ANALYSIS + ":-1", ANALYSIS + ":-2", "Format_KMP_Energy:2"),
        columns.subList(0, 4));
    return columns.subList(4, columns.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 900, 1_800, 3_600})
  void ana01TheIntervalIsIndependentOfTheLoadProfile(int interval) {
    MeterBench meter =
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).analysisInterval(interval).build());
    meter.run(LOAD, 2 * MeterBench.HOUR);
    assertEquals(interval, meter.logger(ANALYSIS).capturePeriod());
    assertEquals(2 * MeterBench.HOUR / interval, meter.rowCount(ANALYSIS));
    assertEquals(8, meter.rowCount("Load Profile logger"));
  }

  @Test
  void ana01TheIntervalIsFifteenMinutesByDefaultAndMayBeChanged() {
    MeterBench meter = meter(MeterBench.THREE_PHASE);
    assertEquals(900, meter.logger(ANALYSIS).capturePeriod());
    assertEquals(DataAccessResult.SUCCESS, meter.logger(ANALYSIS).setCapturePeriod(300));
    assertEquals(DataAccessResult.OTHER_REASON, meter.logger(ANALYSIS).setCapturePeriod(600));
    meter.run(LOAD, 900);
    assertEquals(3, meter.rowCount(ANALYSIS));
    assertEquals(List.of(1L << 8, 0L, 0L), meter.statuses(ANALYSIS));
    assertEquals(0, meter.rowCount("Load Profile event logger"));
  }

  @Test
  void ana02ByDefaultItHasTheRegistersOfTable15() {
    assertEquals(
        List.of(
            "P14:2",
            "U_Avg_L1:2",
            "U_Avg_L2:2",
            "U_Avg_L3:2",
            "I_Avg_L1:2",
            "I_Avg_L2:2",
            "I_Avg_L3:2"),
        registers(
            MeterSettings.of(MeterVariant.THREE_PHASE).layout(LoadProfileLayout.A_PLUS).build()));
    assertEquals(
        List.of("P14:2", "P23:2", "Q12:2", "Q34:2", "U_Avg_L1:2", "I_Avg_L1:2"),
        registers(MeterSettings.of(MeterVariant.SINGLE_PHASE).build()));
    assertEquals(
        List.of("P14:2", "Q12:2", "U_Avg_L1:2", "I_Avg_L1:2"),
        registers(
            MeterSettings.of(MeterVariant.SINGLE_PHASE)
                .layout(LoadProfileLayout.A_PLUS_R1)
                .build()));
    assertEquals(10, registers(MeterSettings.of(MeterVariant.CT).build()).size());
    assertEquals(
        10,
        registers(
                MeterSettings.of(MeterVariant.THREE_PHASE)
                    .layout(LoadProfileLayout.FOUR_ENERGIES_AND_QUADRANTS)
                    .build())
            .size());
  }

  @Test
  void ana01AndAna03UpTo16Or24RegistersOfTable14MayBeSelectedAndNoOthers() {
    Catalogue catalogue = Catalogue.of(MeterVariant.THREE_PHASE);
    List<String> selectable = new ArrayList<>();
    for (CapturedAttribute each : catalogue.captured(catalogue.entry(ANALYSIS), "selectable")) {
      String name = each.entry().name();
      selectable.add(each.attribute() == 2 ? name : name + ":5");
    }
    assertEquals(90, selectable.size());
    for (int from = 0; from < selectable.size(); from += 24) {
      List<String> chosen = selectable.subList(from, Math.min(from + 24, selectable.size()));
      MeterBench meter =
          meter(
              MeterSettings.of(MeterVariant.THREE_PHASE)
                  .generation(FirmwareGeneration.OMNIA_3)
                  .analysisRegisters(chosen)
                  .build());
      assertEquals(4 + chosen.size(), meter.columns(ANALYSIS).size());
      meter.run(LOAD, 900);
      assertEquals(1, meter.rowCount(ANALYSIS));
    }
    refused(MeterVariant.THREE_PHASE, selectable.subList(0, 17));
    refused(MeterVariant.THREE_PHASE, List.of("P14_Max"));
    refused(MeterVariant.THREE_PHASE, List.of("A14:5"));
    refused(MeterVariant.CT, List.of("THD_Avg_I_L1"));
  }

  private static void refused(MeterVariant variant, List<String> registers) {
    assertThrows(
        IllegalArgumentException.class,
        () -> meter(MeterSettings.of(variant).analysisRegisters(registers).build()));
  }

  @Test
  void ana03OneRegisterIsEnough() {
    MeterBench meter =
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).analysisRegisters(List.of("A14")).build());
    meter.run(LOAD, 1_800);
    assertEquals(List.of(920L, 1_840L), meter.column(ANALYSIS, "A14:2"));
  }

  @ParameterizedTest
  @CsvSource({"1, 12483", "4, 7943", "10, 4599", "16, 3236"})
  void ana01TheDepthLiesWithinTheDaysOfTheDataSheet(int registers, int depth) {
    List<String> names =
        Catalogue.of(MeterVariant.THREE_PHASE)
            .captured(Catalogue.of(MeterVariant.THREE_PHASE).entry(ANALYSIS), "selectable")
            .stream()
            .filter(each -> each.attribute() == 2)
            .map(each -> each.entry().name())
            .limit(registers)
            .toList();
    int entries =
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).analysisRegisters(names).build())
            .logger(ANALYSIS)
            .profileEntries();
    assertEquals(depth, entries);
    assertTrue(entries * 300L >= 2.5 * MeterBench.DAY);
    assertTrue(entries * 3_600L < 521L * MeterBench.DAY);
  }

  @Test
  void ana04RowsHaveMeansOfTheInterval() {
    MeterBench meter =
        meter(
            MeterSettings.of(MeterVariant.THREE_PHASE)
                .analysisRegisters(List.of("Freq_Avg", "PowerFactor_Avg_Total", "U_Avg_L1"))
                .analysisInterval(300)
                .build());
    Phase phase = new Phase(240_000, 5_000, 0);
    meter.run(Measurement.balanced(phase, 49_000), 150);
    meter.run(Measurement.balanced(new Phase(220_000, 5_000, 9_000), 50_000), 150);
    assertEquals(List.of(4_950L), meter.column(ANALYSIS, "Freq_Avg:2"));
    assertEquals(List.of(230L), meter.column(ANALYSIS, "U_Avg_L1:2"));
    assertEquals(List.of(52L), meter.column(ANALYSIS, "PowerFactor_Avg_Total:2"));
  }

  @Test
  void log02OtherRegistersDeleteTheRowsAndTheNextOneSaysSo() {
    MeterBench meter =
        meter(MeterSettings.of(MeterVariant.THREE_PHASE).analysisRegisters(List.of("A14")).build());
    meter.run(LOAD, 1_800);
    MeterBench after =
        meter.afterPowerLoss(
            MeterSettings.of(MeterVariant.THREE_PHASE).analysisRegisters(List.of("A23")).build(),
            meter.now(),
            Condition.SOUND);
    assertEquals(0, after.rowCount(ANALYSIS));
    after.run(LOAD, 900);
    assertEquals(List.of(1L << 7), after.statuses(ANALYSIS));
    assertEquals(3, after.rowCount("Load Profile logger"), "the others keep theirs");
    assertFalse(after.rows("Load Profile logger").isEmpty());
  }
}
