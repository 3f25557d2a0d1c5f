package io.dlms4j.omnipower.measurement;

import io.dlms4j.omnipower.measurement.Measurement.Phase;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;

/** Measurements that hold from their second to the next one. Immutable once it is in use. */
final class Timeline implements MeasurementSource {
  private static final Measurement NOTHING = new Measurement(Phase.NONE, Phase.NONE, Phase.NONE, 0);

  /** The end of the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private static final int FIRST_ALLOCATION = 64;

  private long[] seconds = new long[FIRST_ALLOCATION];
  private Measurement[] measurements = new Measurement[FIRST_ALLOCATION];
  private int size;

  int size() {
    return size;
  }

  /** When the measurement of that number begins, from 0. */
  long second(int index) {
    return seconds[index];
  }

  /** Adds a measurement; {@code line} has it. */
  void add(int line, long second, Measurement measurement) {
    if (second < 0 || second > LAST_SECOND) {
      throw new MeasurementFormatException(line, "is not in the years 1970 to 9999");
    }
    if (size > 0 && second <= seconds[size - 1]) {
      throw new MeasurementFormatException(line, "is not later than the one before");
    }
    append(second, measurement);
  }

  private void append(long second, Measurement measurement) {
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, 2 * size);
      measurements = Arrays.copyOf(measurements, 2 * size);
    }
    seconds[size] = second;
    measurements[size] = measurement;
    size++;
  }

  /** Nothing is measured from this second on. */
  void end(long second) {
    append(second, NOTHING);
  }

  @Override
  public Measurement at(long second) {
    int found = Arrays.binarySearch(seconds, 0, size, second);
    int index = found >= 0 ? found : -found - 2;
    return index < 0 ? NOTHING : measurements[index];
  }

  /** A number of a line. */
  static double number(int line, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new MeasurementFormatException(line, "'" + text + "' is not a number");
    }
  }

  /** A time of a line: 2025-01-15T06:30:00, or seconds of normal time since 1970. */
  static long time(int line, String text) {
    try {
      return text.indexOf('-', 1) > 0
          ? LocalDateTime.parse(text.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC)
          : Long.parseLong(text);
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new MeasurementFormatException(
          line, "'" + text + "' is not a time like 2025-01-15T06:30:00");
    }
  }

  /** Three numbers of a line: V, A and degrees. */
  static Phase phase(int line, String volts, String amperes, String degrees) {
    try {
      return Phase.of(number(line, volts), number(line, amperes), number(line, degrees));
    } catch (InvalidMeasurementException e) {
      throw new MeasurementFormatException(line, e.reason());
    }
  }

  /** A number of a line: Hz, as mHz. */
  static int frequency(int line, String hertz) {
    try {
      return Measurement.milliHertz(number(line, hertz));
    } catch (InvalidMeasurementException e) {
      throw new MeasurementFormatException(line, e.reason());
    }
  }
}
