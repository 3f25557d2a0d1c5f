package io.dlms4j.omnipower.backend;

import java.util.Arrays;

/**
 * One row of the load profile: what the meter kept at the end of one integration period (DLMS
 * description table 3-1, 3.4.1 and 3.4.2). Immutable.
 */
public final class LoadProfileRow {
  /** Bit 6 of the logger status: rows are missing before this one; they are not filled up. */
  public static final int STATUS_TIME_DISCONTINUITY = 1 << 6;

  /** Bit 9 of the logger status: row numbers are used up, and no row follows. */
  public static final int STATUS_NO_FURTHER_LOGS = 1 << 9;

  /** Bit 7 of the data quality: overvoltage in the period. */
  public static final long QUALITY_OVERVOLTAGE = 1L << 7;

  /** Bit 8 of the data quality: undervoltage in the period. */
  public static final long QUALITY_UNDERVOLTAGE = 1L << 8;

  /** Bit 10 of the data quality: power outage in the period. */
  public static final long QUALITY_POWER_OUTAGE = 1L << 10;

  private static final long UNSIGNED_32 = 0xFFFF_FFFFL;

  private final long number;
  private final long time;
  private final int loggerStatus;
  private final long dataQuality;
  private final int format;
  private final long[] energies;

  /**
   * Makes a row.
   *
   * @param number counts the rows of a logger from 1 on and is never used twice; Unsigned32
   * @param time the end of the period, in seconds of normal time ({@link MeterClock#normalTime()})
   * @param loggerStatus bits of 3.4.1; Unsigned16
   * @param dataQuality bits of 3.4.2; Unsigned32
   * @param format the value of 1.1.134.0.1 (format of the energies); Unsigned8
   * @param energies register values at the end of the period in Wh or varh, in the order of {@link
   *     LoadProfile#energies()}; Unsigned32 each, copied
   * @throws IllegalArgumentException if a value does not fit its type
   */
  public LoadProfileRow(
      long number, long time, int loggerStatus, long dataQuality, int format, long... energies) {
    this.number = check("row number", number, UNSIGNED_32);
    this.time = time;
    this.loggerStatus = (int) check("logger status", loggerStatus, 0xFFFF);
    this.dataQuality = check("data quality", dataQuality, UNSIGNED_32);
    this.format = (int) check("format", format, 0xFF);
    this.energies = energies.clone();
    for (long energy : this.energies) {
      check("energy", energy, UNSIGNED_32);
    }
  }

  private static long check(String what, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + " " + value + " is not in 0.." + max);
    }
    return value;
  }

  /**
   * The number of the row in its logger: 1 for the first ever, one more for each that follows.
   *
   * @return the number, which no other row of the logger has
   */
  public long number() {
    return number;
  }

  /**
   * The end of the period.
   *
   * @return seconds of normal time, as in {@link MeterClock#normalTime()}
   */
  public long time() {
    return time;
  }

  /**
   * The LoggerStatus (attribute 255 of the logger).
   *
   * @return 0..65535
   */
  public int loggerStatus() {
    return loggerStatus;
  }

  /**
   * The DataQuality (attribute 254 of the logger).
   *
   * @return 0..2^32-1
   */
  public long dataQuality() {
    return dataQuality;
  }

  /**
   * The value of Format_KMP_Energy (1.1.134.0.1).
   *
   * @return 0..255
   */
  public int format() {
    return format;
  }

  /**
   * How many register values the row has.
   *
   * @return the size of {@link LoadProfile#energies()}
   */
  public int energyCount() {
    return energies.length;
  }

  /**
   * A register value: the whole register, not the difference to the row before. Registers go on at
   * 0 after 2^32-1.
   *
   * @param column from 0 on, in the order of {@link LoadProfile#energies()}
   * @return Wh or varh, 0..2^32-1
   * @throws IndexOutOfBoundsException if there is no such column
   */
  public long energy(int column) {
    return energies[column];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LoadProfileRow that
        && number == that.number
        && time == that.time
        && loggerStatus == that.loggerStatus
        && dataQuality == that.dataQuality
        && format == that.format
        && Arrays.equals(energies, that.energies);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number) * 31 + Long.hashCode(time);
  }

  @Override
  public String toString() {
    return "LoadProfileRow["
        + number
        + ", time="
        + time
        + ", loggerStatus="
        + loggerStatus
        + ", dataQuality="
        + dataQuality
        + ", format="
        + format
        + ", energies="
        + Arrays.toString(energies)
        + ']';
  }
}
