package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;

/**
 * Get-Response-With-Datablock: one block of an answer that is too long for one APDU.
 *
 * @param invokeIdAndPriority that of the request
 * @param lastBlock whether this is the last one
 * @param blockNumber 1 for the first, 0..2^32-1
 * @param result a part of the value's encoding, or why the transfer ends
 */
public record GetResponseWithDataBlock(
    InvokeIdAndPriority invokeIdAndPriority, boolean lastBlock, long blockNumber, Result result)
    implements GetResponse {

  /** DataBlock-G's result. */
  public sealed interface Result {}

  /**
   * A part of the value's encoding. Blocks may be cut anywhere.
   *
   * @param octets the part
   */
  public record RawData(Octets octets) implements Result {}

  /**
   * Why the transfer ends.
   *
   * @param result what the server says
   */
  public record Failure(DataAccessResult result) implements Result {}

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the block number has no wire form
   */
  public GetResponseWithDataBlock {
    Unsigned.require32("block number", blockNumber);
  }
}
