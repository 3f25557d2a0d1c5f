package io.dlms4j.cosem.apdu;

/** Numbers that our own code puts into records must have a wire form. */
final class Unsigned {
  private Unsigned() {}

  static void require8(String what, int value) {
    require(what, value, 0xFF);
  }

  static void require16(String what, int value) {
    require(what, value, 0xFFFF);
  }

  static void require32(String what, long value) {
    require(what, value, 0xFFFF_FFFFL);
  }

  static void require(String what, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(what + " " + value + " is not within 0.." + max);
    }
  }
}
