package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.configuration.LoadProfileLayout;
import io.dlms4j.omnipower.configuration.MeasuringSystems;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.CapturePeriod;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the order of a meter says of its loggers: what they capture, when, and how much. */
final class OrderedLoggers {
  /** What the name of a secondary register ends with. */
  static final String SECONDARY = " - secondary";

  private static final int VALUE = 2;
  private static final int FIRST_COLUMNS = 4;
  private static final String SELECTABLE = "selectable";

  /** Table 15 has four layouts; the others have what is nearest. */
  private static final Map<LoadProfileLayout, LoadProfileLayout> NEAREST =
      Map.of(
          LoadProfileLayout.A_PLUS_R1, LoadProfileLayout.A_PLUS_R_PLUS,
          LoadProfileLayout.ACTIVE_AND_QUADRANTS, LoadProfileLayout.FOUR_ENERGIES,
          LoadProfileLayout.FOUR_ENERGIES_AND_QUADRANTS, LoadProfileLayout.FOUR_ENERGIES);

  private final MeterSettings settings;
  private final Catalogue catalogue;

  OrderedLoggers(MeterSettings settings, Catalogue catalogue) {
    this.settings = settings;
    this.catalogue = catalogue;
  }

  List<CapturedAttribute> loadProfile(CatalogueEntry logger) {
    List<CapturedAttribute> columns = catalogue.captured(logger, settings.layout().energies());
    if (!settings.secondaryInLoadProfile()) {
      return columns;
    }
    // Not all energies have a secondary register: what is captured then tells its own name.
    return columns.stream()
        .map(
            column ->
                catalogue
                    .find(column.entry().name() + SECONDARY)
                    .map(entry -> new CapturedAttribute(entry, column.attribute()))
                    .orElse(column))
        .toList();
  }

  int loadProfileRows() {
    return settings.loadProfileRows();
  }

  /** Five minutes are of older meters, and only of those ordered so; in Austria it is fixed. */
  Set<Long> loadProfilePeriods() {
    if (settings.austrianLoadProfile()) {
      return Set.of();
    }
    return settings.integrationPeriod() == CapturePeriod.SHORTEST
        ? analysisPeriods()
        : Set.of(900L, 1_800L, 3_600L);
  }

  Set<Long> analysisPeriods() {
    return Set.of(300L, 900L, 1_800L, 3_600L);
  }

  List<CapturedAttribute> analysis(CatalogueEntry logger) {
    String phases =
        settings.measuringSystems() == MeasuringSystems.ONE ? "single-phase" : "three-phase";
    LoadProfileLayout nearest = NEAREST.getOrDefault(settings.layout(), settings.layout());
    List<CapturedAttribute> byDefault =
        catalogue.captured(logger, phases + ", load profile " + nearest.energies());
    if (settings.analysisRegisters().isEmpty()) {
      return byDefault;
    }
    List<CapturedAttribute> columns = new ArrayList<>(byDefault.subList(0, FIRST_COLUMNS));
    List<CapturedAttribute> selectable = catalogue.captured(logger, SELECTABLE);
    for (String name : settings.analysisRegisters()) {
      columns.add(
          selectable.stream()
              .filter(each -> nameOf(each).equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the analysis logger does not capture " + name)));
    }
    return columns;
  }

  private static String nameOf(CapturedAttribute column) {
    return column.attribute() == VALUE ? column.entry().name() : column.toString();
  }

  int analysisRows(List<CapturedAttribute> columns) {
    return settings.generation().analysisRows(columns.size() - FIRST_COLUMNS);
  }

  boolean isDebitingDay(LocalDate day) {
    return day.getDayOfMonth() == settings.debitingDay()
        && settings.debitingInterval().stopsIn(day.getMonthValue(), settings.debitingMonth());
  }

  /** A day on which debiting logger 2 captures a row. */
  static boolean isDebiting2Day(LocalDate day, long interval) {
    return switch ((int) interval) {
      case 0 -> true;
      case 1 -> day.getDayOfWeek() == DayOfWeek.MONDAY;
      default -> day.getDayOfMonth() == 1;
    };
  }
}
