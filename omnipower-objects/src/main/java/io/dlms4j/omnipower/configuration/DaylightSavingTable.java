package io.dlms4j.omnipower.configuration;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When daylight saving begins and ends, year by year, for meters to which the rule of the European
 * Union does not apply (technical description 4.3.3: start and end dates for up to 20 years). In a
 * year that the table does not have, there is no daylight saving. Immutable.
 *
 * @param seasons one a year at most, in order
 */
public record DaylightSavingTable(List<Season> seasons) {
  /** How many years there is room for. */
  public static final int MOST_YEARS = 20;

  private static final int DEVIATION_SECONDS = 3_600;
  private static final int SECONDS_PER_DAY = 86_400;

  /** The first year that a meter's calendar has. */
  private static final int FIRST_YEAR = 2000;

  private static final int LAST_YEAR = 2099;

  /**
   * The daylight saving of a year. On the southern hemisphere the end comes before the beginning.
   *
   * @param begin when it begins, as the clock shows it just before: in normal time
   * @param end when it ends, as the clock shows it just before: an hour ahead of normal time
   */
  public record Season(LocalDateTime begin, LocalDateTime end) {
    /** Refuses what no clock can follow, with an {@link IllegalArgumentException}. */
    public Season {
      Objects.requireNonNull(begin, "begin");
      int year = begin.getYear();
      if (end.getYear() != year) {
        throw new IllegalArgumentException(begin + " and " + end + " are not of one year");
      }
      if (year < FIRST_YEAR || year > LAST_YEAR) {
        throw new IllegalArgumentException(
            year + " is not one of the years " + FIRST_YEAR + " to " + LAST_YEAR);
      }
      if (isAtNewYear(begin) || isAtNewYear(end)) {
        throw new IllegalArgumentException(
            "daylight saving changes on the first or last day of " + year);
      }
      if (Duration.between(begin, end).abs().toHours() <= 24) {
        throw new IllegalArgumentException(begin + " and " + end + " are less than a day apart");
      }
    }

    private static boolean isAtNewYear(LocalDateTime time) {
      return time.getDayOfYear() == 1 || time.getDayOfYear() == time.toLocalDate().lengthOfYear();
    }

    private int year() {
      return begin.getYear();
    }

    private boolean isSouthern() {
      return end.isBefore(begin);
    }
  }

  /**
   * Refuses more than {@value #MOST_YEARS} years, two seasons of one year, and seasons of both
   * hemispheres, with an {@link IllegalArgumentException}.
   */
  public DaylightSavingTable {
    seasons = seasons.stream().sorted(Comparator.comparing(Season::begin)).toList();
    if (seasons.size() > MOST_YEARS) {
      throw new IllegalArgumentException(
          seasons.size() + " years are more than the " + MOST_YEARS + " of a meter");
    }
    for (int i = 1; i < seasons.size(); i++) {
      if (seasons.get(i).year() == seasons.get(i - 1).year()) {
        throw new IllegalArgumentException(seasons.get(i).year() + " has two seasons");
      }
      if (seasons.get(i).isSouthern() != seasons.get(0).isSouthern()) {
        throw new IllegalArgumentException(
            seasons.get(i).year() + " is of the other hemisphere than the year before");
      }
    }
  }

  /**
   * Whether the meter is south of the equator (1.1.134.0.21.255, SouthernHemisphere).
   *
   * @return true if daylight saving goes on over New Year
   */
  public boolean isSouthernHemisphere() {
    return !seasons.isEmpty() && seasons.get(0).isSouthern();
  }

  /**
   * When daylight saving begins in a year.
   *
   * @param year any
   * @return its first second, in seconds of normal time; New Year if the table has no such year
   */
  public long begin(int year) {
    Season season = season(year);
    return season == null ? newYear(year) : season.begin().toEpochSecond(ZoneOffset.UTC);
  }

  /**
   * When daylight saving ends in a year.
   *
   * @param year any
   * @return the first second after it, in seconds of normal time; New Year if the table has no such
   *     year
   */
  public long end(int year) {
    Season season = season(year);
    return season == null
        ? newYear(year)
        : season.end().toEpochSecond(ZoneOffset.UTC) - DEVIATION_SECONDS;
  }

  /**
   * Whether it is daylight saving time.
   *
   * @param normalTime seconds of normal time
   * @return false in a year that the table does not have
   */
  public boolean isDaylight(long normalTime) {
    Season season =
        season(LocalDate.ofEpochDay(Math.floorDiv(normalTime, SECONDS_PER_DAY)).getYear());
    if (season == null) {
      return false;
    }
    boolean begun = normalTime >= begin(season.year());
    boolean ended = normalTime >= end(season.year());
    return season.isSouthern() ? begun || !ended : begun && !ended;
  }

  private @Nullable Season season(int year) {
    for (Season season : seasons) {
      if (season.year() == year) {
        return season;
      }
    }
    return null;
  }

  private static long newYear(int year) {
    return LocalDate.of(year, 1, 1).toEpochDay() * SECONDS_PER_DAY;
  }
}
