package io.dlms4j.axdr;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A date or a pattern of dates: the type date of Blue Book 4.1.6.1, five octets.
 *
 * @param year 0..65534, or {@link #YEAR_NOT_SPECIFIED}
 * @param month 1..12, {@link #DAYLIGHT_SAVINGS_END}, {@link #DAYLIGHT_SAVINGS_BEGIN} or {@link
 *     #NOT_SPECIFIED}
 * @param dayOfMonth 1..31, {@link #SECOND_LAST_DAY}, {@link #LAST_DAY} or {@link #NOT_SPECIFIED}
 * @param dayOfWeek 1 for Monday to 7 for Sunday, or {@link #NOT_SPECIFIED}
 */
public record CosemDate(int year, int month, int dayOfMonth, int dayOfWeek) {
  /** Any year. */
  public static final int YEAR_NOT_SPECIFIED = 0xFFFF;

  /** Any month, day of month or day of week. */
  public static final int NOT_SPECIFIED = 0xFF;

  /** In place of a month: the one in which daylight saving ends. */
  public static final int DAYLIGHT_SAVINGS_END = 0xFD;

  /** In place of a month: the one in which daylight saving begins. */
  public static final int DAYLIGHT_SAVINGS_BEGIN = 0xFE;

  /** In place of a day of month: the last but one. */
  public static final int SECOND_LAST_DAY = 0xFD;

  /** In place of a day of month: the last. */
  public static final int LAST_DAY = 0xFE;

  static final int OCTETS = 5;
  static final String CLAUSE = "Blue Book 4.1.6.1";

  static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  /**
   * Checks the ranges; a day that its month never has, such as 31 February, is taken.
   *
   * @throws IllegalArgumentException if a field has a value that the standard does not know
   */
  public CosemDate {
    if (year < 0 || year > 0xFFFF) {
      throw new IllegalArgumentException("year " + year + " is not within 0..65535");
    }
    if (!isMonth(month)) {
      throw new IllegalArgumentException("there is no month " + month);
    }
    if (!isDayOfMonth(dayOfMonth)) {
      throw new IllegalArgumentException("there is no day of month " + dayOfMonth);
    }
    if (!isDayOfWeek(dayOfWeek)) {
      throw new IllegalArgumentException("there is no day of week " + dayOfWeek);
    }
  }

  /**
   * Reads a date that a peer sent.
   *
   * @param five its octets
   * @return the date
   * @throws AxdrException if they are not five octets, or a field has a value that the standard
   *     does not know
   */
  public static CosemDate decode(Octets five) {
    AxdrReader reader = AxdrReader.of(five);
    CosemDate date = read(reader);
    reader.expectEnd("the date");
    return date;
  }

  /**
   * Writes the date.
   *
   * @return its five octets
   */
  public Octets encode() {
    AxdrWriter writer = new AxdrWriter(OCTETS);
    write(writer);
    return writer.toOctets();
  }

  /**
   * The one day that this date stands for. The day of week is not looked at.
   *
   * @return the day; empty if year, month or day of month is a pattern, or the month never has such
   *     a day
   */
  public Optional<LocalDate> toLocalDate() {
    if (year == YEAR_NOT_SPECIFIED || month > 12 || dayOfMonth > 31) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.of(year, month, dayOfMonth));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /**
   * One day.
   *
   * @param day a day of the years 0..65534
   * @return its date with its day of week
   * @throws IllegalArgumentException if the year is out of range
   */
  public static CosemDate of(LocalDate day) {
    if (day.getYear() == YEAR_NOT_SPECIFIED) {
      throw new IllegalArgumentException("the year 65535 cannot be written");
    }
    return new CosemDate(
        day.getYear(), day.getMonthValue(), day.getDayOfMonth(), day.getDayOfWeek().getValue());
  }

  static CosemDate read(AxdrReader reader) {
    check(reader, 0);
    return new CosemDate(
        reader.readUnsigned16(),
        reader.readUnsigned8(),
        reader.readUnsigned8(),
        reader.readUnsigned8());
  }

  /** Refuses what {@link #read} cannot read; the date begins that many octets after the cursor. */
  static void check(AxdrReader reader, int from) {
    reader.require(from + OCTETS);
    if (!isMonth(reader.ahead(from + 2))) {
      throw reader.malformedAt(
          from + 2, "there is no month %02X".formatted(reader.ahead(from + 2)), CLAUSE);
    }
    if (!isDayOfMonth(reader.ahead(from + 3))) {
      throw reader.malformedAt(
          from + 3, "there is no day of month %02X".formatted(reader.ahead(from + 3)), CLAUSE);
    }
    if (!isDayOfWeek(reader.ahead(from + 4))) {
      throw reader.malformedAt(
          from + 4, "there is no day of week %02X".formatted(reader.ahead(from + 4)), CLAUSE);
    }
  }

  void write(AxdrWriter writer) {
    writer
        .writeUnsigned16(year)
        .writeUnsigned8(month)
        .writeUnsigned8(dayOfMonth)
        .writeUnsigned8(dayOfWeek);
  }

  /**
   * The date like ISO 8601, and the day of week: {@code 2013-10-25 Fri}, {@code *-*-last}, {@code
   * *-DST end-*}.
   */
  @Override
  public String toString() {
    String y = year == YEAR_NOT_SPECIFIED ? "*" : DataText.digits(year, 4);
    String m =
        switch (month) {
          case DAYLIGHT_SAVINGS_END -> "DST end";
          case DAYLIGHT_SAVINGS_BEGIN -> "DST begin";
          case NOT_SPECIFIED -> "*";
          default -> DataText.digits(month, 2);
        };
    String d =
        switch (dayOfMonth) {
          case SECOND_LAST_DAY -> "last but one";
          case LAST_DAY -> "last";
          case NOT_SPECIFIED -> "*";
          default -> DataText.digits(dayOfMonth, 2);
        };
    String week = dayOfWeek == NOT_SPECIFIED ? "" : " " + DAYS.get(dayOfWeek - 1);
    return y + "-" + m + "-" + d + week;
  }

  private static boolean isMonth(int month) {
    return (month >= 1 && month <= 12) || (month >= DAYLIGHT_SAVINGS_END && month <= NOT_SPECIFIED);
  }

  private static boolean isDayOfMonth(int day) {
    return (day >= 1 && day <= 31) || (day >= SECOND_LAST_DAY && day <= NOT_SPECIFIED);
  }

  private static boolean isDayOfWeek(int day) {
    return (day >= 1 && day <= 7) || day == NOT_SPECIFIED;
  }
}
