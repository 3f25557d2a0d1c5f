package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;

/**
 * General-Block-Transfer: a part of any other APDU, and the acknowledgement of parts received
 * (Green Book 9.4.6.13, 9.5).
 *
 * @param lastBlock whether the sender has no more blocks: bit 7 of block-control
 * @param streaming whether more blocks follow before the peer may send: bit 6 of block-control
 * @param window how many blocks the sender takes in one go, 0..63: bits 0 to 5 of block-control
 * @param blockNumber the number of this block, 0..65535
 * @param blockNumberAck the block that the sender has received last without a gap, 0..65535
 * @param blockData a part of the APDU; empty where only an acknowledgement is sent
 */
public record GeneralBlockTransfer(
    boolean lastBlock,
    boolean streaming,
    int window,
    int blockNumber,
    int blockNumberAck,
    Octets blockData)
    implements Apdu {
  /** The largest window that block-control has room for. */
  public static final int MAX_WINDOW = 63;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number has no wire form
   */
  public GeneralBlockTransfer {
    Unsigned.require("window", window, MAX_WINDOW);
    Unsigned.require16("block number", blockNumber);
    Unsigned.require16("acknowledged block number", blockNumberAck);
  }

  /**
   * How many octets of an APDU fit into one block.
   *
   * @param maxPduSize octets of the longest APDU that the peer takes
   * @return the room, at least 1
   */
  public static int blockDataRoom(int maxPduSize) {
    return OctetStringRoom.after(GeneralBlockTransferCodec.HEADER, maxPduSize);
  }
}
