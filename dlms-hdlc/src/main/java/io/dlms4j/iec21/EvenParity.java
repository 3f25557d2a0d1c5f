package io.dlms4j.iec21;

import io.dlms4j.link.Payload;

/**
 * Characters of 7 bits with even parity, on a line that only carries octets (IEC 62056-21, 5.4 and
 * 5.6): many adapters have no parity of their own.
 */
public final class EvenParity {
  /** What {@link #remove} says of an octet with the wrong parity. */
  public static final int WRONG = -1;

  private EvenParity() {}

  /**
   * Puts the parity bit into bit 8 of every character.
   *
   * @param characters of 7 bits; a bit 8 that is set already is ignored
   * @return octets with an even number of ones, in an array of their own
   */
  public static Payload add(Payload characters) {
    byte[] octets = characters.toByteArray();
    for (int i = 0; i < octets.length; i++) {
      int character = octets[i] & 0x7F;
      octets[i] = (byte) (Integer.bitCount(character) % 2 == 0 ? character : character | 0x80);
    }
    return Payload.of(octets);
  }

  /**
   * Checks the parity bit of an octet, and removes it.
   *
   * @param octet any octet
   * @return the character of 7 bits, or {@link #WRONG}
   */
  public static int remove(int octet) {
    return Integer.bitCount(octet & 0xFF) % 2 == 0 ? octet & 0x7F : WRONG;
  }
}
