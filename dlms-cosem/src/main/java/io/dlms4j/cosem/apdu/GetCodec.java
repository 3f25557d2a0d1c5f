package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;

/** Get-Request and Get-Response. */
final class GetCodec {
  private static final int NORMAL = 1;
  private static final int NEXT = 2;
  private static final int WITH_DATABLOCK = 2;
  private static final int WITH_LIST = 3;

  /** Tag, choice, invoke-id-and-priority, last-block, block-number, choice of the result. */
  private static final int DATABLOCK_HEADER = 1 + 1 + 1 + 1 + 4 + 1;

  /** Tag, choice, invoke-id-and-priority, choice of the result. */
  private static final int NORMAL_HEADER = 1 + 1 + 1 + 1;

  private static final int LONGEST_LENGTH = 5;

  /** Enough for most APDUs. */
  static final int DEFAULT_CAPACITY = 128;

  private final BlockCodec blocks;

  GetCodec(BlockCodec blocks) {
    this.blocks = blocks;
  }

  static GetRequest readRequest(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case NORMAL -> {
        InvokeIdAndPriority invokeId = ServiceFields.readInvokeId(reader);
        AttributeWithSelection attribute = ServiceFields.readAttributeWithSelection(reader);
        yield new GetRequestNormal(invokeId, attribute.attribute(), attribute.selectiveAccess());
      }
      case NEXT -> new GetRequestNext(ServiceFields.readInvokeId(reader), reader.readUnsigned32());
      case WITH_LIST ->
          new GetRequestWithList(
              ServiceFields.readInvokeId(reader), ServiceFields.readAttributes(reader));
      default -> throw ApduCodec.unknownChoice(reader, "Get-Request", choice);
    };
  }

  static void writeRequest(AxdrWriter writer, GetRequest request) {
    int invokeId = request.invokeIdAndPriority().octet();
    writer.writeUnsigned8(ApduTag.GET_REQUEST);
    if (request instanceof GetRequestNormal normal) {
      writer.writeUnsigned8(NORMAL).writeUnsigned8(invokeId);
      ServiceFields.writeAttributeWithSelection(
          writer, normal.attribute(), normal.selectiveAccess());
    } else if (request instanceof GetRequestNext next) {
      writer.writeUnsigned8(NEXT).writeUnsigned8(invokeId).writeUnsigned32(next.blockNumber());
    } else if (request instanceof GetRequestWithList list) {
      writer.writeUnsigned8(WITH_LIST).writeUnsigned8(invokeId);
      Lists.write(writer, list.attributes(), ServiceFields::writeAttributeWithSelection);
    }
  }

  static GetResponse readResponse(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case NORMAL -> {
        InvokeIdAndPriority invokeId = ServiceFields.readInvokeId(reader);
        GetDataResult result = ServiceFields.readGetDataResult(reader);
        yield new GetResponseNormal(invokeId, result);
      }
      case WITH_DATABLOCK ->
          new GetResponseWithDataBlock(
              ServiceFields.readInvokeId(reader),
              reader.readBoolean(),
              reader.readUnsigned32(),
              ServiceFields.readIsData(reader)
                  ? new GetResponseWithDataBlock.RawData(reader.readOctetString())
                  : new GetResponseWithDataBlock.Failure(
                      ServiceFields.readDataAccessResult(reader)));
      case WITH_LIST ->
          new GetResponseWithList(
              ServiceFields.readInvokeId(reader), ServiceFields.readGetDataResults(reader));
      default -> throw ApduCodec.unknownChoice(reader, "Get-Response", choice);
    };
  }

  void writeResponse(AxdrWriter writer, GetResponse response) {
    int invokeId = response.invokeIdAndPriority().octet();
    writer.writeUnsigned8(ApduTag.GET_RESPONSE);
    if (response instanceof GetResponseNormal normal) {
      writer.writeUnsigned8(NORMAL).writeUnsigned8(invokeId);
      ServiceFields.writeGetDataResult(writer, normal.result());
    } else if (response instanceof GetResponseWithDataBlock block) {
      writer.writeUnsigned8(WITH_DATABLOCK).writeUnsigned8(invokeId);
      BlockCodec.writeLastBlock(writer, block.lastBlock());
      writer.writeUnsigned32(block.blockNumber());
      if (block.result() instanceof GetResponseWithDataBlock.RawData raw) {
        ServiceFields.writeIsData(writer, true);
        blocks.writeRawData(writer, raw.octets());
      } else if (block.result() instanceof GetResponseWithDataBlock.Failure failure) {
        ServiceFields.writeIsData(writer, false);
        ServiceFields.writeDataAccessResult(writer, failure.result());
      }
    } else if (response instanceof GetResponseWithList list) {
      writer.writeUnsigned8(WITH_LIST).writeUnsigned8(invokeId);
      Lists.write(writer, list.results(), ServiceFields::writeGetDataResult);
    }
  }

  /** Room for the response, not much more than it takes. */
  static int capacity(GetResponse response) {
    if (response instanceof GetResponseNormal normal) {
      return normal.result() instanceof GetDataResult.Data data
          ? NORMAL_HEADER + data.value().sizeHint()
          : NORMAL_HEADER + 1;
    }
    return response instanceof GetResponseWithDataBlock block
            && block.result() instanceof GetResponseWithDataBlock.RawData raw
        ? DATABLOCK_HEADER + LONGEST_LENGTH + raw.octets().length()
        : DEFAULT_CAPACITY;
  }

  int rawDataRoom(int maxPduSize) {
    return Math.max(1, blocks.room(maxPduSize - DATABLOCK_HEADER));
  }
}
