package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.DataAccessResult;

/** One item of a {@link WriteResponse} (Green Book 9.5). */
public sealed interface WriteResult {
  /** success [0]: it has been written. */
  record Success() implements WriteResult {}

  /**
   * data-access-error [1]: why it has not.
   *
   * @param result what the server says
   */
  record Failure(DataAccessResult result) implements WriteResult {}

  /**
   * block-number [2]: acknowledges a {@link VariableAccess.WriteDataBlockAccess}, and asks for the
   * next.
   *
   * @param blockNumber the block received last, 0..65535
   */
  record BlockNumber(int blockNumber) implements WriteResult {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the block number has no wire form
     */
    public BlockNumber {
      Unsigned.require16("block number", blockNumber);
    }
  }
}
