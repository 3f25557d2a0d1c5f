package io.dlms4j.examples.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/**
 * How a meter's time goes, as a command line says it: {@code real}, {@code fast:N}, {@code
 * start=ISO}, or two of them with a comma between them.
 *
 * @param factor how many seconds of the meter go by in one of the wall
 * @param start what the meter's clock shows in the beginning, in seconds of normal time; nothing
 *     for the time of the wall
 */
record TimeText(int factor, OptionalLong start) {
  static final int MOST = 1_000_000;

  private static final String REAL = "real";
  private static final String FAST = "fast:";
  private static final String START = "start=";

  static TimeText parse(String text) {
    int factor = 0;
    OptionalLong start = OptionalLong.empty();
    for (String part : text.split(",", -1)) {
      if (part.equals(REAL) && factor == 0) {
        factor = 1;
      } else if (part.startsWith(FAST) && factor == 0) {
        factor = factor(part.substring(FAST.length()));
      } else if (part.startsWith(START) && start.isEmpty()) {
        start = OptionalLong.of(start(part.substring(START.length())));
      } else {
        throw new IllegalArgumentException(
            "\"" + text + "\" is not " + REAL + ", fast:N, start=DATE or two of them");
      }
    }
    return new TimeText(Math.max(1, factor), start);
  }

  private static int factor(String text) {
    if (!text.matches("[0-9]{1,7}")) {
      throw new IllegalArgumentException("\"" + text + "\" is no speed: fast:1 to fast:" + MOST);
    }
    int factor = Integer.parseInt(text);
    if (factor < 1 || factor > MOST) {
      throw new IllegalArgumentException("a speed is within 1.." + MOST + ", not " + factor);
    }
    return factor;
  }

  private static long start(String text) {
    try {
      LocalDateTime time =
          text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
      if (time.getYear() < 2000 || time.getYear() > 2099) {
        throw new IllegalArgumentException("a meter's clock shows the years 2000 to 2099");
      }
      return time.toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("\"" + text + "\" is no time such as 2026-07-01T12:00", e);
    }
  }
}
