package io.dlms4j.omnipower.engine.tariff;

import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.configuration.TariffPlan;
import io.dlms4j.omnipower.configuration.TariffPlans;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Follows a plan. It finds out when the next change comes, and until then has nothing to do. A plan
 * holds by the time that the clock shows: daylight saving belongs to the calendar (technical
 * description 4.3.3, which takes only time stamps out of it).
 */
final class PlanFollower {
  private final TariffPlans plans;
  private final MeterClock clock;

  private int number;
  private boolean daylightSaving;
  private long from;
  private @Nullable PlanPosition position;

  PlanFollower(TariffPlans plans, MeterClock clock) {
    this.plans = plans;
    this.clock = clock;
  }

  /** Forgets what it has found out. */
  void reset() {
    position = null;
  }

  /**
   * Where a plan is.
   *
   * @param plan its number, 1..3
   * @param time seconds of normal time
   * @return null if there is no such plan
   */
  @Nullable PlanPosition at(int plan, long time) {
    PlanPosition known = position;
    if (known != null
        && plan == number
        && time >= from
        && time < known.until()
        && clock.daylightSavingEnabled() == daylightSaving) {
      return known;
    }
    if (plan > plans.plans().size()) {
      return null;
    }
    PlanPosition found = find(plans.plans().get(plan - 1), time);
    number = plan;
    daylightSaving = clock.daylightSavingEnabled();
    from = time;
    position = found;
    return found;
  }

  /** Finds a position of which the end is in normal time. */
  private PlanPosition find(TariffPlan plan, long time) {
    MeterTime shown = clock.display(time);
    long shownSeconds = shown.dateTime().toEpochSecond(ZoneOffset.UTC);
    PlanPosition found = PlanPosition.of(plan, plans.exceptionDays(), shownSeconds);
    long until = time + (found.until() - shownSeconds);
    if (clock.display(until - 1).daylight() != shown.daylight()) {
      until = change(time, until - 1, shown.daylight());
    }
    return new PlanPosition(found.season(), found.tariff(), until);
  }

  /** The first second with the other daylight mark: after the first, and not after the last. */
  private long change(long first, long last, boolean daylight) {
    long before = first;
    long after = last;
    while (after - before > 1) {
      long middle = before + (after - before) / 2;
      if (clock.display(middle).daylight() == daylight) {
        before = middle;
      } else {
        after = middle;
      }
    }
    return after;
  }
}
