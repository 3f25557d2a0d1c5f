package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.configuration.DebitingInterval;
import io.dlms4j.omnipower.configuration.MeterSettings;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Settings of a meter in words. */
final class SettingsText {
  private static final int SECONDS_PER_DAY = 86_400;

  private final MeterSettings settings;

  SettingsText(MeterSettings settings) {
    this.settings = settings;
  }

  /** Each setting and its value, those that the meter does not have left out. */
  Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("meter", VariantText.print(settings.variant()));
    lines.put("measuring systems", words(settings.measuringSystems()));
    lines.put("breaker", yes(settings.breaker()));
    lines.put(
        "energies",
        settings.energyResolution().integerDigits()
            + "."
            + settings.energyResolution().decimals()
            + " digits, steps of "
            + settings.energyResolution().step()
            + " Wh");
    lines.put(
        "load profile",
        settings.layout().energies()
            + (settings.differencesInLoadProfile() ? " as differences" : "")
            + " every "
            + settings.integrationPeriod()
            + " s");
    int rows = settings.loadProfileRows();
    lines.put(
        "depth of the load profile",
        rows + " rows, " + (long) rows * settings.integrationPeriod() / SECONDS_PER_DAY + " days");
    lines.put("analysis logger", "every " + settings.analysisInterval() + " s");
    lines.put("debiting stop", debiting());
    lines.put(
        "debiting logger 2",
        switch (settings.debiting2Interval()) {
          case 0 -> "daily";
          case 1 -> "weekly";
          default -> "monthly";
        });
    if (settings.variant().hasTransformers()) {
      lines.put(
          "transformer ratio",
          settings.transformerRatio() + (settings.transformerRatioLocked() ? ", locked" : ""));
      lines.put(
          "energies in the load profile",
          settings.secondaryInLoadProfile() ? "secondary" : "primary");
    }
    lines.put(
        "tariffs",
        switch (settings.tariffControl()) {
          case 0 -> "none";
          case 1 -> "by the module port" + (settings.tariffPortsInverted() ? ", inverted" : "");
          case 2 -> "by register";
          default -> "by plan";
        });
    lines.put("module port", words(settings.modulePort().function()));
    lines.put("clock", clock());
    return lines;
  }

  private String debiting() {
    DebitingInterval interval = settings.debitingInterval();
    if (interval == DebitingInterval.NONE) {
      return "by command only";
    }
    String first =
        Month.of(settings.debitingMonth()).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return "day "
        + settings.debitingDay()
        + (interval.months() == 1
            ? " of every month"
            : " every " + interval.months() + " months from " + first);
  }

  private String clock() {
    int hours = settings.hoursFromGreenwich();
    return "GMT"
        + (hours == 0 ? "" : hours > 0 ? "+" + hours : "" + hours)
        + (settings.daylightSaving() ? " with daylight saving, " : ", ")
        + (settings.batteryBackup() ? "battery" : "supercapacitor");
  }

  private static String words(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String yes(boolean value) {
    return value ? "yes" : "no";
  }
}
