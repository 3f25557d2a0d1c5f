package io.dlms4j.omnipower.configuration;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tariff plans of a meter and their exception days (technical description 4.3.3 and 4.4.6.3,
 * order code Z13). They hold by the time that the clock shows, with daylight saving. Immutable.
 *
 * @param plans up to 3 of them, numbered from 1 on
 * @param exceptionDayInfo what the exception days are, for whoever reads ExceptionDayInfo: up to 32
 *     printable ASCII characters
 * @param exceptionDays days with the tariffs of holidays: up to 200 within 20 years
 */
public record TariffPlans(
    List<TariffPlan> plans, String exceptionDayInfo, Set<LocalDate> exceptionDays) {
  /** How many plans there is room for. */
  public static final int MOST_PLANS = 3;

  /** How many exception days there is room for. */
  public static final int MOST_EXCEPTION_DAYS = 200;

  /** Within how many years exception days lie. */
  public static final int MOST_YEARS = 20;

  /** Refuses too much of anything, with an {@link IllegalArgumentException}. */
  public TariffPlans {
    plans = List.copyOf(plans);
    TreeSet<LocalDate> days = new TreeSet<>(exceptionDays);
    exceptionDays = Collections.unmodifiableSet(days);
    TariffPlan.checkText("exceptionDayInfo", exceptionDayInfo);
    if (plans.size() > MOST_PLANS) {
      throw new IllegalArgumentException(
          plans.size() + " plans are more than the " + MOST_PLANS + " of a meter");
    }
    if (days.size() > MOST_EXCEPTION_DAYS) {
      throw new IllegalArgumentException(
          days.size() + " exception days are more than " + MOST_EXCEPTION_DAYS);
    }
    if (!days.isEmpty() && days.last().isAfter(days.first().plusYears(MOST_YEARS))) {
      throw new IllegalArgumentException(
          days.last() + " is more than " + MOST_YEARS + " years after " + days.first());
    }
  }

  /**
   * No plans.
   *
   * @return plans of a meter that has none
   */
  public static TariffPlans none() {
    return builder().build();
  }

  /**
   * Begins plans.
   *
   * @return a builder without plans
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects plans. Its methods keep what they are given; {@link #build} checks it. */
  public static final class Builder {
    private final List<TariffPlan> plans = new ArrayList<>();
    private final Set<LocalDate> exceptionDays = new TreeSet<>();
    private String exceptionDayInfo = "";

    private Builder() {}

    /**
     * Adds a plan, with the next number.
     *
     * @param plan the plan
     * @return this
     */
    public Builder plan(TariffPlan plan) {
      plans.add(plan);
      return this;
    }

    /**
     * Sets what the exception days are.
     *
     * @param info a text
     * @return this
     */
    public Builder exceptionDayInfo(String info) {
      exceptionDayInfo = info;
      return this;
    }

    /**
     * Adds an exception day.
     *
     * @param day a day with the tariffs of holidays
     * @return this
     */
    public Builder exceptionDay(LocalDate day) {
      exceptionDays.add(day);
      return this;
    }

    /**
     * Makes the plans.
     *
     * @return the plans
     * @throws IllegalArgumentException if a meter has no room for them
     */
    public TariffPlans build() {
      return new TariffPlans(plans, exceptionDayInfo, exceptionDays);
    }
  }
}
