package io.dlms4j.cosem.apdu;

/** How long an OCTET STRING may be that is the last component of an APDU (IEC 61334-6). */
final class OctetStringRoom {
  private OctetStringRoom() {}

  /**
   * The longest octet string that fits behind a header.
   *
   * @param header how many octets stand before its length
   * @param maxPduSize octets of the longest APDU
   * @return the room, at least 1: nothing would ever arrive in less
   */
  static int after(int header, int maxPduSize) {
    return Math.max(1, within(maxPduSize - header));
  }

  /**
   * The longest octet string that takes, with its length, no more than so many octets.
   *
   * @return the room; 0 if there is none
   */
  static int within(int octets) {
    int lengthOctets = 1;
    int longest = 0x7F;
    while (octets - lengthOctets > longest) {
      // 81 and one octet, 82 and two, 83 and three, 84 and four
      longest = lengthOctets < 4 ? (1 << (8 * lengthOctets)) - 1 : Integer.MAX_VALUE;
      lengthOctets++;
    }
    return Math.max(0, octets - lengthOctets);
  }
}
