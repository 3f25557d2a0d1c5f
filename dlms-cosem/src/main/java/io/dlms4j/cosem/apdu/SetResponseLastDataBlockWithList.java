package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.DataAccessResult;
import java.util.List;

/**
 * Set-Response-Last-Datablock-With-List: the last block has arrived; whether several attributes
 * were written.
 *
 * @param invokeIdAndPriority that of the request
 * @param results whether each was written, or why not, in the order of the request
 * @param blockNumber the block that has arrived, 0..2^32-1
 */
public record SetResponseLastDataBlockWithList(
    InvokeIdAndPriority invokeIdAndPriority, List<DataAccessResult> results, long blockNumber)
    implements SetResponse {
  /**
   * Keeps a copy of the list and checks the range.
   *
   * @throws IllegalArgumentException if the block number has no wire form
   */
  public SetResponseLastDataBlockWithList {
    results = List.copyOf(results);
    Unsigned.require32("block number", blockNumber);
  }
}
