package io.dlms4j.iec21;

/**
 * Speed and character format of a serial line (IEC 62056-21, 5.2 and 5.4).
 *
 * @param baudRate bits a second, 50..4000000
 * @param dataBits data bits of a character, 7 or 8
 * @param parity the parity bit, or none
 * @param stopBits stop bits of a character, 1 or 2
 */
public record LineSettings(int baudRate, int dataBits, Parity parity, int stopBits) {
  private static final int LEAST_BAUD_RATE = 50;
  private static final int MOST_BAUD_RATE = 4_000_000;
  private static final long NANOS_OF_A_SECOND = 1_000_000_000L;

  /** What the parity bit says. */
  public enum Parity {
    /** There is no parity bit. */
    NONE,
    /** The number of ones is even. */
    EVEN,
    /** The number of ones is odd. */
    ODD
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is not within its range
   */
  public LineSettings {
    Checks.requireWithin(baudRate, LEAST_BAUD_RATE, MOST_BAUD_RATE, "baudRate");
    Checks.requireWithin(dataBits, 7, 8, "dataBits");
    Checks.requireWithin(stopBits, 1, 2, "stopBits");
  }

  /**
   * The characters of IEC 62056-21: 7 data bits, even parity, 1 stop bit.
   *
   * @param baudRate bits a second
   * @return the settings
   */
  public static LineSettings sevenEvenOne(int baudRate) {
    return new LineSettings(baudRate, 7, Parity.EVEN, 1);
  }

  /**
   * The octets of HDLC: 8 data bits, no parity, 1 stop bit.
   *
   * @param baudRate bits a second
   * @return the settings
   */
  public static LineSettings eightNoneOne(int baudRate) {
    return new LineSettings(baudRate, 8, Parity.NONE, 1);
  }

  /**
   * How long characters take on the line.
   *
   * @param characters how many, at least 0
   * @return a duration in nanoseconds
   */
  public long nanosFor(int characters) {
    int bits = 1 + dataBits + (parity == Parity.NONE ? 0 : 1) + stopBits;
    return (long) characters * bits * NANOS_OF_A_SECOND / baudRate;
  }

  /** For instance {@code 9600 8N1}. */
  @Override
  public String toString() {
    return baudRate + " " + dataBits + parity.name().charAt(0) + stopBits;
  }
}
