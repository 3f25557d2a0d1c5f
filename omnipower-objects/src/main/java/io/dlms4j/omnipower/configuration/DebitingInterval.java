package io.dlms4j.omnipower.configuration;

/** How often a debiting stop comes by itself, on the debiting day of a month (Z7). */
public enum DebitingInterval {
  /** Never: only when somebody asks for it. */
  NONE(0),
  /** Every month. */
  MONTHLY(1),
  /** Every second month. */
  EVERY_2_MONTHS(2),
  /** Every third month. */
  EVERY_3_MONTHS(3),
  /** Every sixth month. */
  EVERY_6_MONTHS(6),
  /** Once a year. */
  YEARLY(12);

  private final int months;

  DebitingInterval(int months) {
    this.months = months;
  }

  /**
   * Months between two stops.
   *
   * @return 0 for none
   */
  public int months() {
    return months;
  }

  /**
   * Whether there is a stop in a month.
   *
   * @param month 1..12
   * @param first the first month of a year that has one: 1 up to {@link #months()}
   * @return true if there is
   */
  public boolean stopsIn(int month, int first) {
    return months > 0 && Math.floorMod(month - first, months) == 0;
  }
}
