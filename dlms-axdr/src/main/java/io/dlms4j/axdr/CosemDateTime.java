package io.dlms4j.axdr;

import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A point in time, or a pattern of them, by a local clock: the type date-time of Blue Book 4.1.6.1,
 * twelve octets.
 *
 * @param date the date
 * @param time the time of day
 * @param deviation minutes that must be added to this local time, daylight saving included, to get
 *     UTC: -720..840, or {@link #NOT_SPECIFIED}. Central European Time has -60
 * @param clockStatus state of the clock in 8 bits, or {@link #STATUS_NOT_SPECIFIED}. Bit 0: invalid
 *     value; 1: doubtful; 2: different clock base; 3: invalid status; 7: daylight saving active
 */
public record CosemDateTime(CosemDate date, CosemTime time, int deviation, int clockStatus) {
  /** The deviation from UTC is not known. */
  public static final int NOT_SPECIFIED = 0x8000;

  /** The state of the clock is not known. */
  public static final int STATUS_NOT_SPECIFIED = 0xFF;

  /** Octets of a date-time on the wire. */
  public static final int OCTETS = 12;

  private static final int DEVIATION_AT = CosemDate.OCTETS + CosemTime.OCTETS;
  private static final int INVALID = 0x01;
  private static final int DAYLIGHT_SAVING = 0x80;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a field has a value that the standard does not know
   */
  public CosemDateTime {
    if (!isDeviation(deviation)) {
      throw new IllegalArgumentException("deviation " + deviation + " is not within -720..840");
    }
    if (clockStatus < 0 || clockStatus > 0xFF) {
      throw new IllegalArgumentException("clockStatus " + clockStatus + " is not within 0..255");
    }
  }

  /**
   * A point in time to the second.
   *
   * @param t the local time; its year must be within 0..65534, its fraction of a second is dropped
   * @param deviation minutes to be added to get UTC, or {@link #NOT_SPECIFIED}
   * @param clockStatus state of the clock, or {@link #STATUS_NOT_SPECIFIED}
   * @return the same with its day of week, and with hundredths not specified
   * @throws IllegalArgumentException if a value is out of its range
   */
  public static CosemDateTime of(LocalDateTime t, int deviation, int clockStatus) {
    return new CosemDateTime(
        CosemDate.of(t.toLocalDate()), CosemTime.of(t.toLocalTime()), deviation, clockStatus);
  }

  /**
   * Reads a date-time that a peer sent.
   *
   * @param twelve its octets
   * @return the date-time
   * @throws AxdrException if they are not twelve octets, or a field has a value that the standard
   *     does not know
   */
  public static CosemDateTime decode(Octets twelve) {
    AxdrReader reader = AxdrReader.of(twelve);
    CosemDateTime dateTime = read(reader);
    reader.expectEnd("the date-time");
    return dateTime;
  }

  /**
   * Writes the date-time.
   *
   * @return its twelve octets
   */
  public Octets encode() {
    AxdrWriter writer = new AxdrWriter(OCTETS);
    write(writer);
    return writer.toOctets();
  }

  /**
   * Whether daylight saving is active: bit 7 of a clock status that is specified.
   *
   * @return true if the local time includes the shift
   */
  public boolean isDaylightSaving() {
    return has(DAYLIGHT_SAVING);
  }

  /**
   * Whether the clock itself says that it is wrong: bit 0 of a clock status that is specified.
   *
   * @return true if the time is not to be relied on
   */
  public boolean isInvalid() {
    return has(INVALID);
  }

  /**
   * The one local time that this date-time stands for. Deviation and day of week are not looked at;
   * hundredths that are not specified count as 0.
   *
   * @return the local time; empty if any other field is a pattern, or the month never has such a
   *     day
   */
  public Optional<LocalDateTime> toLocalDateTime() {
    return date.toLocalDate().flatMap(day -> time.toLocalTime().map(day::atTime));
  }

  static CosemDateTime read(AxdrReader reader) {
    check(reader);
    CosemDate date = CosemDate.read(reader);
    CosemTime time = CosemTime.read(reader);
    int deviation = reader.readInteger16();
    return new CosemDateTime(
        date,
        time,
        deviation == Short.MIN_VALUE ? NOT_SPECIFIED : deviation,
        reader.readUnsigned8());
  }

  /** Refuses what {@link #read} cannot read. */
  static void check(AxdrReader reader) {
    reader.require(OCTETS);
    CosemDate.check(reader, 0);
    CosemTime.check(reader, CosemDate.OCTETS);
    int deviation = (short) ((reader.ahead(DEVIATION_AT) << 8) | reader.ahead(DEVIATION_AT + 1));
    if (deviation != Short.MIN_VALUE && !isDeviation(deviation)) {
      throw reader.malformedAt(
          DEVIATION_AT,
          "deviation " + deviation + " is not within -720..840 minutes",
          CosemDate.CLAUSE);
    }
  }

  void write(AxdrWriter writer) {
    date.write(writer);
    time.write(writer);
    writer.writeUnsigned16(deviation & 0xFFFF).writeUnsigned8(clockStatus);
  }

  /**
   * Date and time like ISO 8601, with an asterisk for what is not specified, the offset from UTC
   * and the clock status in hexadecimal where they are: {@code 2013-10-25 Fri 00:15:00+02:00 status
   * 80}.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(date).append(' ').append(time);
    if (deviation != NOT_SPECIFIED) {
      int minutes = Math.abs(deviation);
      // An ISO 8601 offset is added to UTC, a deviation to local time: the signs differ.
      text.append(deviation > 0 ? '-' : '+')
          .append(DataText.digits(minutes / 60, 2))
          .append(':')
          .append(DataText.digits(minutes % 60, 2));
    }
    if (clockStatus != STATUS_NOT_SPECIFIED) {
      text.append(" status %02X".formatted(clockStatus));
    }
    return text.toString();
  }

  private boolean has(int bit) {
    return clockStatus != STATUS_NOT_SPECIFIED && (clockStatus & bit) != 0;
  }

  private static boolean isDeviation(int deviation) {
    return (deviation >= -720 && deviation <= 840) || deviation == NOT_SPECIFIED;
  }
}
