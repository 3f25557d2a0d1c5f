package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;

/** Data blocks, and how much fits into them. */
final class BlockCodec {
  /** Raw data of this length or less have a length of one octet, whatever the quirk. */
  private static final int SHORTEST = 2;

  private final boolean longRawDataLength;

  BlockCodec(boolean longRawDataLength) {
    this.longRawDataLength = longRawDataLength;
  }

  static DataBlock read(AxdrReader reader) {
    return new DataBlock(reader.readBoolean(), reader.readUnsigned32(), reader.readOctetString());
  }

  void write(AxdrWriter writer, DataBlock block) {
    writeLastBlock(writer, block.lastBlock());
    writer.writeUnsigned32(block.blockNumber());
    writeRawData(writer, block.rawData());
  }

  /** Not writeBoolean: the examples of the standard and the meters have 00 and 01 here. */
  static void writeLastBlock(AxdrWriter writer, boolean lastBlock) {
    writer.writeUnsigned8(lastBlock ? 1 : 0);
  }

  void writeRawData(AxdrWriter writer, Octets octets) {
    if (longRawDataLength && octets.length() > SHORTEST && octets.length() <= 0xFFFF) {
      writer.writeLengthLong(octets.length());
    } else {
      writer.writeLength(octets.length());
    }
    writer.writeOctets(octets);
  }

  static DataBlock blockOf(Apdu apdu) {
    if (apdu instanceof SetRequestWithDataBlock further) {
      return further.block();
    } else if (apdu instanceof SetRequestWithFirstDataBlock first) {
      return first.block();
    } else if (apdu instanceof SetRequestWithListAndFirstDataBlock first) {
      return first.block();
    } else if (apdu instanceof ActionRequestWithPBlock further) {
      return further.block();
    } else if (apdu instanceof ActionRequestWithFirstPBlock first) {
      return first.block();
    } else if (apdu instanceof ActionRequestWithListAndFirstPBlock first) {
      return first.block();
    } else if (apdu instanceof ActionResponseWithPBlock response) {
      return response.block();
    }
    throw new IllegalArgumentException(apdu.getClass().getSimpleName() + " has no data block");
  }

  /** How many octets go with their length into so many; 0 if none. */
  int room(int octets) {
    if (longRawDataLength && octets <= 0xFFFF + 3) {
      return Math.max(Math.max(0, Math.min(SHORTEST, octets - 1)), octets - 3);
    }
    return OctetStringRoom.within(octets);
  }
}
