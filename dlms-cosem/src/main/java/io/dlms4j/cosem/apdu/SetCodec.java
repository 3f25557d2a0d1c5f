package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import java.util.List;

/** Set-Request and Set-Response. */
final class SetCodec {
  private static final int NORMAL = 1;

  private static final int WITH_FIRST_DATABLOCK = 2;
  private static final int WITH_DATABLOCK = 3;
  private static final int REQUEST_WITH_LIST = 4;
  private static final int WITH_LIST_AND_FIRST_DATABLOCK = 5;

  private static final int DATABLOCK = 2;
  private static final int LAST_DATABLOCK = 3;
  private static final int LAST_DATABLOCK_WITH_LIST = 4;
  private static final int RESPONSE_WITH_LIST = 5;

  private final BlockCodec blocks;

  SetCodec(BlockCodec blocks) {
    this.blocks = blocks;
  }

  static SetRequest readRequest(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case NORMAL ->
          new SetRequestNormal(
              ServiceFields.readInvokeId(reader),
              ServiceFields.readAttributeWithSelection(reader),
              EncodedData.read(reader));
      case WITH_FIRST_DATABLOCK ->
          new SetRequestWithFirstDataBlock(
              ServiceFields.readInvokeId(reader),
              ServiceFields.readAttributeWithSelection(reader),
              BlockCodec.read(reader));
      case WITH_DATABLOCK ->
          new SetRequestWithDataBlock(ServiceFields.readInvokeId(reader), BlockCodec.read(reader));
      case REQUEST_WITH_LIST -> {
        InvokeIdAndPriority invokeId = ServiceFields.readInvokeId(reader);
        List<AttributeWithSelection> attributes = ServiceFields.readAttributes(reader);
        yield new SetRequestWithList(
            invokeId, attributes, ServiceFields.readValues(reader, attributes.size()));
      }
      case WITH_LIST_AND_FIRST_DATABLOCK ->
          new SetRequestWithListAndFirstDataBlock(
              ServiceFields.readInvokeId(reader),
              ServiceFields.readAttributes(reader),
              BlockCodec.read(reader));
      default -> throw ApduCodec.unknownChoice(reader, "Set-Request", choice);
    };
  }

  void writeRequest(AxdrWriter writer, SetRequest request) {
    int invokeId = request.invokeIdAndPriority().octet();
    writer.writeUnsigned8(ApduTag.SET_REQUEST);
    if (request instanceof SetRequestNormal normal) {
      writer.writeUnsigned8(NORMAL).writeUnsigned8(invokeId);
      ServiceFields.writeAttributeWithSelection(writer, normal.attribute());
      ServiceFields.writeData(writer, normal.value());
    } else if (request instanceof SetRequestWithFirstDataBlock first) {
      writer.writeUnsigned8(WITH_FIRST_DATABLOCK).writeUnsigned8(invokeId);
      ServiceFields.writeAttributeWithSelection(writer, first.attribute());
      blocks.write(writer, first.block());
    } else if (request instanceof SetRequestWithDataBlock further) {
      writer.writeUnsigned8(WITH_DATABLOCK).writeUnsigned8(invokeId);
      blocks.write(writer, further.block());
    } else if (request instanceof SetRequestWithList list) {
      writer.writeUnsigned8(REQUEST_WITH_LIST).writeUnsigned8(invokeId);
      writeAttributes(writer, list.attributes());
      ServiceFields.writeValues(writer, list.values());
    } else if (request instanceof SetRequestWithListAndFirstDataBlock list) {
      writer.writeUnsigned8(WITH_LIST_AND_FIRST_DATABLOCK).writeUnsigned8(invokeId);
      writeAttributes(writer, list.attributes());
      blocks.write(writer, list.block());
    }
  }

  private static void writeAttributes(AxdrWriter writer, List<AttributeWithSelection> attributes) {
    Lists.write(writer, attributes, ServiceFields::writeAttributeWithSelection);
  }

  static SetResponse readResponse(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case NORMAL ->
          new SetResponseNormal(
              ServiceFields.readInvokeId(reader), ServiceFields.readDataAccessResult(reader));
      case DATABLOCK ->
          new SetResponseDataBlock(ServiceFields.readInvokeId(reader), reader.readUnsigned32());
      case LAST_DATABLOCK ->
          new SetResponseLastDataBlock(
              ServiceFields.readInvokeId(reader),
              ServiceFields.readDataAccessResult(reader),
              reader.readUnsigned32());
      case LAST_DATABLOCK_WITH_LIST ->
          new SetResponseLastDataBlockWithList(
              ServiceFields.readInvokeId(reader),
              ServiceFields.readDataAccessResults(reader),
              reader.readUnsigned32());
      case RESPONSE_WITH_LIST ->
          new SetResponseWithList(
              ServiceFields.readInvokeId(reader), ServiceFields.readDataAccessResults(reader));
      default -> throw ApduCodec.unknownChoice(reader, "Set-Response", choice);
    };
  }

  static void writeResponse(AxdrWriter writer, SetResponse response) {
    int invokeId = response.invokeIdAndPriority().octet();
    writer.writeUnsigned8(ApduTag.SET_RESPONSE);
    if (response instanceof SetResponseNormal normal) {
      writer.writeUnsigned8(NORMAL).writeUnsigned8(invokeId);
      ServiceFields.writeDataAccessResult(writer, normal.result());
    } else if (response instanceof SetResponseDataBlock block) {
      writer
          .writeUnsigned8(DATABLOCK)
          .writeUnsigned8(invokeId)
          .writeUnsigned32(block.blockNumber());
    } else if (response instanceof SetResponseLastDataBlock last) {
      writer.writeUnsigned8(LAST_DATABLOCK).writeUnsigned8(invokeId);
      ServiceFields.writeDataAccessResult(writer, last.result());
      writer.writeUnsigned32(last.blockNumber());
    } else if (response instanceof SetResponseLastDataBlockWithList last) {
      writer.writeUnsigned8(LAST_DATABLOCK_WITH_LIST).writeUnsigned8(invokeId);
      Lists.write(writer, last.results(), ServiceFields::writeDataAccessResult);
      writer.writeUnsigned32(last.blockNumber());
    } else if (response instanceof SetResponseWithList list) {
      writer.writeUnsigned8(RESPONSE_WITH_LIST).writeUnsigned8(invokeId);
      Lists.write(writer, list.results(), ServiceFields::writeDataAccessResult);
    }
  }
}
