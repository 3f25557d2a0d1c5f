package io.dlms4j.omnipower.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterOrderTest {
  private static final String DIRECT = "6841138BN143002084";
  private static final String DIRECT_VARIANT_2 = "6841138BN243002084";
  private static final String TRANSFORMERS = "6851125CD140111040";
  private static final String SINGLE_PHASE = "6861118BN122001050";

  private static MeterOrder order(String typeNumber, String software) {
    return MeterOrder.of(TypeNumber.parse(typeNumber), SoftwareConfiguration.parse(software));
  }

  private static MeterSettings settings(String typeNumber, String software) {
    return order(typeNumber, software).settings().build();
  }

  @Test
  void aMeterWithoutSoftwareConfigurationIsAsItIsSoldMost() {
    MeterSettings settings = settings(DIRECT, "");
    assertEquals(MeterSettings.of(MeterVariant.THREE_PHASE).build(), settings);
    MeterSettings transformers = settings(TRANSFORMERS, "");
    assertEquals(
        MeterSettings.of(MeterVariant.CT)
            .measuringSystems(MeasuringSystems.ARON)
            .batteryBackup(true)
            .build(),
        transformers);
  }

  @Test
  void everyCodeOfADirectMeterIsApplied() {
    MeterSettings settings =
        settings(
            SINGLE_PHASE, "Z1=2,Z3=14,Z4=4,Z6=28,Z7=12,Z11=23,Z13=001,Z15=000,Z19=2,Z25=3,Z29=2");
    assertEquals(
        MeterSettings.of(MeterVariant.SINGLE_PHASE)
            .energyResolution(EnergyResolution.DIGITS_6_1)
            .layout(LoadProfileLayout.A_PLUS_A_MINUS)
            .integrationPeriod(3600)
            .debitingDay(28)
            .debitingInterval(DebitingInterval.EVERY_6_MONTHS)
            .debitingMonth(6)
            .debiting2Interval(2)
            .tariffControl(1)
            .tariffPortsInverted(true)
            .modulePort(new ModulePort(ModulePortFunction.PULSE_AND_TWO_TARIFFS, false, true))
            .hoursFromGreenwich(-1)
            .daylightSaving(false)
            .build(),
        settings);
  }

  @Test
  void everyCodeOfAMeterForTransformersIsApplied() {
    MeterSettings settings =
        settings("6851135CD230111040", "Z1=2,Z21=040,Z22=2,Z23=2,Z27=2,Z13=002");
    assertEquals(
        MeterSettings.of(MeterVariant.CT)
            .energyResolution(EnergyResolution.DIGITS_7_1)
            .layout(LoadProfileLayout.A_PLUS_R_PLUS)
            .transformerRatio(40)
            .transformerRatioLocked(true)
            .secondaryInLoadProfile(true)
            .differencesInLoadProfile(true)
            .tariffControl(2)
            .batteryBackup(true)
            .generation(FirmwareGeneration.OMNIA_3)
            .build(),
        settings);
  }

  @ParameterizedTest
  @CsvSource({
    "00,NONE,1",
    "01,MONTHLY,1",
    "02,EVERY_2_MONTHS,1",
    "03,EVERY_2_MONTHS,2",
    "04,EVERY_3_MONTHS,1",
    "06,EVERY_3_MONTHS,3",
    "07,EVERY_6_MONTHS,1",
    "12,EVERY_6_MONTHS,6",
    "13,YEARLY,1",
    "24,YEARLY,12"
  })
  void deb02IntervalsBeginWithTheMonthOfTheirCode(
      String code, DebitingInterval interval, int month) {
    MeterSettings settings = settings(DIRECT, "Z7=" + code);
    assertEquals(interval, settings.debitingInterval());
    assertEquals(month, settings.debitingMonth());
    assertThrows(IllegalArgumentException.class, () -> DebitingInterval.ofOrderCode(25));
    assertThrows(IllegalArgumentException.class, () -> DebitingInterval.ofOrderCode(-1));
  }

  @Test
  void reg09TheLegalEnergiesAreThoseOfTheLoadProfile() {
    assertEquals(LoadProfileLayout.A_PLUS, settings("6841138BN113002084", "").layout());
    assertEquals(LoadProfileLayout.A_PLUS_A_MINUS, settings("6841138BN123002084", "").layout());
    assertEquals(LoadProfileLayout.FOUR_ENERGIES, settings(DIRECT, "").layout());
    assertEquals(
        LoadProfileLayout.ACTIVE_AND_QUADRANTS, settings(DIRECT_VARIANT_2, "Z29=4").layout());
    assertEquals(
        LoadProfileLayout.FOUR_ENERGIES_AND_QUADRANTS,
        settings(DIRECT_VARIANT_2, "Z29=5").layout());
  }

  @Test
  void lp03AMeterOfVariantTwoHoldsHundredAndEightyDays() {
    assertEquals(175, settings(DIRECT, "").loadProfileRows() / 96);
    assertEquals(180, settings(DIRECT_VARIANT_2, "").loadProfileRows() / 96);
  }

  @Test
  void lp08AnAustrianMeterHoldsSixtyDaysAndNothingButQuartersOfAnHour() {
    assertEquals(60, settings("6841138BN143002055", "").loadProfileRows() / 96);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        TRANSFORMERS + "|Z1=4|Z1|not of this meter",
        TRANSFORMERS + "|Z4=1|Z4|not of this meter",
        DIRECT + "|Z21=020|Z21|not chosen",
        DIRECT + "|Z22=2|Z22|not chosen",
        DIRECT + "|Z23=2|Z23|not chosen",
        DIRECT + "|Z27=2|Z27|not of variant 1",
        DIRECT + "|Z28=1|Z28|not of variant 1",
        DIRECT_VARIANT_2 + "|Z28=0|Z28|not of variant 2",
        DIRECT_VARIANT_2 + "|Z18=001|Z18|not of variant 2",
        DIRECT + "|Z29=4|Z29|A+/A-/R1/R2/R3/R4 is not of variant 1",
        DIRECT + "|Z30=2|Z30|not of variant 1",
        DIRECT + "|Z29=1|Z29|X9=4 has Z29=3, 4, 5",
        SINGLE_PHASE + "|Z29=3|Z29|X9=2 has Z29=2",
        "6851135CD230111040|Z29=3|Z29|Z29 is not chosen",
        DIRECT + "|Z19=0|Z19|connected (1) or disconnected (2)",
        TRANSFORMERS + "|Z19=1|Z19|Z19=0",
        TRANSFORMERS + "|Z9=001|Z9|Z9=000",
        DIRECT + "|Z16=319|Z16|without radio",
        "6841138BN143002055|Z4=3|Z4|15 minutes in Austria",
        DIRECT + "|Z13=001|Z13|Z3=00 has no tariff input"
      })
  void whatDoesNotGoTogetherIsRefusedWithTheReason(
      String typeNumber, String software, String position, String reason) {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> order(typeNumber, software));
    assertEquals(List.of(position), refused.refusals().stream().map(Refusal::position).toList());
    assertTrue(refused.refusals().get(0).reason().contains(reason), refused.refusals().toString());
  }

  @Test
  void theWholeOrderIsExplained() {
    MeterOrder order = order(TRANSFORMERS, "Z1=2,Z5=123,Z16=338");
    String words =
        order.explain().stream()
            .map(each -> each.position() + " " + each.code() + " " + each.meaning())
            .collect(Collectors.joining("\n"));
    assertTrue(words.startsWith("X1 5 OMNIPOWER CT\n"), words);
    assertTrue(words.contains("\nX14 040 Norway\nZ1 2 7.1\n"), words);
    assertTrue(words.contains("\nZ5 123 by the display order form\n"), words);
    assertTrue(words.contains("\nZ16 338 NO 338 RF\n"), words);
    assertTrue(words.endsWith("\nZ30 1 profile 01"), words);
    assertEquals(14 + 30, order.explain().size());
    assertEquals(14 + 25, order(DIRECT, "").explain().size());
  }

  @Test
  void everyCodeHasWordsAMeterAndADocument() {
    assertEquals(14 + 30, OrderCodes.positions().size());
    for (String position : OrderCodes.positions()) {
      for (OrderCode code : OrderCodes.of(position)) {
        assertFalse(code.meaning().isBlank() || code.name().isBlank(), code.toString());
        assertFalse(code.meters().isEmpty() || code.variants().isEmpty(), code.toString());
        assertFalse(code.documents().isEmpty(), code.toString());
      }
    }
    assertEquals(List.of(), OrderCodes.of("Z31"));
  }

  @Test
  void everyOrderCodeOfTheModulePortIsAFunction() {
    for (OrderCode code : OrderCodes.of("Z3")) {
      ModulePort port = ModulePort.ofOrderCode(code.code());
      assertEquals(code.meaning().contains("inv"), port.firstInverted() || port.secondInverted());
      // "4-tariff sync" and "2-tariff" choose tariffs; "load tariff sync" does not.
      assertEquals(
          code.meaning().contains("4-tariff") ? 4 : code.meaning().contains("2-tariff") ? 2 : 0,
          port.function().tariffs());
    }
  }

  /** Any code at any position, so that most are refused, and near-misses that are not. */
  @Property(tries = 3000)
  void anyCombinationOfCodesGivesSettingsOrAReason(
      @ForAll("typeNumbers") String typeNumber, @ForAll("configurations") String configuration) {
    try {
      MeterOrder order = order(typeNumber, configuration);
      MeterSettings settings = order.settings().build();
      assertEquals(order.typeNumber().meter(), settings.variant());
      assertEquals(
          order.configuration(), SoftwareConfiguration.parse(order.configuration().toString()));
      assertEquals(
          order.explain(),
          order(order.typeNumber().withHyphens(), order.configuration().toString()).explain());
      Statistics.collect("settings");
    } catch (ConfigurationException e) {
      assertTrue(e.refusals().stream().noneMatch(each -> each.reason().isEmpty()));
      Statistics.collect("refused");
    }
    Statistics.coverage(
        coverage -> {
          coverage.check("settings").percentage(share -> share > 2);
          coverage.check("refused").percentage(share -> share > 2);
        });
  }

  @Provide
  Arbitrary<String> typeNumbers() {
    return Arbitraries.of(MeterVariant.SINGLE_PHASE, MeterVariant.THREE_PHASE, MeterVariant.CT)
        .flatMap(
            meter -> {
              List<Arbitrary<String>> codes =
                  OrderCodes.positions().stream()
                      .filter(each -> each.startsWith("X"))
                      .map(
                          position ->
                              Arbitraries.frequencyOf(
                                  Tuple.of(60, code(OrderCodes.of(position, meter))),
                                  Tuple.of(1, code(OrderCodes.of(position)))))
                      .toList();
              return Combinators.combine(codes).as(parts -> "68" + String.join("", parts));
            });
  }

  @Provide
  Arbitrary<String> configurations() {
    Arbitrary<String> one =
        Arbitraries.of(
                OrderCodes.positions().stream().filter(each -> each.startsWith("Z")).toList())
            .flatMap(position -> code(OrderCodes.of(position)).map(each -> position + "=" + each));
    return one.list().ofMaxSize(6).map(codes -> String.join(",", codes));
  }

  private static Arbitrary<String> code(List<OrderCode> codes) {
    return Arbitraries.of(codes)
        .map(each -> each.code().equals(OrderCode.BY_ORDER_FORM) ? "417" : each.code());
  }
}
