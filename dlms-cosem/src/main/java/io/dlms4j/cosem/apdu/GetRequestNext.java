package io.dlms4j.cosem.apdu;

/**
 * Get-Request-Next: asks for the next block, and says that all up to this one have arrived.
 *
 * @param invokeIdAndPriority that of the request that began the transfer
 * @param blockNumber the last block received, 0..2^32-1
 */
public record GetRequestNext(InvokeIdAndPriority invokeIdAndPriority, long blockNumber)
    implements GetRequest {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the block number has no wire form
   */
  public GetRequestNext {
    Unsigned.require32("block number", blockNumber);
  }
}
