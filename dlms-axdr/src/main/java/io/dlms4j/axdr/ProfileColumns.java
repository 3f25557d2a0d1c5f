package io.dlms4j.axdr;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of the capture objects of a profile to compress the rows of its buffer, and to
 * restore them (Blue Book, class 7: buffer).
 *
 * @param columns how many values a row has; at least 1
 * @param clocks indices, from 0 on, of the columns that hold the time of the row: there, null-data
 *     stands for the time of the row before plus the capture period, in all others for the value of
 *     the row before
 * @param capturePeriod how much time lies between two rows, at most 2^32-1 seconds; null if rows
 *     are not captured periodically, or it is not known: null-data in a clock's column then stays
 */
public record ProfileColumns(int columns, Set<Integer> clocks, @Nullable Duration capturePeriod) {
  private static final Duration LONGEST = Duration.ofSeconds(0xFFFF_FFFFL);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if there is no column, no such column for a clock, or the
   *     period is not positive or too long
   */
  public ProfileColumns {
    DataCodec.check(columns, 1, Integer.MAX_VALUE);
    clocks = Set.copyOf(clocks);
    for (int clock : clocks) {
      DataCodec.check(clock, 0, columns - 1L);
    }
    if (capturePeriod != null
        && (capturePeriod.isNegative()
            || capturePeriod.isZero()
            || capturePeriod.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("no capture period is " + capturePeriod);
    }
  }

  /**
   * Columns without a clock.
   *
   * @param columns how many values a row has
   * @return the columns
   */
  public static ProfileColumns of(int columns) {
    return new ProfileColumns(columns, Set.of(), null);
  }

  /**
   * The usual profile: its first column is the clock.
   *
   * @param columns how many values a row has
   * @param capturePeriod how much time lies between two rows, or null
   * @return the columns
   */
  public static ProfileColumns clockFirst(int columns, @Nullable Duration capturePeriod) {
    return new ProfileColumns(columns, Set.of(0), capturePeriod);
  }
}
