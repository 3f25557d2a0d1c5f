package io.dlms4j.omnipower.configuration;

/** How often a debiting stop comes by itself, on the debiting day of a month (Z7). */
public enum DebitingInterval {
  /** Never: only when somebody asks for it. */
  NONE(0, 0),
  /** Every month. */
  MONTHLY(1, 1),
  /** Every second month. */
  EVERY_2_MONTHS(2, 2),
  /** Every third month. */
  EVERY_3_MONTHS(3, 4),
  /** Every sixth month. */
  EVERY_6_MONTHS(6, 7),
  /** Once a year. */
  YEARLY(12, 13);

  private final int months;

  /** Z7 numbers the intervals through: one code for each month that one can begin with. */
  private final int firstCode;

  DebitingInterval(int months, int firstCode) {
    this.months = months;
    this.firstCode = firstCode;
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

  /**
   * What an order code of Z7 means: 00 none, 01 monthly, then every first month that an interval
   * can begin with.
   *
   * @param code 0..24
   * @return the interval
   * @throws IllegalArgumentException if Z7 has no such code
   */
  public static DebitingInterval ofOrderCode(int code) {
    if (code == 0) {
      return NONE;
    }
    for (DebitingInterval each : values()) {
      if (code >= each.firstCode && code < each.firstCode + each.months) {
        return each;
      }
    }
    throw new IllegalArgumentException("Z7 has no code " + code);
  }

  /**
   * The first month of a year with a stop, by an order code of Z7.
   *
   * @param code 0..24
   * @return 1..12; 1 for none
   * @throws IllegalArgumentException if Z7 has no such code
   */
  public static int firstMonthOfOrderCode(int code) {
    return code == 0 ? 1 : code - ofOrderCode(code).firstCode + 1;
  }
}
