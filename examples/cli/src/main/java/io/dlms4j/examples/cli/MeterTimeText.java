package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemDateTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The time of a meter beside that of a machine. A meter that does not tell its deviation from UTC
 * is taken to be in the machine's time zone.
 */
final class MeterTimeText {
  private static final int DAYLIGHT_SAVING = 0x80;
  private static final int SECONDS_A_MINUTE = 60;

  private MeterTimeText() {}

  /** A point in time as a meter would tell it that tells time in the way of an example. */
  static CosemDateTime like(CosemDateTime example, Instant instant, ZoneId zone) {
    if (example.deviation() != CosemDateTime.NOT_SPECIFIED) {
      // The meter's own zone: its clock goes on as it went.
      return of(
          LocalDateTime.ofInstant(instant, offset(example)), example, example.isDaylightSaving());
    }
    return of(
        LocalDateTime.ofInstant(instant, zone),
        example,
        zone.getRules().isDaylightSavings(instant));
  }

  /** A local time as a meter would tell it that tells time in the way of an example. */
  static CosemDateTime like(CosemDateTime example, LocalDateTime local, ZoneId zone) {
    boolean told = example.deviation() != CosemDateTime.NOT_SPECIFIED;
    return of(
        local,
        example,
        told
            ? example.isDaylightSaving()
            : zone.getRules().isDaylightSavings(local.atZone(zone).toInstant()));
  }

  private static CosemDateTime of(
      LocalDateTime local, CosemDateTime example, boolean daylightSaving) {
    int status =
        example.clockStatus() == CosemDateTime.STATUS_NOT_SPECIFIED
            ? CosemDateTime.STATUS_NOT_SPECIFIED
            : daylightSaving ? DAYLIGHT_SAVING : 0;
    return CosemDateTime.of(local, example.deviation(), status);
  }

  /** How far a meter's time is from a machine's, in words. */
  static String deviation(CosemDateTime meter, Instant machine, ZoneId zone) {
    Optional<Instant> instant = meter.toLocalDateTime().map(local -> instant(meter, local, zone));
    if (instant.isEmpty()) {
      return "without a time that could be compared";
    }
    // A meter's clock shows the second that has begun, so this machine's is looked at likewise.
    long seconds =
        Duration.between(machine.truncatedTo(ChronoUnit.SECONDS), instant.get()).toSeconds();
    if (seconds == 0) {
      return "on time";
    }
    return duration(Duration.ofSeconds(Math.abs(seconds)))
        + (seconds > 0 ? " ahead" : " behind")
        + " ("
        + (seconds > 0 ? "+" : "")
        + seconds
        + " s)";
  }

  private static Instant instant(CosemDateTime meter, LocalDateTime local, ZoneId zone) {
    if (meter.deviation() != CosemDateTime.NOT_SPECIFIED) {
      return local.toInstant(offset(meter));
    }
    // Of the hour that comes twice in autumn, the clock status tells which one it is.
    ZonedDateTime zoned = local.atZone(zone);
    return (meter.isDaylightSaving()
            ? zoned.withEarlierOffsetAtOverlap()
            : zoned.withLaterOffsetAtOverlap())
        .toInstant();
  }

  private static ZoneOffset offset(CosemDateTime meter) {
    return ZoneOffset.ofTotalSeconds(-SECONDS_A_MINUTE * meter.deviation());
  }

  private static String duration(Duration duration) {
    List<Long> parts =
        List.of(
            duration.toDays(),
            (long) duration.toHoursPart(),
            (long) duration.toMinutesPart(),
            (long) duration.toSecondsPart());
    List<String> units = List.of("d", "h", "min", "s");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) != 0) {
        text.append(text.isEmpty() ? "" : " ")
            .append(parts.get(i))
            .append(' ')
            .append(units.get(i));
      }
    }
    return text.toString();
  }
}
