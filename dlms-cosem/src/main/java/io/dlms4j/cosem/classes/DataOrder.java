package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ScalerUnit;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;

/**
 * The order of values that a range can be made of, and a profile sorted by (Blue Book 4.3.6,
 * range_descriptor and sort_method).
 */
public final class DataOrder {
  private static final String CLAUSE = "Blue Book 4.3.6, range_descriptor";

  private DataOrder() {}

  /**
   * Compares two values of one kind: numbers of any type and size, enums, booleans, texts, octet
   * strings, date-times in either form, dates, times.
   *
   * @param a one value
   * @param b the other
   * @return below, at or above 0; empty if one is a pattern of date or time, which has no place in
   *     any order
   * @throws AxdrException if they are not of one kind, or of one that has no order
   */
  public static Optional<Integer> compare(CosemData a, CosemData b) {
    DataTag tag = a.tag();
    if (isDateTime(a) && isDateTime(b)) {
      return compare(a.dateTimeValue(), b.dateTimeValue());
    }
    if (tag == DataTag.OCTET_STRING && b.tag() == tag) {
      return Optional.of(a.octetStringValue().compareTo(b.octetStringValue()));
    }
    if (isText(tag) && isText(b.tag())) {
      return Optional.of(a.text().compareTo(b.text()));
    }
    if (tag == DataTag.BOOLEAN && b.tag() == tag) {
      return Optional.of(Boolean.compare(a.booleanValue(), b.booleanValue()));
    }
    if (a instanceof CosemData.DateData left && b instanceof CosemData.DateData right) {
      Optional<LocalDate> day = right.value().toLocalDate();
      return left.value().toLocalDate().flatMap(of -> day.map(of::compareTo));
    }
    if (a instanceof CosemData.TimeData left && b instanceof CosemData.TimeData right) {
      Optional<LocalTime> time = right.value().toLocalTime();
      return left.value().toLocalTime().flatMap(of -> time.map(of::compareTo));
    }
    if (isNumber(tag) && isNumber(b.tag())) {
      return Optional.of(decimal(a).compareTo(decimal(b)));
    }
    throw Fields.malformed(tag + " and " + b.tag() + " cannot be compared", CLAUSE);
  }

  /** By UTC where both know their distance from it, else by local time. */
  private static Optional<Integer> compare(CosemDateTime a, CosemDateTime b) {
    boolean utc =
        a.deviation() != CosemDateTime.NOT_SPECIFIED
            && b.deviation() != CosemDateTime.NOT_SPECIFIED;
    Optional<LocalDateTime> time = point(b, utc);
    return point(a, utc).flatMap(of -> time.map(of::compareTo));
  }

  private static Optional<LocalDateTime> point(CosemDateTime dateTime, boolean utc) {
    return dateTime
        .toLocalDateTime()
        .map(local -> utc ? local.plusMinutes(dateTime.deviation()) : local);
  }

  /** A date-time, or an octet string that is one as far as anybody can tell. */
  private static boolean isDateTime(CosemData data) {
    if (data.tag() == DataTag.DATE_TIME) {
      return true;
    }
    if (data.tag() != DataTag.OCTET_STRING) {
      return false;
    }
    Octets octets = data.octetStringValue();
    if (octets.length() != CosemDateTime.OCTETS) {
      return false;
    }
    try {
      CosemDateTime.decode(octets);
      return true;
    } catch (AxdrException e) {
      return false;
    }
  }

  private static boolean isText(DataTag tag) {
    return tag == DataTag.VISIBLE_STRING || tag == DataTag.UTF8_STRING;
  }

  private static boolean isNumber(DataTag tag) {
    return switch (tag) {
      case INTEGER,
          LONG,
          DOUBLE_LONG,
          LONG64,
          UNSIGNED,
          LONG_UNSIGNED,
          DOUBLE_LONG_UNSIGNED,
          LONG64_UNSIGNED,
          FLOAT32,
          FLOAT64,
          ENUM ->
          true;
      default -> false;
    };
  }

  private static BigDecimal decimal(CosemData number) {
    return number.tag() == DataTag.ENUM
        ? BigDecimal.valueOf(number.integralValue())
        : ScalerUnit.NONE.quantity(number).value();
  }
}
