package io.dlms4j.hdlc;

/**
 * An HDLC address of one, two or four octets (Green Book 8.4.2).
 *
 * <p>The upper part names a logical device or, in one octet, a client application process; the
 * lower part names a physical device on a multi-drop line. The lowest bit of every octet says
 * whether the address ends there, so an octet carries seven bits. The three forms are different
 * addresses even where their parts are equal: a server answers in the form in which it was asked.
 *
 * @param upper the upper part: 7 bits in one and two octets, 14 bits in four
 * @param lower the lower part, of as many bits; 0 in the one-octet form, which has none
 * @param length how many octets the address takes: 1, 2 or 4
 */
public record HdlcAddress(int upper, int lower, int length) {
  /** Either part: nobody. */
  public static final int NO_STATION = 0x00;

  /** Client address of the management process. */
  public static final int CLIENT_MANAGEMENT_PROCESS = 0x01;

  /** Client address of the public client. */
  public static final int PUBLIC_CLIENT = 0x10;

  /** Upper part: the management logical device, which every physical device has. */
  public static final int MANAGEMENT_LOGICAL_DEVICE = 0x01;

  /** Lower part in the two-octet form: the physical device that reports an event. */
  public static final int CALLING_PHYSICAL_DEVICE = 0x7E;

  /** Lower part in the four-octet form: the physical device that reports an event. */
  public static final int CALLING_PHYSICAL_DEVICE_LONG = 0x3FFE;

  /** Either part in the one- and two-octet form: everybody. */
  public static final int ALL_STATION = 0x7F;

  /** Either part in the four-octet form: everybody. */
  public static final int ALL_STATION_LONG = 0x3FFF;

  static final String CLAUSE = "Green Book 8.4.2, address fields";

  /**
   * Checks that the parts fit the form.
   *
   * @throws IllegalArgumentException if there is no such form, or a part is too wide for it
   */
  public HdlcAddress {
    if (length != 1 && length != 2 && length != 4) {
      throw new IllegalArgumentException("an HDLC address has 1, 2 or 4 octets, not " + length);
    }
    int widest = widest(length);
    if (upper < 0 || upper > widest) {
      throw new IllegalArgumentException("upper part " + upper + " is not within 0.." + widest);
    }
    if (lower < 0 || lower > (length == 1 ? 0 : widest)) {
      throw new IllegalArgumentException(
          "lower part " + lower + " does not fit an address of " + length + " octets");
    }
  }

  /**
   * A client application process.
   *
   * @param sap its address, 0..127
   * @return an address of one octet
   * @throws IllegalArgumentException if it is wider than 7 bits
   */
  public static HdlcAddress client(int sap) {
    return new HdlcAddress(sap, 0, 1);
  }

  /**
   * A logical device, in the form without physical device.
   *
   * @param upper the logical device, 0..127
   * @return an address of one octet
   * @throws IllegalArgumentException if it is wider than 7 bits
   */
  public static HdlcAddress logical(int upper) {
    return new HdlcAddress(upper, 0, 1);
  }

  /**
   * A logical device of a physical device, in the shortest form that has room for both.
   *
   * @param upper the logical device, 0..16383
   * @param lower the physical device, 0..16383
   * @return an address of two or four octets
   * @throws IllegalArgumentException if a part is wider than 14 bits
   */
  public static HdlcAddress server(int upper, int lower) {
    return new HdlcAddress(upper, lower, upper > ALL_STATION || lower > ALL_STATION ? 4 : 2);
  }

  /**
   * Whether the address, or a part of it, stands for all stations.
   *
   * @return whether it is a broadcast
   */
  public boolean isAllStation() {
    int all = widest(length);
    return upper == all || lower == all;
  }

  /**
   * Whether the lower part is the one under which a physical device reports an event.
   *
   * @return whether the physical device is CALLING
   */
  public boolean isCallingPhysicalDevice() {
    return length > 1 && lower == widest(length) - 1;
  }

  /**
   * Whether the address is nobody's.
   *
   * @return whether the upper part, or the lower part where the form has one, is the no-station
   *     address
   */
  public boolean isNoStation() {
    return upper == NO_STATION || (length > 1 && lower == NO_STATION);
  }

  /**
   * How many octets the address has that begins at an index.
   *
   * @param start where offsets in exceptions are counted from
   * @throws HdlcException if it does not end after 1, 2 or 4 octets, or the octets run out
   */
  static int lengthAt(byte[] octets, int from, int end, int start) {
    int at = from;
    while (at < end && at - from < 4) {
      boolean last = (octets[at] & 1) == 1;
      at++;
      if (last) {
        int length = at - from;
        if (length == 3) {
          throw new HdlcException(
              "an address of " + length + " octets does not exist", from - start, CLAUSE);
        }
        return length;
      }
    }
    throw new HdlcException("the address does not end", from - start, CLAUSE);
  }

  /** Seven bits of every octet of the address that begins at an index. */
  static int bitsAt(byte[] octets, int from, int length) {
    int bits = 0;
    for (int at = from; at < from + length; at++) {
      bits = bits << 7 | (octets[at] & 0xFF) >>> 1;
    }
    return bits;
  }

  /** The address that {@link #bits()} came from. */
  static HdlcAddress ofBits(int bits, int length) {
    return switch (length) {
      case 1 -> new HdlcAddress(bits, 0, 1);
      case 2 -> new HdlcAddress(bits >>> 7, bits & ALL_STATION, 2);
      default -> new HdlcAddress(bits >>> 14, bits & ALL_STATION_LONG, 4);
    };
  }

  /** Seven bits of every octet, the first octet's highest. */
  int bits() {
    return switch (length) {
      case 1 -> upper;
      case 2 -> upper << 7 | lower;
      default -> upper << 14 | lower;
    };
  }

  /** Writes the address and returns the index behind it. */
  int write(byte[] to, int from) {
    int bits = bits();
    for (int i = 0; i < length; i++) {
      int shift = 7 * (length - 1 - i);
      to[from + i] = (byte) ((bits >>> shift & 0x7F) << 1 | (shift == 0 ? 1 : 0));
    }
    return from + length;
  }

  private static int widest(int length) {
    return length == 4 ? ALL_STATION_LONG : ALL_STATION;
  }

  /** The parts in decimal, as in {@code 16}, {@code 1/32} or {@code 1/32 (4 octets)}. */
  @Override
  public String toString() {
    return switch (length) {
      case 1 -> Integer.toString(upper);
      case 2 -> upper + "/" + lower;
      default -> upper + "/" + lower + " (4 octets)";
    };
  }
}
