package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;

/** Get-Request and Get-Response. */
final class GetCodec {
  private static final String CLAUSE = "Green Book 9.5, GET";

  private static final int NORMAL = 1;
  private static final int NEXT = 2;
  private static final int WITH_DATABLOCK = 2;

  private static final int DATA = 0;
  private static final int DATA_ACCESS_RESULT = 1;

  /** Tag, choice, invoke-id-and-priority, last-block, block-number, choice of the result. */
  private static final int DATABLOCK_HEADER = 1 + 1 + 1 + 1 + 4 + 1;

  /** Raw data of this length or less have a length of one octet, whatever the quirk. */
  private static final int SHORTEST = 2;

  private final boolean longRawDataLength;

  GetCodec(boolean longRawDataLength) {
    this.longRawDataLength = longRawDataLength;
  }

  static GetRequest readRequest(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    switch (choice) {
      case NORMAL -> {
        InvokeIdAndPriority invokeId = new InvokeIdAndPriority(reader.readUnsigned8());
        AttributeRef attribute = readAttribute(reader);
        return new GetRequestNormal(
            invokeId, attribute, reader.readPresence() ? readSelectiveAccess(reader) : null);
      }
      case NEXT -> {
        InvokeIdAndPriority invokeId = new InvokeIdAndPriority(reader.readUnsigned8());
        return new GetRequestNext(invokeId, reader.readUnsigned32());
      }
      default -> throw ApduCodec.unknownChoice(reader, "Get-Request", choice);
    }
  }

  private static AttributeRef readAttribute(AxdrReader reader) {
    int classId = reader.readUnsigned16();
    ObisCode logicalName =
        new ObisCode(
            reader.readUnsigned8(),
            reader.readUnsigned8(),
            reader.readUnsigned8(),
            reader.readUnsigned8(),
            reader.readUnsigned8(),
            reader.readUnsigned8());
    return new AttributeRef(classId, logicalName, reader.readInteger8());
  }

  private static SelectiveAccess readSelectiveAccess(AxdrReader reader) {
    int selector = reader.readUnsigned8();
    return new SelectiveAccess(selector, EncodedData.read(reader));
  }

  static void writeRequest(AxdrWriter writer, GetRequest request) {
    writer.writeUnsigned8(ApduCodec.GET_REQUEST);
    if (request instanceof GetRequestNormal normal) {
      AttributeRef attribute = normal.attribute();
      writer
          .writeUnsigned8(NORMAL)
          .writeUnsigned8(normal.invokeIdAndPriority().octet())
          .writeUnsigned16(attribute.classId())
          .writeOctets(attribute.logicalName().toOctets())
          .writeInteger8(attribute.attributeIndex());
      SelectiveAccess access = normal.selectiveAccess();
      writer.writePresence(access != null);
      if (access != null) {
        writer
            .writeUnsigned8(access.accessSelector())
            .writeOctets(access.accessParameters().octets());
      }
    } else if (request instanceof GetRequestNext next) {
      writer
          .writeUnsigned8(NEXT)
          .writeUnsigned8(next.invokeIdAndPriority().octet())
          .writeUnsigned32(next.blockNumber());
    }
  }

  static GetResponse readResponse(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    switch (choice) {
      case NORMAL -> {
        InvokeIdAndPriority invokeId = new InvokeIdAndPriority(reader.readUnsigned8());
        return new GetResponseNormal(
            invokeId,
            readResultChoice(reader) == DATA
                ? new GetDataResult.Data(EncodedData.read(reader))
                : new GetDataResult.Failure(readDataAccessResult(reader)));
      }
      case WITH_DATABLOCK -> {
        InvokeIdAndPriority invokeId = new InvokeIdAndPriority(reader.readUnsigned8());
        boolean lastBlock = reader.readBoolean();
        long blockNumber = reader.readUnsigned32();
        return new GetResponseWithDataBlock(
            invokeId,
            lastBlock,
            blockNumber,
            readResultChoice(reader) == DATA
                ? new GetResponseWithDataBlock.RawData(reader.readOctetString())
                : new GetResponseWithDataBlock.Failure(readDataAccessResult(reader)));
      }
      default -> throw ApduCodec.unknownChoice(reader, "Get-Response", choice);
    }
  }

  private static int readResultChoice(AxdrReader reader) {
    int choice = reader.peekUnsigned8();
    if (choice != DATA && choice != DATA_ACCESS_RESULT) {
      throw reader.malformed(
          "result is neither data (0) nor data-access-result (1) but " + choice, CLAUSE);
    }
    reader.skip(1);
    return choice;
  }

  private static DataAccessResult readDataAccessResult(AxdrReader reader) {
    int code = reader.peekUnsigned8();
    DataAccessResult result =
        DataAccessResult.ofCode(code)
            .orElseThrow(
                () -> reader.malformed("data-access-result " + code + " is not defined", CLAUSE));
    reader.skip(1);
    return result;
  }

  void writeResponse(AxdrWriter writer, GetResponse response) {
    writer.writeUnsigned8(ApduCodec.GET_RESPONSE_TAG);
    if (response instanceof GetResponseNormal normal) {
      writer.writeUnsigned8(NORMAL).writeUnsigned8(normal.invokeIdAndPriority().octet());
      if (normal.result() instanceof GetDataResult.Data data) {
        writer.writeUnsigned8(DATA).writeOctets(data.value().octets());
      } else if (normal.result() instanceof GetDataResult.Failure failure) {
        writer.writeUnsigned8(DATA_ACCESS_RESULT).writeUnsigned8(failure.result().code());
      }
    } else if (response instanceof GetResponseWithDataBlock block) {
      writer
          .writeUnsigned8(WITH_DATABLOCK)
          .writeUnsigned8(block.invokeIdAndPriority().octet())
          // Not writeBoolean: the examples of the standard and the meters have 00 and 01 here.
          .writeUnsigned8(block.lastBlock() ? 1 : 0)
          .writeUnsigned32(block.blockNumber());
      if (block.result() instanceof GetResponseWithDataBlock.RawData raw) {
        Octets octets = raw.octets();
        writer.writeUnsigned8(DATA);
        if (longRawDataLength && octets.length() > SHORTEST && octets.length() <= 0xFFFF) {
          writer.writeLengthLong(octets.length());
        } else {
          writer.writeLength(octets.length());
        }
        writer.writeOctets(octets);
      } else if (block.result() instanceof GetResponseWithDataBlock.Failure failure) {
        writer.writeUnsigned8(DATA_ACCESS_RESULT).writeUnsigned8(failure.result().code());
      }
    }
  }

  int rawDataRoom(int maxPduSize) {
    int room = maxPduSize - DATABLOCK_HEADER;
    if (longRawDataLength) {
      return Math.max(Math.min(SHORTEST, Math.max(1, room - 1)), room - 3);
    }
    int lengthOctets = room > 0xFF + 2 ? 3 : room > 0x7F + 1 ? 2 : 1;
    return Math.max(1, room - lengthOctets);
  }
}
