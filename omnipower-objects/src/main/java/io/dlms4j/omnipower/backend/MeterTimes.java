package io.dlms4j.omnipower.backend;

import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.Octets;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * The meter's times as date_time, and back (vendor's DLMS description, 3.5): hundredths and
 * deviation are not specified, and bit 7 of the clock status says whether daylight saving has been
 * added.
 */
public final class MeterTimes {
  /** Bit 0 of the clock status: the time is invalid. */
  public static final int INVALID = 0x01;

  /** Bit 7 of the clock status: daylight saving has been added. */
  public static final int DAYLIGHT_SAVING = 0x80;

  private static final int STATUS_NOT_SPECIFIED = 0xFF;

  private static final Octets NEVER =
      new CosemDateTime(
              new CosemDate(
                  CosemDate.YEAR_NOT_SPECIFIED,
                  CosemDate.NOT_SPECIFIED,
                  CosemDate.NOT_SPECIFIED,
                  CosemDate.NOT_SPECIFIED),
              new CosemTime(
                  CosemTime.NOT_SPECIFIED,
                  CosemTime.NOT_SPECIFIED,
                  CosemTime.NOT_SPECIFIED,
                  CosemTime.NOT_SPECIFIED),
              CosemDateTime.NOT_SPECIFIED,
              STATUS_NOT_SPECIFIED)
          .encode();

  private MeterTimes() {}

  /**
   * A time as date_time.
   *
   * @param time what the meter shows
   * @return twelve octets of which hundredths and deviation are not specified
   */
  public static CosemDateTime toDateTime(MeterTime time) {
    return CosemDateTime.of(
        time.dateTime(), CosemDateTime.NOT_SPECIFIED, time.daylight() ? DAYLIGHT_SAVING : 0);
  }

  /**
   * A time as octets of date_time.
   *
   * @param time what the meter shows
   * @return twelve octets
   */
  public static Octets encode(MeterTime time) {
    return toDateTime(time).encode();
  }

  /**
   * The time of what has not happened yet: that of a peak, for instance.
   *
   * @return twelve octets of which no field is specified
   */
  public static Octets never() {
    return NEVER;
  }

  /**
   * The instant that a client's date_time names, in seconds of normal time; nothing if a field that
   * is needed is a wildcard. Where the client does not specify the clock status, the season
   * decides.
   *
   * @param clock says when daylight saving holds
   * @param dateTime what the client sent
   * @return seconds of normal time, or nothing
   */
  public static Optional<Long> toNormalTime(MeterClock clock, CosemDateTime dateTime) {
    return dateTime.toLocalDateTime().map(local -> toNormalTime(clock, dateTime, local));
  }

  private static long toNormalTime(MeterClock clock, CosemDateTime dateTime, LocalDateTime local) {
    if (dateTime.clockStatus() != STATUS_NOT_SPECIFIED) {
      return clock.normalTimeOf(new MeterTime(local, dateTime.isDaylightSaving()));
    }
    // In the hour that an autumn night has twice, the first of the two: nothing is left out of a
    // range's beginning.
    MeterTime daylight = new MeterTime(local, true);
    long candidate = clock.normalTimeOf(daylight);
    return clock.display(candidate).equals(daylight)
        ? candidate
        : clock.normalTimeOf(new MeterTime(local, false));
  }
}
