package io.dlms4j.cosem.apdu;

/**
 * Action-Response-Next-Pblock: a block of invocation parameters has arrived, and the next may come.
 *
 * @param invokeIdAndPriority that of the request
 * @param blockNumber the block that has arrived, 0..2^32-1
 */
public record ActionResponseNextPBlock(InvokeIdAndPriority invokeIdAndPriority, long blockNumber)
    implements ActionResponse {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the block number has no wire form
   */
  public ActionResponseNextPBlock {
    Unsigned.require32("block number", blockNumber);
  }
}
