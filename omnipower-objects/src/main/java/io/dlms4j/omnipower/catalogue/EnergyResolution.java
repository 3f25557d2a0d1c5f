package io.dlms4j.omnipower.catalogue;

import io.dlms4j.cosem.ScalerUnit;

/**
 * How many digits of an energy a meter shows, before and after the decimal point (Z1, technical
 * description table 6). Fixed when the meter is ordered; what is accumulated does not depend on it.
 */
public enum EnergyResolution {
  /** 7.0: whole kWh, up to 9,999,999. */
  DIGITS_7_0(7, 0),
  /** 6.1: up to 999,999.9 kWh, of direct meters. */
  DIGITS_6_1(6, 1),
  /** 7.1: up to 9,999,999.9 kWh, of meters for current transformers. */
  DIGITS_7_1(7, 1),
  /** 7.2: up to 9,999,999.99 kWh. */
  DIGITS_7_2(7, 2),
  /** 6.3: up to 999,999.999 kWh, of direct meters. */
  DIGITS_6_3(6, 3),
  /** 5.2: up to 99,999.99 kWh, of the secondary registers of meters for current transformers. */
  DIGITS_5_2(5, 2);

  /** A kWh is so many Wh: the power of ten. */
  private static final int KILO = 3;

  private final int integerDigits;
  private final int decimals;

  EnergyResolution(int integerDigits, int decimals) {
    this.integerDigits = integerDigits;
    this.decimals = decimals;
  }

  /**
   * Digits before the decimal point.
   *
   * @return 5..7
   */
  public int integerDigits() {
    return integerDigits;
  }

  /**
   * Digits after the decimal point, of kWh.
   *
   * @return 0..3
   */
  public int decimals() {
    return decimals;
  }

  /**
   * The scaler of a register in Wh, varh or VAh ({@link ScalerUnit}).
   *
   * @return 0..3
   */
  public int scaler() {
    return KILO - decimals;
  }

  /**
   * What one step of a register is.
   *
   * @return 1, 10, 100 or 1000 Wh
   */
  public int step() {
    return (int) powerOfTen(scaler());
  }

  /**
   * Where registers go on at 0, like the digits of the display.
   *
   * @return one more than the highest value, in steps
   */
  public long rollover() {
    return powerOfTen(integerDigits + decimals);
  }

  /**
   * What a register shows.
   *
   * @param wattHours what has been accumulated, in whole Wh, varh or VAh, 0 or more
   * @return whole steps, 0 up to {@link #rollover()}
   */
  public long register(long wattHours) {
    return wattHours / step() % rollover();
  }

  private static long powerOfTen(int exponent) {
    long value = 1;
    for (int i = 0; i < exponent; i++) {
      value *= 10;
    }
    return value;
  }
}
