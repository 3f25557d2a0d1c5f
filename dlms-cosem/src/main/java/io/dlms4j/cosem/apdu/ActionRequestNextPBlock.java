package io.dlms4j.cosem.apdu;

/**
 * Action-Request-Next-Pblock: asks for the next block of the return parameters, and says that all
 * up to this one have arrived.
 *
 * @param invokeIdAndPriority that of the request that began the transfer
 * @param blockNumber the last block received, 0..2^32-1
 */
public record ActionRequestNextPBlock(InvokeIdAndPriority invokeIdAndPriority, long blockNumber)
    implements ActionRequest {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the block number has no wire form
   */
  public ActionRequestNextPBlock {
    Unsigned.require32("block number", blockNumber);
  }
}
