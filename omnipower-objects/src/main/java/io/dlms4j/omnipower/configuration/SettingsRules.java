package io.dlms4j.omnipower.configuration;

import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What settings go together. */
final class SettingsRules {
  private static final Set<Integer> PERIODS = Set.of(300, 900, 1800, 3600);
  private static final int MOST_DEBITING_DAY = 28;
  private static final int MOST_TRANSFORMER_RATIO = 600;
  private static final int MOST_CLOCK_FILTER = 3600;
  private static final int QUARTER = 900;

  private final MeterSettings settings;

  private SettingsRules(MeterSettings settings) {
    this.settings = settings;
  }

  /**
   * Finds what does not go together.
   *
   * @throws IllegalArgumentException if there is such a thing
   */
  static void check(MeterSettings settings) {
    SettingsRules rules = new SettingsRules(settings);
    rules.measuring();
    rules.transformers();
    rules.periods();
    rules.debiting();
    rules.port();
    rules.analysis();
  }

  private void measuring() {
    MeterVariant variant = settings.variant();
    require(
        (variant == MeterVariant.SINGLE_PHASE)
                == (settings.measuringSystems() == MeasuringSystems.ONE)
            || variant == MeterVariant.K382M,
        variant + " does not measure with " + settings.measuringSystems());
    EnergyResolution resolution = settings.energyResolution();
    boolean possible =
        switch (resolution) {
          case DIGITS_7_0, DIGITS_7_2 -> true;
          case DIGITS_6_1, DIGITS_6_3 -> !variant.hasTransformers();
          case DIGITS_7_1 -> variant.hasTransformers();
          case DIGITS_5_2 -> false;
        };
    require(possible, variant + " does not show energies with " + resolution);
  }

  private void transformers() {
    int ratio = settings.transformerRatio();
    if (settings.variant().hasTransformers()) {
      within("the transformer ratio", ratio, 1, MOST_TRANSFORMER_RATIO);
      require(!settings.breaker(), "a meter for current transformers has no breaker");
      return;
    }
    require(ratio == 1, "a direct meter has no transformer ratio, and cannot have " + ratio);
    require(
        !settings.transformerRatioLocked(), "a direct meter has no transformer ratio to be locked");
    require(
        !settings.secondaryInLoadProfile(),
        "a direct meter has no secondary energy in its profile");
  }

  private void periods() {
    period("the integration period", settings.integrationPeriod());
    period("the interval of the analysis logger", settings.analysisInterval());
    require(
        !settings.austrianLoadProfile() || settings.integrationPeriod() == QUARTER,
        "the load profile has 900 seconds in Austria, not " + settings.integrationPeriod());
    within("hours from Greenwich", settings.hoursFromGreenwich(), -11, 12);
    within("the filter of the clock's log", settings.clockLogFilter(), 0, MOST_CLOCK_FILTER);
  }

  private void debiting() {
    within("the debiting day", settings.debitingDay(), 1, MOST_DEBITING_DAY);
    int months = settings.debitingInterval().months();
    within(
        "the first month with a debiting stop", settings.debitingMonth(), 1, Math.max(1, months));
    within("the interval of debiting logger 2", settings.debiting2Interval(), 0, 2);
  }

  private void port() {
    within("the control of tariffs", settings.tariffControl(), 0, 3);
    ModulePort port = settings.modulePort();
    require(
        port.function().tariffs() == 0 || port.tariffsInverted() == settings.tariffPortsInverted(),
        "the module port's lines for tariffs are inverted, or they are not");
  }

  private void analysis() {
    List<String> names = settings.analysisRegisters();
    int most = settings.generation().analysisRegisters();
    require(
        names.size() <= most,
        "the analysis logger captures " + most + " registers, not " + names.size());
    require(
        Set.copyOf(names).size() == names.size(), "the analysis logger captures a register twice");
    if (names.isEmpty()) {
      return;
    }
    Catalogue catalogue = Catalogue.of(settings.variant());
    CatalogueEntry logger =
        catalogue.entries().stream()
            .filter(each -> each.logicalName().toString().equals("1.1.99.1.1.255"))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(settings.variant() + " has no analysis logger"));
    Set<String> selectable =
        catalogue.captured(logger, "selectable").stream()
            .map(each -> each.attribute() == 2 ? each.entry().name() : each.toString())
            .collect(Collectors.toSet());
    for (String name : names) {
      require(selectable.contains(name), "the analysis logger cannot capture " + name);
    }
  }

  private static void period(String what, int seconds) {
    require(PERIODS.contains(seconds), what + " is 300, 900, 1800 or 3600 seconds, not " + seconds);
  }

  private static void within(String what, int value, int least, int most) {
    require(
        value >= least && value <= most,
        what + " is within " + least + ".." + most + ", not " + value);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
