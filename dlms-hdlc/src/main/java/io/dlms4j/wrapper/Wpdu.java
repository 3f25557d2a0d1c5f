package io.dlms4j.wrapper;

import io.dlms4j.link.Payload;

/**
 * A wrapper protocol data unit: a header of four unsigned 16-bit numbers (version, source wPort,
 * destination wPort, length of the data), high octet first, and the data (Green Book 7.3.3.2).
 *
 * <p>The version is always {@link #VERSION}. The data are a view of what was decoded: the array
 * behind them must not change for as long as the unit is used.
 *
 * @param sourceWPort whom it is from, 0..65535
 * @param destinationWPort whom it is for, 0..65535
 * @param data an APDU, up to {@link #MAX_DATA_LENGTH} octets
 */
public record Wpdu(int sourceWPort, int destinationWPort, Payload data) {
  /** The only version of the wrapper there is. */
  public static final int VERSION = 0x0001;

  /** Octets of the header. */
  public static final int HEADER_LENGTH = 8;

  /** The most data that a unit carries, in octets. */
  public static final int MAX_DATA_LENGTH = 0xFFFF;

  private static final int LENGTH_OFFSET = 6;
  private static final String CLAUSE = "Green Book 7.3.3.2, wrapper protocol data unit";

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a wPort is wider than 16 bits, or there are too many data
   */
  public Wpdu {
    requireUnsigned16(sourceWPort, "sourceWPort");
    requireUnsigned16(destinationWPort, "destinationWPort");
    requireUnsigned16(data.length(), "length of data");
  }

  /**
   * Reads a unit.
   *
   * @param octets header and data, and nothing behind them
   * @return the unit
   * @throws WrapperException if the header is not whole, the version is another, or the length is
   *     not that of the data
   */
  public static Wpdu decode(Payload octets) {
    if (octets.length() < HEADER_LENGTH) {
      throw new WrapperException(
          "a WPDU begins with a header of " + HEADER_LENGTH + " octets, not " + octets.length(),
          octets.length(),
          CLAUSE);
    }
    byte[] array = octets.array();
    int at = octets.offset();
    int length = checkedLength(array, at, MAX_DATA_LENGTH);
    int there = octets.length() - HEADER_LENGTH;
    if (length != there) {
      throw new WrapperException(
          "the length field says " + length + " octets, there are " + there, LENGTH_OFFSET, CLAUSE);
    }
    return new Wpdu(
        sourceWPort(array, at), destinationWPort(array, at), octets.slice(HEADER_LENGTH, length));
  }

  /**
   * Writes the unit.
   *
   * @return header and data
   */
  public Payload encode() {
    int length = data.length();
    byte[] octets = new byte[HEADER_LENGTH + length];
    putUnsigned16(octets, 0, VERSION);
    putUnsigned16(octets, 2, sourceWPort);
    putUnsigned16(octets, 4, destinationWPort);
    putUnsigned16(octets, LENGTH_OFFSET, length);
    System.arraycopy(data.array(), data.offset(), octets, HEADER_LENGTH, length);
    return Payload.of(octets);
  }

  /**
   * Reads a header as far as how many data follow it.
   *
   * @throws WrapperException if the version is another, or the length is above the limit
   */
  static int checkedLength(byte[] header, int offset, int limit) {
    int version = unsigned16(header, offset);
    if (version != VERSION) {
      throw new WrapperException("the version is " + VERSION + ", not " + version, 0, CLAUSE);
    }
    int length = unsigned16(header, offset + LENGTH_OFFSET);
    if (length > limit) {
      throw new WrapperException(
          "the length field says " + length + " octets, the limit is " + limit,
          LENGTH_OFFSET,
          CLAUSE);
    }
    return length;
  }

  static int sourceWPort(byte[] header, int offset) {
    return unsigned16(header, offset + 2);
  }

  static int destinationWPort(byte[] header, int offset) {
    return unsigned16(header, offset + 4);
  }

  private static int unsigned16(byte[] octets, int at) {
    return (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
  }

  private static void putUnsigned16(byte[] octets, int at, int value) {
    octets[at] = (byte) (value >>> 8);
    octets[at + 1] = (byte) value;
  }

  private static void requireUnsigned16(int value, String name) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException(name + " " + value + " is not within 0..65535");
    }
  }
}
