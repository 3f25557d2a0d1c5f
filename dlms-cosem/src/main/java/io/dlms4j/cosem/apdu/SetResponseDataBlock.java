package io.dlms4j.cosem.apdu;

/**
 * Set-Response-Datablock: a block has arrived, and more may come.
 *
 * @param invokeIdAndPriority that of the request
 * @param blockNumber the block that has arrived, 0..2^32-1
 */
public record SetResponseDataBlock(InvokeIdAndPriority invokeIdAndPriority, long blockNumber)
    implements SetResponse {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the block number has no wire form
   */
  public SetResponseDataBlock {
    Unsigned.require32("block number", blockNumber);
  }
}
