package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;

/**
 * DataBlock-SA: a part of what is too long for one APDU, in SET and ACTION (Green Book 9.5).
 *
 * @param lastBlock whether this is the last one
 * @param blockNumber 1 for the first, 0..2^32-1
 * @param rawData the part; blocks may be cut anywhere
 */
public record DataBlock(boolean lastBlock, long blockNumber, Octets rawData) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the block number has no wire form
   */
  public DataBlock {
    Unsigned.require32("block number", blockNumber);
  }
}
