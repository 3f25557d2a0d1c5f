package io.dlms4j.omnipower.engine.loggers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.configuration.MeterOrder;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.configuration.SoftwareConfiguration;
import io.dlms4j.omnipower.configuration.TypeNumber;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an order says of the loggers, as they have it. */
class OrderedLoggersTest {
  private static OrderedLoggers loggers(String typeNumber, String software) {
    MeterSettings settings =
        MeterOrder.of(TypeNumber.parse(typeNumber), SoftwareConfiguration.parse(software))
            .settings()
            .build();
    return new OrderedLoggers(settings, Catalogue.of(settings.variant()));
  }

  private static List<LocalDate> debitingDays(String software) {
    OrderedLoggers loggers = loggers("6841138BN143002084", software);
    LocalDate first = LocalDate.of(2026, 1, 1);
    return first.datesUntil(first.plusYears(1)).filter(loggers::isDebitingDay).toList();
  }

  @Test
  void deb02StopsComeOnTheDaysThatWereOrdered() {
    assertEquals(List.of(), debitingDays("Z7=00"));
    assertEquals(12, debitingDays("Z6=28,Z7=01").size());
    assertEquals(
        List.of(
            LocalDate.of(2026, 3, 5),
            LocalDate.of(2026, 6, 5),
            LocalDate.of(2026, 9, 5),
            LocalDate.of(2026, 12, 5)),
        debitingDays("Z6=05,Z7=06"));
    assertEquals(List.of(LocalDate.of(2026, 12, 1)), debitingDays("Z7=24"));
  }

  @Test
  void lp03TheDepthIsThatOfTheMeterThatWasOrdered() {
    assertEquals(16_800, loggers("6841138BN143002084", "").loadProfileRows());
    assertEquals(17_287, loggers("6841138BN243002084", "").loadProfileRows());
  }

  @Test
  void lp08AnAustrianMeterHasSixtyDaysAndNoOtherPeriodToChoose() {
    OrderedLoggers loggers = loggers("6841138BN143002055", "");
    assertEquals(60 * 96, loggers.loadProfileRows());
    assertEquals(Set.of(), loggers.loadProfilePeriods());
  }
}
