package io.dlms4j.omnipower.configuration;

import java.time.DayOfWeek;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tariffs of a season: a plan for each type of day, and which day of the week is of which type
 * (technical description 4.3.3, 4.4.6.3). Immutable.
 *
 * @param days the plans of one, two or three types of days
 * @param week the type of each day of the week
 */
public record SeasonPlan(Map<DayType, DayPlan> days, Map<DayOfWeek, DayType> week) {
  /** The types of days. */
  public enum DayType {
    /** A working day. */
    WORKING,
    /** A day off, of the weekend for instance. */
    NON_WORKING,
    /** A holiday: some day of the week, and every exception day. */
    HOLIDAY
  }

  /**
   * Refuses a week that lacks a day, and a day of a type without a plan, with an {@link
   * IllegalArgumentException}.
   */
  public SeasonPlan {
    days = Map.copyOf(days);
    week = Map.copyOf(week);
    for (DayOfWeek day : DayOfWeek.values()) {
      DayType type = week.get(day);
      if (type == null) {
        throw new IllegalArgumentException(day + " is of no type");
      }
      if (!days.containsKey(type)) {
        throw new IllegalArgumentException(day + " is " + type + ", which has no plan");
      }
    }
  }

  /**
   * The same day every day.
   *
   * @param every its plan
   * @return a season of one type of days
   */
  public static SeasonPlan of(DayPlan every) {
    Builder builder = new Builder().plan(DayType.WORKING, every);
    for (DayOfWeek day : DayOfWeek.values()) {
      builder.day(day, DayType.WORKING);
    }
    return builder.build();
  }

  /**
   * Begins a season whose working days are Monday to Friday, and whose other days are non-working.
   *
   * @return a builder without plans
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The plan of a day.
   *
   * @param day of the week
   * @param isException whether it is an exception day, which has the plan of holidays; in a season
   *     without holidays that of non-working days, and without these the only one
   * @return the plan
   */
  public DayPlan plan(DayOfWeek day, boolean isException) {
    if (isException) {
      for (DayType type : new DayType[] {DayType.HOLIDAY, DayType.NON_WORKING}) {
        DayPlan plan = days.get(type);
        if (plan != null) {
          return plan;
        }
      }
    }
    DayType type = week.get(day);
    @Nullable DayPlan plan = type == null ? null : days.get(type);
    if (plan == null) {
      throw new IllegalStateException(day + " has no plan");
    }
    return plan;
  }

  /** Collects a season. Its methods keep what they are given; {@link #build} checks it. */
  public static final class Builder {
    private final Map<DayType, DayPlan> days = new EnumMap<>(DayType.class);
    private final Map<DayOfWeek, DayType> week = new EnumMap<>(DayOfWeek.class);

    private Builder() {
      for (DayOfWeek day : DayOfWeek.values()) {
        week.put(day, day.compareTo(DayOfWeek.FRIDAY) <= 0 ? DayType.WORKING : DayType.NON_WORKING);
      }
    }

    /**
     * Sets the plan of a type of days.
     *
     * @param type which days
     * @param plan their tariffs
     * @return this
     */
    public Builder plan(DayType type, DayPlan plan) {
      days.put(type, plan);
      return this;
    }

    /**
     * Sets the type of a day of the week.
     *
     * @param day of the week
     * @param type its type
     * @return this
     */
    public Builder day(DayOfWeek day, DayType type) {
      week.put(day, type);
      return this;
    }

    /**
     * Makes the season.
     *
     * @return the season
     * @throws IllegalArgumentException if a day of the week is of a type without a plan
     */
    public SeasonPlan build() {
      return new SeasonPlan(days, week);
    }
  }
}
