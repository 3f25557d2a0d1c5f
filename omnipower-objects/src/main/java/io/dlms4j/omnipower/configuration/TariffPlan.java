package io.dlms4j.omnipower.configuration;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A tariff plan: one to four seasons, and when which of them begins (technical description
 * 4.4.6.3). Immutable.
 *
 * @param info what it is, for whoever reads ActiveUsageProfileInfo: up to 32 printable ASCII
 *     characters
 * @param seasons 1 to 4 of them, numbered from 1 on
 * @param shifts when which season begins, every year: up to 8. The last one of a year goes on into
 *     the next. A plan of one season needs none
 */
public record TariffPlan(String info, List<SeasonPlan> seasons, List<SeasonShift> shifts) {
  /** How many seasons there is room for. */
  public static final int MOST_SEASONS = 4;

  /** How often the season may change in a year. */
  public static final int MOST_SHIFTS = 8;

  private static final int MAX_INFO = 32;
  private static final MonthDay LEAP_DAY = MonthDay.of(2, 29);

  /**
   * The beginning of a season.
   *
   * @param from its first day, every year
   * @param season 1..4
   */
  public record SeasonShift(MonthDay from, int season) {
    /** Refuses the 29th of February, which does not come every year. */
    public SeasonShift {
      Objects.requireNonNull(from, "from");
      if (from.equals(LEAP_DAY)) {
        throw new IllegalArgumentException("a season begins on a day that not every year has");
      }
    }
  }

  /**
   * Refuses too many seasons or shifts, two shifts on one day, and seasons that there are not or
   * that never come, with an {@link IllegalArgumentException}.
   */
  public TariffPlan {
    checkText("info", info);
    seasons = List.copyOf(seasons);
    shifts = shifts.stream().sorted(Comparator.comparing(SeasonShift::from)).toList();
    if (seasons.isEmpty() || seasons.size() > MOST_SEASONS) {
      throw new IllegalArgumentException(
          "a plan has 1 to " + MOST_SEASONS + " seasons, not " + seasons.size());
    }
    if (shifts.size() > MOST_SHIFTS) {
      throw new IllegalArgumentException(
          shifts.size() + " shifts of season are more than the " + MOST_SHIFTS + " of a year");
    }
    checkShifts(seasons.size(), shifts);
  }

  private static void checkShifts(int seasons, List<SeasonShift> shifts) {
    boolean[] reached = new boolean[seasons + 1];
    for (int i = 0; i < shifts.size(); i++) {
      SeasonShift shift = shifts.get(i);
      if (shift.season() < 1 || shift.season() > seasons) {
        throw new IllegalArgumentException("there is no season " + shift.season());
      }
      if (i > 0 && shift.from().equals(shifts.get(i - 1).from())) {
        throw new IllegalArgumentException("two seasons begin on " + shift.from());
      }
      reached[shift.season()] = true;
    }
    for (int season = 1; season <= seasons; season++) {
      if (seasons > 1 && !reached[season]) {
        throw new IllegalArgumentException("season " + season + " never comes");
      }
    }
  }

  static void checkText(String what, String text) {
    if (text.length() > MAX_INFO || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          what + " is not up to " + MAX_INFO + " printable ASCII characters");
    }
  }

  /**
   * Begins a plan.
   *
   * @param info what it is
   * @return a builder without seasons
   */
  public static Builder named(String info) {
    return new Builder(info);
  }

  /**
   * The season of a day.
   *
   * @param date any
   * @return 1..4
   */
  public int season(LocalDate date) {
    if (shifts.isEmpty()) {
      return 1;
    }
    MonthDay day = MonthDay.from(date);
    int season = shifts.get(shifts.size() - 1).season();
    for (SeasonShift shift : shifts) {
      if (shift.from().isAfter(day)) {
        break;
      }
      season = shift.season();
    }
    return season;
  }

  /** Collects a plan. Its methods keep what they are given; {@link #build} checks it. */
  public static final class Builder {
    private final String info;
    private final List<SeasonPlan> seasons = new ArrayList<>();
    private final List<SeasonShift> shifts = new ArrayList<>();

    private Builder(String info) {
      this.info = info;
    }

    /**
     * Adds a season, with the next number.
     *
     * @param season its tariffs
     * @return this
     */
    public Builder season(SeasonPlan season) {
      seasons.add(season);
      return this;
    }

    /**
     * Adds the beginning of a season.
     *
     * @param from its first day, every year
     * @param season its number
     * @return this
     */
    public Builder from(MonthDay from, int season) {
      shifts.add(new SeasonShift(from, season));
      return this;
    }

    /**
     * Makes the plan.
     *
     * @return the plan
     * @throws IllegalArgumentException if it is not one that a meter can hold
     */
    public TariffPlan build() {
      return new TariffPlan(info, seasons, shifts);
    }
  }
}
