package io.dlms4j.examples.cli;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.ConfigurationException;
import io.dlms4j.omnipower.configuration.MeterOrder;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.configuration.MeterSettingsBuilder;
import io.dlms4j.omnipower.configuration.SoftwareConfiguration;
import io.dlms4j.omnipower.configuration.TypeNumber;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which meter is emulated: as it would be ordered. */
final class EmulatedOrder {
  /** Meters as they are sold most. */
  private static final Map<MeterVariant, String> USUAL =
      Map.of(
          MeterVariant.SINGLE_PHASE, "6861118BN143001084",
          MeterVariant.THREE_PHASE, "6841138BN143002084",
          MeterVariant.CT, "6851135CD140011040");

  private static final int SECONDS_PER_HOUR = 3600;
  private static final int LEAST_HOUR = -11;
  private static final int MOST_HOUR = 12;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--variant",
      paramLabel = "METER",
      description =
          "Which meter: single-phase, three-phase, ct, k382m or k351c; by default three-phase, or"
              + " that of the type number.")
  private @Nullable String variant;

  @Option(
      names = "--type-number",
      paramLabel = "NUMBER",
      description = "The meter's type number, such as 6841138BN143002084: see dlms meters.")
  private @Nullable String typeNumber;

  @Option(
      names = "--configuration",
      paramLabel = "CODES",
      description =
          "The meter's software configuration, such as Z1=4,Z4=2; what it does not say is as it is"
              + " sold most.")
  private @Nullable String configuration;

  /**
   * What was ordered.
   *
   * @param settings of the meter
   * @param typeNumber what the meter says of itself; nothing for what it says by itself
   * @param offset of its normal time from that of Greenwich, in seconds
   */
  record Ordered(MeterSettings settings, @Nullable String typeNumber, int offset) {}

  /**
   * Applies the order.
   *
   * @param zone the time of whose place the meter has, if its configuration says nothing else
   * @param now when
   * @throws ParameterException if no meter is like that, with every reason
   */
  Ordered order(ZoneId zone, Instant now) {
    try {
      MeterVariant meter = variant == null ? null : VariantText.parse(variant);
      int offset = zone.getRules().getStandardOffset(now).getTotalSeconds();
      if (meter != null && !meter.isOmnipower()) {
        if (typeNumber != null || configuration != null) {
          throw refused("--type-number and --configuration are for OMNIPOWER meters");
        }
        return new Ordered(here(MeterSettings.of(meter), zone, offset).build(), null, offset);
      }
      TypeNumber number = TypeNumber.parse(number(meter));
      if (meter != null && number.meter() != meter) {
        throw refused(number + " is " + VariantText.print(number.meter()) + ", not " + variant);
      }
      SoftwareConfiguration software =
          SoftwareConfiguration.parse(configuration == null ? "" : configuration);
      MeterSettingsBuilder settings = MeterOrder.of(number, software).settings();
      if (software.code("Z11").isPresent()) {
        MeterSettings there = settings.build();
        return new Ordered(there, number.toString(), there.hoursFromGreenwich() * SECONDS_PER_HOUR);
      }
      boolean ordered = software.code("Z15").isPresent();
      boolean daylightSaving = settings.build().daylightSaving();
      here(settings, zone, offset);
      return new Ordered(
          (ordered ? settings.daylightSaving(daylightSaving) : settings).build(),
          number.toString(),
          offset);
    } catch (ConfigurationException e) {
      throw refused(MetersCommand.inLines(e));
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private String number(@Nullable MeterVariant meter) {
    String given = typeNumber;
    return given == null
        ? USUAL.getOrDefault(meter == null ? MeterVariant.THREE_PHASE : meter, "")
        : given;
  }

  /** The time of the place where the emulator runs, as far as a meter can be set to it. */
  private static MeterSettingsBuilder here(MeterSettingsBuilder settings, ZoneId zone, int offset) {
    int hours = Math.floorDiv(offset, SECONDS_PER_HOUR);
    return settings
        .hoursFromGreenwich(Math.max(LEAST_HOUR, Math.min(MOST_HOUR, hours)))
        .daylightSaving(!zone.getRules().getTransitionRules().isEmpty());
  }

  private ParameterException refused(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
