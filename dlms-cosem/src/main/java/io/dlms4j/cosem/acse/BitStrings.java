package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;

/** BIT STRINGs as their contents octets: how many bits at the end are unused, then the bits. */
final class BitStrings {
  /** Bit 0 alone, which is version1 or authentication: seven unused bits. */
  static final Octets FIRST_BIT = Octets.of(0x07, 0x80);

  private BitStrings() {}

  /** Whether bit 0 is there and set. */
  static boolean hasFirstBit(Octets bits) {
    return bits.length() > 1 && (bits.at(1) & 0x80) != 0;
  }

  /** Refuses what our own code made and has no wire form (X.690 8.6.2). */
  static void require(Octets bits) {
    if (bits.isEmpty() || bits.at(0) > 7 || (bits.length() == 1 && bits.at(0) != 0)) {
      throw new IllegalArgumentException(bits + " are not the contents of a BIT STRING");
    }
  }
}
