package io.dlms4j.omnipower.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeterSettingsTest {
  private static void refused(
      MeterVariant variant, UnaryOperator<MeterSettingsBuilder> change, String why) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> change.apply(MeterSettings.of(variant)).build())
            .getMessage();
    assertTrue(String.valueOf(message).contains(why), message);
  }

  @ParameterizedTest
  @EnumSource
  void everyVariantHasSettingsAsItIsSoldMost(MeterVariant variant) {
    MeterSettings settings = MeterSettings.of(variant).build();
    assertEquals(variant, settings.variant());
    assertEquals(!variant.hasTransformers(), settings.breaker());
    assertEquals(16800, settings.loadProfileRows());
  }

  @Test
  void whatAMeterCannotMeasureWithIsRefused() {
    refused(
        MeterVariant.SINGLE_PHASE,
        b -> b.measuringSystems(MeasuringSystems.ARON),
        "does not measure");
    refused(MeterVariant.CT, b -> b.measuringSystems(MeasuringSystems.ONE), "does not measure");
    refused(MeterVariant.CT, b -> b.energyResolution(EnergyResolution.DIGITS_6_3), "does not show");
    refused(
        MeterVariant.THREE_PHASE,
        b -> b.energyResolution(EnergyResolution.DIGITS_7_1),
        "does not show");
    refused(
        MeterVariant.THREE_PHASE,
        b -> b.energyResolution(EnergyResolution.DIGITS_5_2),
        "does not show");
    refused(MeterVariant.CT, b -> b.breaker(true), "no breaker");
  }

  @Test
  void whatOnlyTransformersHaveIsRefusedOfADirectMeter() {
    refused(MeterVariant.THREE_PHASE, b -> b.transformerRatio(20), "no transformer ratio");
    refused(MeterVariant.THREE_PHASE, b -> b.transformerRatioLocked(true), "to be locked");
    refused(MeterVariant.SINGLE_PHASE, b -> b.secondaryInLoadProfile(true), "no secondary");
    refused(MeterVariant.CT, b -> b.transformerRatio(0), "1..600");
    refused(MeterVariant.CT, b -> b.transformerRatio(601), "1..600");
    assertEquals(
        600, MeterSettings.of(MeterVariant.CT).transformerRatio(600).build().transformerRatio());
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    MeterVariant three = MeterVariant.THREE_PHASE;
    refused(three, b -> b.integrationPeriod(600), "300, 900, 1800 or 3600");
    refused(three, b -> b.analysisInterval(0), "300, 900, 1800 or 3600");
    refused(three, b -> b.debitingDay(0), "1..28");
    refused(three, b -> b.debitingDay(29), "1..28");
    refused(three, b -> b.debitingMonth(2), "1..1");
    refused(three, b -> b.debitingInterval(DebitingInterval.YEARLY).debitingMonth(13), "1..12");
    refused(three, b -> b.debiting2Interval(3), "0..2");
    refused(three, b -> b.tariffControl(4), "0..3");
    refused(three, b -> b.clockLogFilter(-1), "0..3600");
    refused(three, b -> b.hoursFromGreenwich(13), "-11..12");
  }

  @Test
  void linesForTariffsAreInvertedOrTheyAreNot() {
    refused(
        MeterVariant.THREE_PHASE,
        b -> b.modulePort(ModulePort.ofOrderCode("02")).tariffPortsInverted(false),
        "inverted, or they are not");
    assertTrue(
        MeterSettings.of(MeterVariant.THREE_PHASE)
            .modulePort(ModulePort.ofOrderCode("14"))
            .tariffPortsInverted(true)
            .build()
            .tariffPortsInverted());
  }

  @Test
  void ana01MoreRegistersThanTheFirmwareCapturesAreRefused() {
    List<String> names =
        new ArrayList<>(List.of("A14", "A23", "R12", "R34", "R1", "R2", "R3", "R4"));
    for (int tariff = 1; tariff <= 8; tariff++) {
      names.add("A14_Tariff" + tariff);
    }
    MeterSettings sixteen =
        MeterSettings.of(MeterVariant.THREE_PHASE).analysisRegisters(names).build();
    assertEquals(names, sixteen.analysisRegisters());
    names.add("E14");
    refused(MeterVariant.THREE_PHASE, b -> b.analysisRegisters(names), "16 registers, not 17");
    MeterSettings more =
        MeterSettings.of(MeterVariant.THREE_PHASE)
            .generation(FirmwareGeneration.OMNIA_3)
            .analysisRegisters(names)
            .build();
    assertEquals(17, more.analysisRegisters().size());
  }

  @Test
  void ana03WhatTable14DoesNotHaveIsRefused() {
    refused(MeterVariant.THREE_PHASE, b -> b.analysisRegisters(List.of("Clock")), "cannot capture");
    refused(MeterVariant.THREE_PHASE, b -> b.analysisRegisters(List.of("A14", "A14")), "twice");
  }

  @ParameterizedTest
  @EnumSource
  void deb02StopsComeInEveryMonthThatTheIntervalAsksFor(DebitingInterval interval) {
    for (int first = 1; first <= Math.max(1, interval.months()); first++) {
      int begin = first;
      List<Integer> months =
          IntStream.rangeClosed(1, 12)
              .filter(month -> interval.stopsIn(month, begin))
              .boxed()
              .collect(Collectors.toList());
      int expected = interval.months() == 0 ? 0 : 12 / interval.months();
      assertEquals(expected, months.size());
      if (expected > 0) {
        assertEquals(first, months.get(0));
      }
    }
  }

  @Test
  void theModulePortsFunctionsHaveTheCodesOfTheRegisterByMeaning() {
    ModulePort two = ModulePort.ofOrderCode("02");
    assertEquals(1, two.function().registerCode().orElseThrow());
    assertTrue(two.firstInverted() && two.secondInverted() && two.tariffsInverted());
    ModulePort nine = ModulePort.ofOrderCode("09");
    assertEquals(2, nine.function().registerCode().orElseThrow());
    assertTrue(nine.secondInverted() && !nine.tariffsInverted());
    assertTrue(ModulePort.ofOrderCode("14").tariffsInverted());
    assertFalse(ModulePort.ofOrderCode("04").tariffsInverted());
    assertTrue(ModulePort.ofOrderCode("15").function().registerCode().isEmpty());
    assertTrue(ModulePortFunction.ofRegisterCode(14).isEmpty());
    assertTrue(ModulePortFunction.ofRegisterCode(-1).isEmpty());
    for (int code = 0; code <= 18; code++) {
      if (code != 14 && code != 15) {
        assertEquals(
            code,
            ModulePortFunction.ofRegisterCode(code).orElseThrow().registerCode().orElseThrow());
      }
    }
    assertThrows(IllegalArgumentException.class, () -> ModulePort.ofOrderCode("24"));
  }
}
