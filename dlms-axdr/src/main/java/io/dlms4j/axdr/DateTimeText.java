package io.dlms4j.axdr;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link CosemDateTime}, {@link CosemDate} and {@link CosemTime} print, which says all
 * they hold. What it cannot read is an IllegalArgumentException.
 */
final class DateTimeText {
  private static final String DATE =
      "(?<year>\\*|[0-9]{1,5})-(?<month>\\*|DST begin|DST end|[0-9]{1,2})"
          + "-(?<day>\\*|last but one|last|[0-9]{1,2})"
          + "(?: (?<week>Mon|Tue|Wed|Thu|Fri|Sat|Sun))?";
  private static final String TIME =
      "(?<hour>\\*|[0-9]{1,2}):(?<minute>\\*|[0-9]{1,2}):(?<second>\\*|[0-9]{1,2})"
          + "(?:\\.(?<hundredths>[0-9]{2}))?";
  private static final String ZONE = "(?:(?<sign>[+-])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}))?";
  private static final String STATUS = "(?: status (?<status>[0-9A-Fa-f]{2}))?";

  private static final Pattern DATE_PATTERN = Pattern.compile(DATE);
  private static final Pattern TIME_PATTERN = Pattern.compile(TIME);
  private static final Pattern DATE_TIME_PATTERN =
      Pattern.compile(DATE + " " + TIME + ZONE + STATUS);

  private DateTimeText() {}

  static CosemDateTime dateTime(String text) {
    Matcher m = match(DATE_TIME_PATTERN, text, "2013-10-25 Fri 00:15:00+02:00 status 80");
    String sign = m.group("sign");
    int deviation = CosemDateTime.NOT_SPECIFIED;
    if (sign != null) {
      int minutes = 60 * field(m.group("hours")) + field(m.group("minutes"));
      deviation = sign.equals("-") ? minutes : -minutes;
    }
    String status = m.group("status");
    return new CosemDateTime(
        date(m),
        time(m),
        deviation,
        status == null ? CosemDateTime.STATUS_NOT_SPECIFIED : Integer.parseInt(status, 16));
  }

  static CosemDate date(String text) {
    return date(match(DATE_PATTERN, text, "2013-10-25 Fri"));
  }

  static CosemTime time(String text) {
    return time(match(TIME_PATTERN, text, "00:15:00"));
  }

  private static Matcher match(Pattern pattern, String text, String example) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          DataText.quote(text) + " is not of the form \"" + example + '"');
    }
    return matcher;
  }

  private static CosemDate date(Matcher m) {
    String year = m.group("year");
    String week = m.group("week");
    return new CosemDate(
        "*".equals(year) ? CosemDate.YEAR_NOT_SPECIFIED : field(year),
        field(m.group("month")),
        field(m.group("day")),
        week == null ? CosemDate.NOT_SPECIFIED : 1 + CosemDate.DAYS.indexOf(week));
  }

  private static CosemTime time(Matcher m) {
    return new CosemTime(
        field(m.group("hour")),
        field(m.group("minute")),
        field(m.group("second")),
        field(m.group("hundredths")));
  }

  private static int field(@Nullable String text) {
    if (text == null) {
      return CosemTime.NOT_SPECIFIED;
    }
    return switch (text) {
      case "*" -> CosemDate.NOT_SPECIFIED;
      case "DST end" -> CosemDate.DAYLIGHT_SAVINGS_END;
      case "DST begin" -> CosemDate.DAYLIGHT_SAVINGS_BEGIN;
      case "last but one" -> CosemDate.SECOND_LAST_DAY;
      case "last" -> CosemDate.LAST_DAY;
      default -> Integer.parseInt(text);
    };
  }
}
