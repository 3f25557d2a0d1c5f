package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;

/** One item of a {@link ReadResponse} (Green Book 9.5). */
public sealed interface ReadResult {
  /**
   * data [0]: the value.
   *
   * @param value decoded when asked for
   */
  record Data(EncodedData value) implements ReadResult {}

  /**
   * data-access-error [1]: why there is no value.
   *
   * @param result what the server says
   */
  record Failure(DataAccessResult result) implements ReadResult {}

  /**
   * data-block-result [2]: a part of an answer that is too long for one APDU.
   *
   * @param lastBlock whether this is the last part
   * @param blockNumber 1 for the first, 0..65535
   * @param rawData a part of the encoding of the list of results; blocks may be cut anywhere
   */
  record DataBlockResult(boolean lastBlock, int blockNumber, Octets rawData) implements ReadResult {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the block number has no wire form
     */
    public DataBlockResult {
      Unsigned.require16("block number", blockNumber);
    }

    /**
     * How many octets of raw data fit into a {@link ReadResponse} that has this block and nothing
     * else.
     *
     * @param maxPduSize octets of the longest APDU that the peer takes
     * @return the room, at least 1
     */
    public static int rawDataRoom(int maxPduSize) {
      return OctetStringRoom.after(ShortNameCodec.READ_BLOCK_HEADER, maxPduSize);
    }
  }

  /**
   * block-number [3]: acknowledges a {@link VariableAccess.ReadDataBlockAccess}, and asks for the
   * next.
   *
   * @param blockNumber the block received last, 0..65535
   */
  record BlockNumber(int blockNumber) implements ReadResult {
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
