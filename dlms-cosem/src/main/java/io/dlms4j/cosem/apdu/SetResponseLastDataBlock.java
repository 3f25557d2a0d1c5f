package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.DataAccessResult;

/**
 * Set-Response-Last-Datablock: the last block has arrived; whether one attribute was written. Also
 * how a server gives a transfer up.
 *
 * @param invokeIdAndPriority that of the request
 * @param result whether it was written, or why not
 * @param blockNumber the block that has arrived, 0..2^32-1
 */
public record SetResponseLastDataBlock(
    InvokeIdAndPriority invokeIdAndPriority, DataAccessResult result, long blockNumber)
    implements SetResponse {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the block number has no wire form
   */
  public SetResponseLastDataBlock {
    Unsigned.require32("block number", blockNumber);
  }
}
