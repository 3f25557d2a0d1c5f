package io.dlms4j.axdr;

import java.time.LocalTime;
import java.util.Optional;

/**
 * A time of day or a pattern of times: the type time of Blue Book 4.1.6.1, four octets. Each field
 * may be {@link #NOT_SPECIFIED}.
 *
 * @param hour 0..23
 * @param minute 0..59
 * @param second 0..59
 * @param hundredths hundredths of a second, 0..99
 */
public record CosemTime(int hour, int minute, int second, int hundredths) {
  /** Any value of a field. */
  public static final int NOT_SPECIFIED = 0xFF;

  static final int OCTETS = 4;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a field has a value that the standard does not know
   */
  public CosemTime {
    if (!isWithin(hour, 23)) {
      throw new IllegalArgumentException("there is no hour " + hour);
    }
    if (!isWithin(minute, 59)) {
      throw new IllegalArgumentException("there is no minute " + minute);
    }
    if (!isWithin(second, 59)) {
      throw new IllegalArgumentException("there is no second " + second);
    }
    if (!isWithin(hundredths, 99)) {
      throw new IllegalArgumentException("there is no hundredth " + hundredths);
    }
  }

  /**
   * Reads a time that a peer sent.
   *
   * @param four its octets
   * @return the time
   * @throws AxdrException if they are not four octets, or a field has a value that the standard
   *     does not know
   */
  public static CosemTime decode(Octets four) {
    AxdrReader reader = AxdrReader.of(four);
    CosemTime time = read(reader);
    reader.expectEnd("the time");
    return time;
  }

  /**
   * Writes the time.
   *
   * @return its four octets
   */
  public Octets encode() {
    AxdrWriter writer = new AxdrWriter(OCTETS);
    write(writer);
    return writer.toOctets();
  }

  /**
   * The one time of day that this time stands for; hundredths that are not specified count as 0.
   *
   * @return the time; empty if hour, minute or second is not specified
   */
  public Optional<LocalTime> toLocalTime() {
    if (hour == NOT_SPECIFIED || minute == NOT_SPECIFIED || second == NOT_SPECIFIED) {
      return Optional.empty();
    }
    int nanoseconds = hundredths == NOT_SPECIFIED ? 0 : hundredths * 10_000_000;
    return Optional.of(LocalTime.of(hour, minute, second, nanoseconds));
  }

  /**
   * A time of day to the second.
   *
   * @param time the time, whose fraction of a second is dropped
   * @return the time with hundredths not specified
   */
  public static CosemTime of(LocalTime time) {
    return new CosemTime(time.getHour(), time.getMinute(), time.getSecond(), NOT_SPECIFIED);
  }

  static CosemTime read(AxdrReader reader) {
    check(reader, 0);
    return new CosemTime(
        reader.readUnsigned8(),
        reader.readUnsigned8(),
        reader.readUnsigned8(),
        reader.readUnsigned8());
  }

  /** Refuses what {@link #read} cannot read; the time begins that many octets after the cursor. */
  static void check(AxdrReader reader, int from) {
    reader.require(from + OCTETS);
    check(reader, from, 23, "hour");
    check(reader, from + 1, 59, "minute");
    check(reader, from + 2, 59, "second");
    check(reader, from + 3, 99, "hundredth");
  }

  private static void check(AxdrReader reader, int at, int max, String field) {
    int value = reader.ahead(at);
    if (!isWithin(value, max)) {
      throw reader.malformedAt(at, "there is no %s %02X".formatted(field, value), CosemDate.CLAUSE);
    }
  }

  void write(AxdrWriter writer) {
    writer
        .writeUnsigned8(hour)
        .writeUnsigned8(minute)
        .writeUnsigned8(second)
        .writeUnsigned8(hundredths);
  }

  /**
   * The time like ISO 8601, with an asterisk for what is not specified: {@code 00:15:00}, {@code
   * *:15:00.50}. Hundredths that are not specified are left out.
   */
  @Override
  public String toString() {
    return text(hour)
        + ":"
        + text(minute)
        + ":"
        + text(second)
        + (hundredths == NOT_SPECIFIED ? "" : "." + text(hundredths));
  }

  private static String text(int field) {
    return field == NOT_SPECIFIED ? "*" : DataText.digits(field, 2);
  }

  private static boolean isWithin(int value, int max) {
    return (value >= 0 && value <= max) || value == NOT_SPECIFIED;
  }
}
