package io.dlms4j.iec21;

/**
 * How long the parts of a data set may be. {@link #STANDARD} is what IEC 62056-21 6.3.2 allows;
 * {@link #DEFAULT} leaves room for what devices do with it.
 *
 * @param maxAddressLength longest address, in characters
 * @param maxValueLength longest value, in characters
 * @param maxUnitLength longest unit, in characters
 * @param maxValues most values of one data set
 */
public record DataLimits(
    int maxAddressLength, int maxValueLength, int maxUnitLength, int maxValues) {
  /** Addresses and units of 16, values of 128 characters. */
  public static final DataLimits STANDARD = new DataLimits(16, 128, 16, 64);

  /** Addresses and units of 64, values of 4096 characters. */
  public static final DataLimits DEFAULT = new DataLimits(64, 4096, 64, 1024);

  private static final int MOST = 1 << 20;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a limit is not within 1..1048576
   */
  public DataLimits {
    Checks.requireWithin(maxAddressLength, 1, MOST, "maxAddressLength");
    Checks.requireWithin(maxValueLength, 1, MOST, "maxValueLength");
    Checks.requireWithin(maxUnitLength, 1, MOST, "maxUnitLength");
    Checks.requireWithin(maxValues, 1, MOST, "maxValues");
  }
}
