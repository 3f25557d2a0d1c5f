package io.dlms4j.cosem.apdu;

/** Block numbers are Unsigned32. */
final class BlockNumbers {
  private BlockNumbers() {}

  static void require(long blockNumber) {
    if (blockNumber < 0 || blockNumber > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("block number " + blockNumber + " is no Unsigned32");
    }
  }
}
