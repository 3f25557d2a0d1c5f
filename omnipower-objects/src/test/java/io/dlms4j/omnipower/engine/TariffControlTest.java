package io.dlms4j.omnipower.engine;

import static io.dlms4j.omnipower.engine.TimeBench.DAY;
import static io.dlms4j.omnipower.engine.TimeBench.at;
import static io.dlms4j.omnipower.engine.TimeBench.threePhase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.DayPlan;
import io.dlms4j.omnipower.configuration.DayPlan.Shift;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.configuration.MeterSettingsBuilder;
import io.dlms4j.omnipower.configuration.ModulePort;
import io.dlms4j.omnipower.configuration.SeasonPlan;
import io.dlms4j.omnipower.configuration.TariffPlan;
import io.dlms4j.omnipower.configuration.TariffPlans;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class TariffControlTest {
  private static final long WINTER = at(2026, 1, 15, 0, 0);
  private static final List<MeterVariant> OMNIPOWER =
      List.of(MeterVariant.SINGLE_PHASE, MeterVariant.THREE_PHASE, MeterVariant.CT);

  @Test
  void tar02TheFourModesAreWrittenAndReadAndNoOther() {
    for (MeterVariant variant : OMNIPOWER) {
      TimeBench meter = TimeBench.of(MeterSettings.of(variant), WINTER);
      assertEquals(0, meter.number("ModeSelector_TariffCtrl"));
      for (int mode : new int[] {1, 2, 3, 0}) {
        assertEquals(DataAccessResult.SUCCESS, meter.write("ModeSelector_TariffCtrl", mode));
        assertEquals(mode, meter.number("ModeSelector_TariffCtrl"));
      }
      assertEquals(DataAccessResult.OTHER_REASON, meter.write("ModeSelector_TariffCtrl", 4));
      assertEquals(0, meter.number("ModeSelector_TariffCtrl"));
    }
    assertEquals(
        2, TimeBench.of(threePhase().tariffControl(2), WINTER).number("ModeSelector_TariffCtrl"));
  }

  @Test
  void tar02EachModeAsksItsOwnSourceAndTheModeOutlivesPower() {
    TimeBench meter =
        TimeBench.of(threePhase().tariffPlans(PlanSamples.fourSeasons()), at(2026, 1, 15, 12, 0));
    meter.write("ModulPortIOCfg", 1);
    meter.write("DefaultTariff_TariffCtrl", 5);
    meter.backend().setModulePort(true, true);
    meter.write("ModeSelector_TariffCtrl", 2);
    meter.write("ActualTariff", 6);
    long[] tariffs = {5, 4, 6, 1};
    for (int mode = 0; mode < tariffs.length; mode++) {
      meter.write("ModeSelector_TariffCtrl", mode);
      assertEquals(tariffs[mode], meter.number("ActualTariff"));
      meter.restart(meter.backend().worldTime() + 60);
      assertEquals(tariffs[mode], meter.number("ActualTariff"));
    }
  }

  @Test
  void tar03TheLevelsOfTheModulePortChooseTheTariff() {
    TimeBench meter = TimeBench.of(withPort("01"), WINTER);
    assertLevels(meter, 1, 2, 3, 4);
  }

  @Test
  void tar04InvertedLevelsChooseTheTariffsFromTheOtherEnd() {
    TimeBench meter = TimeBench.of(withPort("02"), WINTER);
    assertLevels(meter, 4, 3, 2, 1);
  }

  @Test
  void tar05AModuleForTwoTariffsHasOneLine() {
    TimeBench meter = TimeBench.of(withPort("07"), WINTER);
    assertLevels(meter, 1, 2, 1, 2);
    meter.write("ModulPortIOCfg", 3);
    assertLevels(meter, 1, 2, 1, 2);
    meter.write("ModulPortIOCfg", 4);
    assertLevels(meter, 1, 1, 2, 2);
    meter.write("ModulPortIOCfg", 13);
    assertLevels(meter, 1, 2, 3, 4);
    TimeBench inverted = TimeBench.of(withPort("08"), WINTER);
    assertLevels(inverted, 2, 1, 2, 1);
  }

  @Test
  void tar05APortThatIsForSomethingElseChoosesNothing() {
    TimeBench meter = TimeBench.of(threePhase().tariffControl(1), WINTER);
    meter.write("DefaultTariff_TariffCtrl", 7);
    for (int function = 0; function <= 255; function++) {
      boolean exists = function <= 18 && function != 14 && function != 15;
      assertEquals(
          exists ? DataAccessResult.SUCCESS : DataAccessResult.OTHER_REASON,
          meter.write("ModulPortIOCfg", function));
      if (exists && !List.of(1, 2, 3, 4, 13).contains(function)) {
        assertLevels(meter, 7, 7, 7, 7);
      }
    }
  }

  @Test
  void tar06AWrittenTariffIsActiveAtOnceAndOutlivesPower() {
    TimeBench meter = TimeBench.of(threePhase().tariffControl(2), WINTER);
    for (int tariff = 8; tariff >= 1; tariff--) {
      assertEquals(DataAccessResult.SUCCESS, meter.write("ActualTariff", tariff));
      assertEquals(tariff, meter.number("ActualTariff"));
      meter.run(1);
      meter.restart(meter.backend().worldTime() + 5);
      assertEquals(tariff, meter.number("ActualTariff"));
    }
  }

  @Test
  void tar06ATariffThatThereIsNotIsRefused() {
    TimeBench meter = TimeBench.of(threePhase().tariffControl(2), WINTER);
    meter.write("ActualTariff", 3);
    for (int tariff : new int[] {0, 9, 255}) {
      assertEquals(DataAccessResult.OTHER_REASON, meter.write("ActualTariff", tariff));
      assertEquals(3, meter.number("ActualTariff"));
    }
  }

  @Test
  void tar06InTheOtherModesATariffCannotBeWrittenNow() {
    TimeBench meter = TimeBench.of(threePhase().tariffPlans(PlanSamples.fourSeasons()), WINTER);
    for (int mode : new int[] {0, 1, 3}) {
      meter.write("ModeSelector_TariffCtrl", mode);
      long before = meter.number("ActualTariff");
      assertEquals(DataAccessResult.TEMPORARY_FAILURE, meter.write("ActualTariff", 6));
      assertEquals(before, meter.number("ActualTariff"));
    }
  }

  @Test
  void tar06AMeterBeforeOmnipowerHasItsTariffWrittenOrChosenByTheModulePort() {
    for (MeterVariant variant : List.of(MeterVariant.K351C, MeterVariant.K382M)) {
      TimeBench meter = TimeBench.of(MeterSettings.of(variant), WINTER);
      assertEquals(1, meter.number("ActualTariff"));
      assertEquals(DataAccessResult.SUCCESS, meter.write("ActualTariff", 4));
      assertEquals(4, meter.number("ActualTariff"));
      TimeBench port =
          TimeBench.of(
              MeterSettings.of(variant).tariffControl(1).modulePort(ModulePort.ofOrderCode("01")),
              WINTER);
      assertLevels(port, 1, 2, 3, 4);
      assertEquals(DataAccessResult.TEMPORARY_FAILURE, port.write("ActualTariff", 4));
      assertFalse(port.engine().readings().has("ModeSelector_TariffCtrl"));
    }
  }

  @Test
  void tar07OneOfTheThreePlansIsChosenAndStaysChosen() {
    TariffPlans.Builder plans = TariffPlans.builder();
    for (int i = 1; i <= 3; i++) {
      plans.plan(
          TariffPlan.named("plan " + i).season(SeasonPlan.of(DayPlan.allDay(i + 4))).build());
    }
    TimeBench meter =
        TimeBench.of(threePhase().tariffControl(3).tariffPlans(plans.build()), WINTER);
    for (int plan = 1; plan <= 3; plan++) {
      assertEquals(DataAccessResult.SUCCESS, meter.backend().chooseTariffPlan(plan));
      meter.restart(meter.backend().worldTime() + DAY);
      assertEquals(plan, meter.number("ActiveUsageProfile_TariffCtrl"));
      assertEquals("plan " + plan, meter.text("ActiveUsageProfileInfo_TariffCtrl"));
      assertEquals(plan + 4, meter.number("ActualTariff"));
    }
    for (int plan : new int[] {0, 4}) {
      assertEquals(DataAccessResult.OTHER_REASON, meter.backend().chooseTariffPlan(plan));
      assertEquals(3, meter.number("ActiveUsageProfile_TariffCtrl"));
    }
  }

  @Test
  void tar08TheSeasonShiftsAtMidnightOfTheShownTime() {
    // 2026-06-30, Tuesday, 23:59:59 in summer time.
    TimeBench meter = withPlans(at(2026, 6, 30, 22, 59) + 59);
    assertEquals(2, meter.number("ActiveSeasonProfile_TariffCtrl"));
    assertEquals(8, meter.number("ActualTariff"));
    meter.run(1);
    assertEquals(3, meter.number("ActiveSeasonProfile_TariffCtrl"));
    assertEquals(1, meter.number("ActualTariff"));
    assertEquals(1, countingTariff(meter));
  }

  @Test
  void tar09AShiftCountsFromTheFirstSecondOfItsMinuteOn() {
    TimeBench meter = withPlans(at(2026, 1, 15, 20, 59) + 58);
    assertEquals(1, countingTariff(meter));
    assertEquals(1, meter.number("ActualTariff"));
    // The second from 20:59:59 to 21:00:00 is still of the day; the clock then shows 21:00:00.
    assertEquals(1, countingTariff(meter));
    assertEquals(8, meter.number("ActualTariff"));
    assertEquals(8, countingTariff(meter));
  }

  @Test
  void tar09PlansHoldByTheTimeThatTheClockShows() {
    // A Wednesday in summer: 06:30 is 05:30 of normal time.
    TimeBench meter = withPlans(at(2026, 7, 15, 5, 30) - 1);
    assertEquals(1, countingTariff(meter));
    assertEquals(3, countingTariff(meter));
    meter.backend().setDaylightSavingEnabled(false);
    assertEquals(1, meter.number("ActualTariff"));
    assertEquals(1, countingTariff(meter));
    meter.backend().setDaylightSavingEnabled(true);
    assertEquals(3, countingTariff(meter));
  }

  @Test
  void tar10AnExceptionDayIsAHolidayFromMidnightToMidnight() {
    TimeBench meter = withPlans(at(2026, 12, 24, 0, 0) - 1);
    assertEquals("DK 2026", meter.text("ExceptionDayInfo"));
    assertEquals(8, countingTariff(meter));
    assertEquals(7, countingTariff(meter));
    meter.run(DAY - 2);
    assertEquals(7, countingTariff(meter));
    assertEquals(1, countingTariff(meter));
  }

  @Test
  void tar11TheDefaultTariffHoldsWhereNothingElseDecides() {
    DayPlan fromNoonOn = DayPlan.of(new Shift(LocalTime.NOON, 2));
    TariffPlans plans =
        TariffPlans.builder()
            .plan(TariffPlan.named("noon").season(SeasonPlan.of(fromNoonOn)).build())
            .build();
    TimeBench meter = TimeBench.of(threePhase().tariffPlans(plans), at(2026, 1, 15, 12, 0) - 1);
    for (int mode = 0; mode <= 3; mode++) {
      meter.write("ModeSelector_TariffCtrl", mode);
      meter.write("DefaultTariff_TariffCtrl", 8 - mode);
      assertEquals(8 - mode, meter.number("ActualTariff"));
    }
    assertEquals(5, countingTariff(meter));
    assertEquals(2, countingTariff(meter));
    TimeBench without = TimeBench.of(threePhase().tariffControl(3), WINTER);
    assertEquals(1, without.number("ActualTariff"));
    assertEquals(DataAccessResult.OTHER_REASON, without.write("DefaultTariff_TariffCtrl", 9));
    assertEquals(DataAccessResult.OTHER_REASON, without.write("DefaultTariff_TariffCtrl", 0));
    assertEquals(1, without.number("DefaultTariff_TariffCtrl"));
  }

  @Test
  void tar11PlanAndSeasonInForceAreRead() {
    TimeBench meter = withPlans(WINTER);
    for (int quarter = 1; quarter <= 4; quarter++) {
      meter.backend().setClock(at(2026, 3 * quarter, 1, 12, 0));
      assertEquals(quarter, meter.number("ActiveSeasonProfile_TariffCtrl"));
      assertEquals(1, meter.number("ActiveUsageProfile_TariffCtrl"));
      assertEquals("QUARTERS", meter.text("ActiveUsageProfileInfo_TariffCtrl"));
    }
    meter.write("ModeSelector_TariffCtrl", 2);
    assertEquals(0, meter.number("ActiveSeasonProfile_TariffCtrl"));
    TimeBench without = TimeBench.of(threePhase().tariffControl(3), WINTER);
    assertEquals(0, without.number("ActiveSeasonProfile_TariffCtrl"));
    assertEquals("", without.text("ActiveUsageProfileInfo_TariffCtrl"));
    assertEquals("", without.text("ExceptionDayInfo"));
  }

  @Test
  void clk11EachTariffHasItsOwnCounterOfSeconds() {
    TimeBench meter = TimeBench.of(threePhase().tariffControl(2), WINTER);
    for (int tariff = 1; tariff <= 8; tariff++) {
      meter.write("ActualTariff", tariff);
      meter.run(100L * tariff);
    }
    meter.restart(WINTER + DAY);
    for (int tariff = 1; tariff <= 8; tariff++) {
      assertEquals(100L * tariff, meter.engine().secondsOfTariff(tariff));
    }
    assertEquals(1, meter.number("HourCounter"));
  }

  /** A meter whose tariff the module port chooses, which was ordered with a code of Z3. */
  private static MeterSettingsBuilder withPort(String code) {
    ModulePort port = ModulePort.ofOrderCode(code);
    return threePhase()
        .tariffControl(1)
        .modulePort(port)
        .tariffPortsInverted(port.tariffsInverted());
  }

  private static TimeBench withPlans(long now) {
    return TimeBench.of(threePhase().tariffControl(3).tariffPlans(PlanSamples.fourSeasons()), now);
  }

  /** Goes on by a second, and finds out which tariff it was of. */
  private static int countingTariff(TimeBench meter) {
    long[] before = new long[9];
    for (int tariff = 1; tariff <= 8; tariff++) {
      before[tariff] = meter.engine().secondsOfTariff(tariff);
    }
    meter.run(1);
    int found = 0;
    for (int tariff = 1; tariff <= 8; tariff++) {
      if (meter.engine().secondsOfTariff(tariff) != before[tariff]) {
        assertEquals(0, found);
        found = tariff;
      }
    }
    assertTrue(found > 0);
    return found;
  }

  /** The tariffs of the levels 0 0, 1 0, 0 1 and 1 1 of port 1 and port 2. */
  private static void assertLevels(TimeBench meter, int... tariffs) {
    for (int levels = 0; levels < 4; levels++) {
      meter.backend().setModulePort((levels & 1) != 0, (levels & 2) != 0);
      assertEquals(tariffs[levels], meter.number("ActualTariff"), "levels " + levels);
    }
  }
}
