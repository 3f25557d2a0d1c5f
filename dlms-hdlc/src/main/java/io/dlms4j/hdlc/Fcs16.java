package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;

/**
 * The 16-bit check sequence of header and frame: CRC-16/X.25 (Green Book 8.4.2, ISO/IEC 13239
 * 4.2.5).
 *
 * <p>Polynomial x<sup>16</sup>+x<sup>12</sup>+x<sup>5</sup>+1, register preset to ones, result
 * inverted; it is sent with the low octet first.
 */
public final class Fcs16 {
  private static final int POLYNOMIAL_REFLECTED = 0x8408;
  private static final char[] TABLE = table();

  private Fcs16() {}

  /**
   * The check sequence of a part of an array.
   *
   * @param octets holds the octets
   * @param offset where they begin
   * @param length how many there are
   * @return the check sequence, 0..65535
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  public static int of(byte[] octets, int offset, int length) {
    int register = 0xFFFF;
    for (int i = offset; i < offset + length; i++) {
      register = (register >>> 8) ^ TABLE[(register ^ octets[i]) & 0xFF];
    }
    return register ^ 0xFFFF;
  }

  /**
   * The check sequence of a payload.
   *
   * @param octets the octets
   * @return the check sequence, 0..65535
   */
  public static int of(Payload octets) {
    return of(octets.array(), octets.offset(), octets.length());
  }

  /** Whether the two octets that follow a part of an array are its check sequence. */
  static boolean follows(byte[] octets, int offset, int length) {
    int sent = (octets[offset + length] & 0xFF) | (octets[offset + length + 1] & 0xFF) << 8;
    return of(octets, offset, length) == sent;
  }

  /** Writes the check sequence of a part of an array behind that part. */
  static void append(byte[] octets, int offset, int length) {
    int check = of(octets, offset, length);
    octets[offset + length] = (byte) check;
    octets[offset + length + 1] = (byte) (check >>> 8);
  }

  private static char[] table() {
    char[] table = new char[256];
    for (int octet = 0; octet < table.length; octet++) {
      int register = octet;
      for (int bit = 0; bit < 8; bit++) {
        register = (register & 1) == 0 ? register >>> 1 : (register >>> 1) ^ POLYNOMIAL_REFLECTED;
      }
      table[octet] = (char) register;
    }
    return table;
  }
}
