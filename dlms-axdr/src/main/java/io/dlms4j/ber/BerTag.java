package io.dlms4j.ber;

/** What the readers and writers of this package know about a tag: one octet, or two as 0x5F1F. */
final class BerTag {
  private static final int CONSTRUCTED = 0x20;
  private static final int HIGH_NUMBER = 0x1F;

  private BerTag() {}

  /** Whether a first octet says that the number of the tag follows it. */
  static boolean hasSecondOctet(int firstOctet) {
    return (firstOctet & HIGH_NUMBER) == HIGH_NUMBER;
  }

  /** Whether a second octet ends the tag, and holds a number that needs it: 31..127. */
  static boolean isSecondOctet(int octet) {
    return octet >= HIGH_NUMBER && octet <= 0x7F;
  }

  /** Refuses a tag that our own code made wrong. */
  static void check(int tag, boolean constructed) {
    int first = tag > 0xFF ? tag >> 8 : tag;
    boolean wellFormed =
        tag >= 0
            && tag <= 0xFFFF
            && (hasSecondOctet(first) ? tag > 0xFF && isSecondOctet(tag & 0xFF) : tag <= 0xFF);
    if (!wellFormed) {
      throw new IllegalArgumentException("%X is no tag".formatted(tag));
    }
    if (constructed != ((first & CONSTRUCTED) != 0)) {
      throw new IllegalArgumentException(
          "tag %02X is %s".formatted(tag, constructed ? "primitive" : "constructed"));
    }
  }
}
