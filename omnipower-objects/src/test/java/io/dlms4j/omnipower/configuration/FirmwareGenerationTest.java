package io.dlms4j.omnipower.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirmwareGenerationTest {
  /** Technical description, table 11: days at 15, 30 and 60 minutes. */
  @ParameterizedTest
  @CsvSource({
    "A_PLUS,275,550,1100",
    "A_PLUS_A_MINUS,231,462,924",
    "A_PLUS_R_PLUS,231,462,924",
    "A_PLUS_R1,231,462,924",
    "FOUR_ENERGIES,175,350,700"
  })
  void lp03TheLoadProfileHoldsTheDaysOfTable11(
      LoadProfileLayout layout, int quarters, int halves, int hours) {
    int rows = FirmwareGeneration.BEFORE_OMNIA_3.loadProfileRows(layout);
    assertEquals(List.of(quarters * 96, halves * 48, hours * 24), List.of(rows, rows, rows));
  }

  /** Newer data sheet, "Load profile": whole days. */
  @ParameterizedTest
  @CsvSource({
    "A_PLUS,278,556,1113",
    "A_PLUS_A_MINUS,235,470,941",
    "FOUR_ENERGIES,180,360,720",
    "ACTIVE_AND_QUADRANTS,145,291,583",
    "FOUR_ENERGIES_AND_QUADRANTS,122,244,489"
  })
  void lp03TheLoadProfileHoldsTheDaysOfTheNewerDataSheet(
      LoadProfileLayout layout, int quarters, int halves, int hours) {
    int rows = FirmwareGeneration.OMNIA_3.loadProfileRows(layout);
    assertEquals(List.of(quarters, halves, hours), List.of(rows / 96, rows / 48, rows / 24));
  }

  /** Older data sheet: days at 5 minutes, rounded. */
  @ParameterizedTest
  @CsvSource({"A_PLUS,92", "A_PLUS_A_MINUS,77", "FOUR_ENERGIES,58"})
  void lp03TheLoadProfileHoldsTheDaysOfFiveMinutes(LoadProfileLayout layout, int days) {
    int rows = FirmwareGeneration.BEFORE_OMNIA_3.loadProfileRows(layout);
    assertEquals(days, Math.round(rows / 288.0));
  }

  @Test
  void lp08InAustriaTheLoadProfileHoldsSixtyDaysOfQuartersOfAnHour() {
    MeterSettings settings =
        MeterSettings.of(MeterVariant.THREE_PHASE).austrianLoadProfile(true).build();
    assertEquals(5760, settings.loadProfileRows());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            MeterSettings.of(MeterVariant.THREE_PHASE)
                .austrianLoadProfile(true)
                .integrationPeriod(1800)
                .build());
  }

  @Test
  void ana01TheAnalysisLoggerCapturesSixteenRegistersAndTwentyFourWithNewerFirmware() {
    assertEquals(16, FirmwareGeneration.BEFORE_OMNIA_3.analysisRegisters());
    assertEquals(24, FirmwareGeneration.OMNIA_3.analysisRegisters());
  }

  @Test
  void theAnalysisLoggerHoldsBetweenTwoAndAHalfAndFiveHundredAndTwentyDays() {
    for (FirmwareGeneration generation : FirmwareGeneration.values()) {
      for (int registers = 1; registers <= generation.analysisRegisters(); registers++) {
        int rows = generation.analysisRows(registers);
        assertTrue(rows >= 5 * 144 && rows / 24 <= 520, generation + " has " + rows);
      }
      int most = generation.analysisRegisters();
      assertThrows(IllegalArgumentException.class, () -> generation.analysisRows(0));
      assertThrows(IllegalArgumentException.class, () -> generation.analysisRows(most + 1));
    }
    assertEquals(520, FirmwareGeneration.BEFORE_OMNIA_3.analysisRows(1) / 24);
  }
}
