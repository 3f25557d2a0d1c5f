package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;

/** General-Block-Transfer. */
final class GeneralBlockTransferCodec {
  /** Tag, block-control, block-number, block-number-ack. */
  static final int HEADER = 1 + 1 + 2 + 2;

  private static final int LAST_BLOCK = 0x80;
  private static final int STREAMING = 0x40;

  private GeneralBlockTransferCodec() {}

  static GeneralBlockTransfer read(AxdrReader reader) {
    int blockControl = reader.readUnsigned8();
    return new GeneralBlockTransfer(
        (blockControl & LAST_BLOCK) != 0,
        (blockControl & STREAMING) != 0,
        blockControl & GeneralBlockTransfer.MAX_WINDOW,
        reader.readUnsigned16(),
        reader.readUnsigned16(),
        reader.readOctetString());
  }

  static void write(AxdrWriter writer, GeneralBlockTransfer block) {
    writer
        .writeUnsigned8(ApduTag.GENERAL_BLOCK_TRANSFER)
        .writeUnsigned8(
            (block.lastBlock() ? LAST_BLOCK : 0)
                | (block.streaming() ? STREAMING : 0)
                | block.window())
        .writeUnsigned16(block.blockNumber())
        .writeUnsigned16(block.blockNumberAck())
        .writeOctetString(block.blockData());
  }
}
