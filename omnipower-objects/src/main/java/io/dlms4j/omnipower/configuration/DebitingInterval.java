package io.dlms4j.omnipower.configuration;

/** How often a debiting stop comes by itself, on the debiting day of a month (Z7). */
public enum DebitingInterval {
  /** Never: only when somebody asks for it. */
  NONE(0),
  /** Every month. */
  MONTHLY(1),
  /** Every second month, beginning with January. */
  EVERY_2_MONTHS(2),
  /** Every third month, beginning with January. */
  EVERY_3_MONTHS(3),
  /** Every sixth month, beginning with January. */
  EVERY_6_MONTHS(6),
  /** In January. */
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
}
