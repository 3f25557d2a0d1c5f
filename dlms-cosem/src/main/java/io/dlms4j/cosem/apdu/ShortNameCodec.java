package io.dlms4j.cosem.apdu;

/** The services that refer to attributes by short name. */
final class ShortNameCodec {
  private ShortNameCodec() {}

  static void requireSameSize(int variables, int values) {
    if (variables != values) {
      throw new IllegalArgumentException(values + " values for " + variables + " variables");
    }
  }
}
