package io.dlms4j.omnipower.configuration;

import java.time.LocalTime;
import java.util.List;
import java.util.Objects;

/**
 * The tariffs of a day (technical description 4.4.6.3: up to 10 shifts a day, to the minute).
 * Before the first shift the default tariff holds. Immutable.
 *
 * @param shifts from which minute on which tariff holds, in order
 */
public record DayPlan(List<Shift> shifts) {
  /** How many shifts there is room for. */
  public static final int MOST_SHIFTS = 10;

  private static final int TARIFFS = 8;

  /**
   * A shift.
   *
   * @param from the time that the clock shows, a whole minute
   * @param tariff the tariff from then on, 1..8
   */
  public record Shift(LocalTime from, int tariff) {
    /** Refuses a time between minutes and a tariff that there is not. */
    public Shift {
      Objects.requireNonNull(from, "from");
      if (from.getSecond() != 0 || from.getNano() != 0) {
        throw new IllegalArgumentException(from + " is not a whole minute");
      }
      if (tariff < 1 || tariff > TARIFFS) {
        throw new IllegalArgumentException(tariff + " is not one of the tariffs 1 to " + TARIFFS);
      }
    }

    int minuteOfDay() {
      return from.getHour() * 60 + from.getMinute();
    }
  }

  /**
   * Refuses more than {@value #MOST_SHIFTS} shifts and shifts out of order, with an {@link
   * IllegalArgumentException}.
   */
  public DayPlan {
    shifts = List.copyOf(shifts);
    if (shifts.size() > MOST_SHIFTS) {
      throw new IllegalArgumentException(
          shifts.size() + " shifts are more than the " + MOST_SHIFTS + " of a day");
    }
    for (int i = 1; i < shifts.size(); i++) {
      if (!shifts.get(i).from().isAfter(shifts.get(i - 1).from())) {
        throw new IllegalArgumentException(
            "the shift at " + shifts.get(i).from() + " does not come after the one before it");
      }
    }
  }

  /**
   * A day of some shifts.
   *
   * @param shifts in order
   * @return the plan
   * @throws IllegalArgumentException if they are too many or out of order
   */
  public static DayPlan of(Shift... shifts) {
    return new DayPlan(List.of(shifts));
  }

  /**
   * A day of one tariff.
   *
   * @param tariff 1..8
   * @return the plan
   * @throws IllegalArgumentException if there is no such tariff
   */
  public static DayPlan allDay(int tariff) {
    return of(new Shift(LocalTime.MIDNIGHT, tariff));
  }

  /**
   * The tariff of a minute.
   *
   * @param minuteOfDay 0..1439
   * @return 1..8, or 0 for the default tariff
   */
  public int tariff(int minuteOfDay) {
    int tariff = 0;
    for (Shift shift : shifts) {
      if (shift.minuteOfDay() > minuteOfDay) {
        break;
      }
      tariff = shift.tariff();
    }
    return tariff;
  }

  /**
   * When the next shift comes.
   *
   * @param minuteOfDay 0..1439
   * @return the first minute after it that begins a shift; 1440 if there is none on that day
   */
  public int nextShift(int minuteOfDay) {
    for (Shift shift : shifts) {
      if (shift.minuteOfDay() > minuteOfDay) {
        return shift.minuteOfDay();
      }
    }
    return 24 * 60;
  }
}
