package io.dlms4j.axdr;

import io.dlms4j.axdr.CosemData.DateTimeData;
import io.dlms4j.axdr.CosemData.DoubleLongData;
import io.dlms4j.axdr.CosemData.DoubleLongUnsignedData;
import io.dlms4j.axdr.CosemData.IntegerData;
import io.dlms4j.axdr.CosemData.Long64Data;
import io.dlms4j.axdr.CosemData.Long64UnsignedData;
import io.dlms4j.axdr.CosemData.LongData;
import io.dlms4j.axdr.CosemData.LongUnsignedData;
import io.dlms4j.axdr.CosemData.OctetStringData;
import io.dlms4j.axdr.CosemData.UnsignedData;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** How one value of a profile's column follows from the one before it. */
final class Steps {
  private static final String CLAUSE = "Blue Book, class 7, buffer";
  private static final int LAST_YEAR = 65534;

  private Steps() {}

  static AxdrException refused(String what) {
    return new AxdrException(AxdrException.Kind.MALFORMED, AxdrException.NO_OFFSET, what, CLAUSE);
  }

  /** The sum, of the type that the value has. */
  static CosemData add(CosemData value, DeltaData delta) {
    long d = delta.delta();
    return switch (value.tag()) {
      case INTEGER ->
          new IntegerData((byte) sum(value, ((IntegerData) value).value(), delta, -0x80, 0x7F));
      case LONG ->
          new LongData((short) sum(value, ((LongData) value).value(), delta, -0x8000, 0x7FFF));
      case DOUBLE_LONG -> {
        int base = ((DoubleLongData) value).value();
        yield new DoubleLongData(
            (int) sum(value, base, delta, Integer.MIN_VALUE, Integer.MAX_VALUE));
      }
      case LONG64 -> {
        long base = ((Long64Data) value).value();
        long sum = base + d;
        if (((base ^ sum) & (d ^ sum)) < 0) {
          throw overflow(value, delta);
        }
        yield new Long64Data(sum);
      }
      case UNSIGNED ->
          new UnsignedData((int) sum(value, ((UnsignedData) value).value(), delta, 0, 0xFF));
      case LONG_UNSIGNED -> {
        int base = ((LongUnsignedData) value).value();
        yield new LongUnsignedData((int) sum(value, base, delta, 0, 0xFFFF));
      }
      case DOUBLE_LONG_UNSIGNED -> {
        long base = ((DoubleLongUnsignedData) value).value();
        yield new DoubleLongUnsignedData(sum(value, base, delta, 0, 0xFFFF_FFFFL));
      }
      case LONG64_UNSIGNED -> {
        long base = ((Long64UnsignedData) value).bits();
        long sum = base + d;
        int order = Long.compareUnsigned(sum, base);
        if (d >= 0 ? order < 0 : order > 0) {
          throw overflow(value, delta);
        }
        yield new Long64UnsignedData(sum);
      }
      default -> throw refused(DataText.describe(value) + " is no number to add " + delta + " to");
    };
  }

  private static long sum(CosemData value, long base, DeltaData delta, long min, long max) {
    // A delta has 33 bits at most, and so has the base: no long overflows.
    long sum = base + delta.delta();
    if (sum < min || sum > max) {
      throw overflow(value, delta);
    }
    return sum;
  }

  private static AxdrException overflow(CosemData value, DeltaData delta) {
    return refused(value + " plus " + delta + " is more than " + value.tag() + " holds");
  }

  /** The delta that makes one value of the other, if it is shorter than the value. */
  static @Nullable DeltaData delta(CosemData from, CosemData to) {
    if (from.tag() != to.tag()) {
      return null;
    }
    long difference;
    int octets;
    switch (to.tag()) {
      case LONG, LONG_UNSIGNED -> {
        difference = to.integralValue() - from.integralValue();
        octets = 2;
      }
      case DOUBLE_LONG, DOUBLE_LONG_UNSIGNED -> {
        difference = to.integralValue() - from.integralValue();
        octets = 4;
      }
      case LONG64 -> {
        difference = ((Long64Data) to).value() - ((Long64Data) from).value();
        octets = 8;
      }
      case LONG64_UNSIGNED -> {
        difference = ((Long64UnsignedData) to).bits() - ((Long64UnsignedData) from).bits();
        octets = 8;
      }
      default -> {
        return null;
      }
    }
    DeltaData delta = shortest(difference, octets);
    return delta != null && makes(from, delta, to) ? delta : null;
  }

  /** Differences of 64 bits wrap around: this one may stand for another that does not fit. */
  private static boolean makes(CosemData from, DeltaData delta, CosemData to) {
    try {
      return add(from, delta).equals(to);
    } catch (AxdrException wrapped) {
      return false;
    }
  }

  private static @Nullable DeltaData shortest(long difference, int octets) {
    boolean up = difference >= 0;
    long size = up ? difference : ~difference << 1;
    if (size >= 0 && size <= 0xFF && octets > 1) {
      return new DeltaData(up ? DataTag.DELTA_UNSIGNED : DataTag.DELTA_INTEGER, difference);
    }
    if (size >= 0 && size <= 0xFFFF && octets > 2) {
      return new DeltaData(up ? DataTag.DELTA_LONG_UNSIGNED : DataTag.DELTA_LONG, difference);
    }
    if (size >= 0 && size <= 0xFFFF_FFFFL && octets > 4) {
      return new DeltaData(
          up ? DataTag.DELTA_DOUBLE_LONG_UNSIGNED : DataTag.DELTA_DOUBLE_LONG, difference);
    }
    return null;
  }

  /**
   * The next time of a clock's column: a date-time, as such or in an octet-string of 12, or the
   * seconds of a UNIX clock as double-long-unsigned.
   */
  static CosemData advance(CosemData time, Duration period) {
    if (time instanceof DateTimeData dateTime) {
      return new DateTimeData(advance(dateTime.value(), period));
    }
    if (time instanceof OctetStringData string && string.value().length() == CosemDateTime.OCTETS) {
      return new OctetStringData(advance(time.dateTimeValue(), period).encode());
    }
    if (time instanceof DoubleLongUnsignedData seconds) {
      long next = seconds.value() + period.toSeconds();
      if (!period.equals(Duration.ofSeconds(period.toSeconds())) || next > 0xFFFF_FFFFL) {
        throw refused(seconds + " cannot be advanced by " + period);
      }
      return new DoubleLongUnsignedData(next);
    }
    throw refused(DataText.describe(time) + " is no time that could be advanced");
  }

  /**
   * A later time. Fields of the time of day that are not specified stay so, where the period is a
   * multiple of what they leave open; so do deviation and status, and a day of week that is not
   * specified.
   */
  static CosemDateTime advance(CosemDateTime from, Duration period) {
    CosemDate date = from.date();
    CosemTime time = from.time();
    LocalDate day =
        date.toLocalDate().orElseThrow(() -> refused(from + " is no day that could be advanced"));
    Duration open = leftOpen(time);
    Duration rest = period.minus(open.multipliedBy(period.dividedBy(open)));
    LocalDateTime to = day.atTime(knownPart(time)).plus(period);
    if (!rest.isZero() || to.getYear() > LAST_YEAR) {
      throw refused(from + " cannot be advanced by " + period);
    }
    CosemDate next = CosemDate.of(to.toLocalDate());
    int dayOfWeek = date.dayOfWeek() == CosemDate.NOT_SPECIFIED ? 0xFF : next.dayOfWeek();
    return new CosemDateTime(
        new CosemDate(next.year(), next.month(), next.dayOfMonth(), dayOfWeek),
        new CosemTime(
            keepOpen(time.hour(), to.getHour()),
            keepOpen(time.minute(), to.getMinute()),
            keepOpen(time.second(), to.getSecond()),
            keepOpen(time.hundredths(), to.getNano() / 10_000_000)),
        from.deviation(),
        from.clockStatus());
  }

  /** The smallest step that no field which is not specified would have to show. */
  private static Duration leftOpen(CosemTime time) {
    if (time.hour() == CosemTime.NOT_SPECIFIED) {
      return Duration.ofDays(1);
    }
    if (time.minute() == CosemTime.NOT_SPECIFIED) {
      return Duration.ofHours(1);
    }
    if (time.second() == CosemTime.NOT_SPECIFIED) {
      return Duration.ofMinutes(1);
    }
    return time.hundredths() == CosemTime.NOT_SPECIFIED
        ? Duration.ofSeconds(1)
        : Duration.ofMillis(10);
  }

  private static LocalTime knownPart(CosemTime time) {
    return LocalTime.of(
        knownPart(time.hour()),
        knownPart(time.minute()),
        knownPart(time.second()),
        knownPart(time.hundredths()) * 10_000_000);
  }

  private static int knownPart(int field) {
    return field == CosemTime.NOT_SPECIFIED ? 0 : field;
  }

  private static int keepOpen(int field, int next) {
    return field == CosemTime.NOT_SPECIFIED ? field : next;
  }
}
