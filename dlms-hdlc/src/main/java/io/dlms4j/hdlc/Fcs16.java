package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;

/**
 * The 16-bit check sequence of header and frame: CRC-16/X.25 (Green Book 8.4.2, ISO/IEC 13239
 * 4.2.5).
 *
 * <p>Polynomial x<sup>16</sup>+x<sup>12</sup>+x<sup>5</sup>+1, register preset to ones, result
 * inverted; it is sent with the low octet first.
 *
 * <p>Eight octets are taken at a time (slicing by 8, M. Kounavis and F. Berry 2005), which takes a
 * quarter of the time of one at a time.
 */
public final class Fcs16 {
  private static final int POLYNOMIAL_REFLECTED = 0x8408;
  private static final int SLICES = 8;

  /**
   * Slice k begins at 256k: what an octet makes of a register of zeros, with k octets of zeros
   * behind it.
   */
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
    char[] table = TABLE;
    int register = 0xFFFF;
    int end = offset + length;
    int at = offset;
    for (int last = end - SLICES; at <= last; at += SLICES) {
      // The register of two octets reaches no further than the first two.
      register =
          table[0x700 | ((octets[at] ^ register) & 0xFF)]
              ^ table[0x600 | ((octets[at + 1] ^ register >>> 8) & 0xFF)]
              ^ table[0x500 | (octets[at + 2] & 0xFF)]
              ^ table[0x400 | (octets[at + 3] & 0xFF)]
              ^ table[0x300 | (octets[at + 4] & 0xFF)]
              ^ table[0x200 | (octets[at + 5] & 0xFF)]
              ^ table[0x100 | (octets[at + 6] & 0xFF)]
              ^ table[octets[at + 7] & 0xFF];
    }
    for (; at < end; at++) {
      register = (register >>> 8) ^ table[(register ^ octets[at]) & 0xFF];
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
    char[] table = new char[256 * SLICES];
    for (int octet = 0; octet < 256; octet++) {
      int register = octet;
      for (int bit = 0; bit < 8; bit++) {
        register = (register & 1) == 0 ? register >>> 1 : (register >>> 1) ^ POLYNOMIAL_REFLECTED;
      }
      table[octet] = (char) register;
    }
    for (int i = 256; i < table.length; i++) {
      int before = table[i - 256];
      table[i] = (char) ((before >>> 8) ^ table[before & 0xFF]);
    }
    return table;
  }
}
