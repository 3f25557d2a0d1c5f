package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;

/**
 * Variable-Access-Specification: what one item of a short-name service is about (Green Book 9.3.13,
 * 9.5). The choice detailed-access [3] of DLMS is not used in COSEM.
 *
 * <p>An ObjectName is an Integer16 on the wire; here it is unsigned, 0..65535, as the books write
 * short names: {@code 0xFA00}.
 */
public sealed interface VariableAccess {
  /**
   * variable-name [2]: an attribute or method by its short name.
   *
   * @param objectName base_name of the object and the offset of the attribute or method, 0..65535
   */
  record VariableName(int objectName) implements VariableAccess {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the short name has no wire form
     */
    public VariableName {
      Unsigned.require16("short name", objectName);
    }
  }

  /**
   * parameterized-access [4]: a part of an attribute, or a method with parameters.
   *
   * @param objectName base_name of the object and the offset of the attribute or method, 0..65535
   * @param selector which kind of selection, 0..255
   * @param parameter what it selects
   */
  record ParameterizedAccess(int objectName, int selector, EncodedData parameter)
      implements VariableAccess {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if short name or selector have no wire form
     */
    public ParameterizedAccess {
      Unsigned.require16("short name", objectName);
      Unsigned.require8("selector", selector);
    }
  }

  /**
   * block-number-access [5]: asks for the next block of a {@link ReadResponse} in blocks.
   *
   * @param blockNumber the block received last, 0..65535
   */
  record BlockNumberAccess(int blockNumber) implements VariableAccess {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the block number has no wire form
     */
    public BlockNumberAccess {
      Unsigned.require16("block number", blockNumber);
    }
  }

  /**
   * read-data-block-access [6]: a part of a {@link ReadRequest} that is too long for one APDU.
   *
   * @param lastBlock whether this is the last part
   * @param blockNumber 1 for the first, 0..65535
   * @param rawData a part of the encoding of the list of variable access specifications
   */
  record ReadDataBlockAccess(boolean lastBlock, int blockNumber, Octets rawData)
      implements VariableAccess {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the block number has no wire form
     */
    public ReadDataBlockAccess {
      Unsigned.require16("block number", blockNumber);
    }

    /**
     * How many octets of raw data fit into a {@link ReadRequest} that has this block and nothing
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
   * write-data-block-access [7]: a part of a {@link WriteRequest} that is too long for one APDU;
   * the part itself is an octet-string in the request's list of data.
   *
   * @param lastBlock whether this is the last part
   * @param blockNumber 1 for the first, 0..65535
   */
  record WriteDataBlockAccess(boolean lastBlock, int blockNumber) implements VariableAccess {
    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the block number has no wire form
     */
    public WriteDataBlockAccess {
      Unsigned.require16("block number", blockNumber);
    }

    /**
     * How many octets of raw data fit into a {@link WriteRequest} that has this block and nothing
     * else.
     *
     * @param maxPduSize octets of the longest APDU that the peer takes
     * @return the room, at least 1
     */
    public static int rawDataRoom(int maxPduSize) {
      return OctetStringRoom.after(ShortNameCodec.WRITE_BLOCK_HEADER, maxPduSize);
    }
  }
}
