package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.MethodRef;
import java.util.List;

/** Action-Request and Action-Response. */
final class ActionCodec {
  private static final int NORMAL = 1;
  private static final int WITH_LIST = 3;

  private static final int REQUEST_NEXT_PBLOCK = 2;
  private static final int WITH_FIRST_PBLOCK = 4;
  private static final int WITH_LIST_AND_FIRST_PBLOCK = 5;
  private static final int REQUEST_WITH_PBLOCK = 6;

  private static final int RESPONSE_WITH_PBLOCK = 2;
  private static final int RESPONSE_NEXT_PBLOCK = 4;

  private final BlockCodec blocks;

  ActionCodec(BlockCodec blocks) {
    this.blocks = blocks;
  }

  static ActionRequest readRequest(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case NORMAL ->
          new ActionRequestNormal(
              ServiceFields.readInvokeId(reader),
              ServiceFields.readMethod(reader),
              reader.readPresence() ? EncodedData.read(reader) : null);
      case REQUEST_NEXT_PBLOCK ->
          new ActionRequestNextPBlock(ServiceFields.readInvokeId(reader), reader.readUnsigned32());
      case WITH_LIST -> {
        InvokeIdAndPriority invokeId = ServiceFields.readInvokeId(reader);
        List<MethodRef> methods = ServiceFields.readMethods(reader);
        yield new ActionRequestWithList(
            invokeId, methods, ServiceFields.readValues(reader, methods.size()));
      }
      case WITH_FIRST_PBLOCK ->
          new ActionRequestWithFirstPBlock(
              ServiceFields.readInvokeId(reader),
              ServiceFields.readMethod(reader),
              BlockCodec.read(reader));
      case WITH_LIST_AND_FIRST_PBLOCK ->
          new ActionRequestWithListAndFirstPBlock(
              ServiceFields.readInvokeId(reader),
              ServiceFields.readMethods(reader),
              BlockCodec.read(reader));
      case REQUEST_WITH_PBLOCK ->
          new ActionRequestWithPBlock(ServiceFields.readInvokeId(reader), BlockCodec.read(reader));
      default -> throw ApduCodec.unknownChoice(reader, "Action-Request", choice);
    };
  }

  void writeRequest(AxdrWriter writer, ActionRequest request) {
    int invokeId = request.invokeIdAndPriority().octet();
    writer.writeUnsigned8(ApduTag.ACTION_REQUEST);
    if (request instanceof ActionRequestNormal normal) {
      writer.writeUnsigned8(NORMAL).writeUnsigned8(invokeId);
      ServiceFields.writeMethod(writer, normal.method());
      EncodedData parameters = normal.parameters();
      writer.writePresence(parameters != null);
      if (parameters != null) {
        ServiceFields.writeData(writer, parameters);
      }
    } else if (request instanceof ActionRequestNextPBlock next) {
      writer
          .writeUnsigned8(REQUEST_NEXT_PBLOCK)
          .writeUnsigned8(invokeId)
          .writeUnsigned32(next.blockNumber());
    } else if (request instanceof ActionRequestWithList list) {
      writer.writeUnsigned8(WITH_LIST).writeUnsigned8(invokeId);
      Lists.write(writer, list.methods(), ServiceFields::writeMethod);
      ServiceFields.writeValues(writer, list.parameters());
    } else if (request instanceof ActionRequestWithFirstPBlock first) {
      writer.writeUnsigned8(WITH_FIRST_PBLOCK).writeUnsigned8(invokeId);
      ServiceFields.writeMethod(writer, first.method());
      blocks.write(writer, first.block());
    } else if (request instanceof ActionRequestWithListAndFirstPBlock list) {
      writer.writeUnsigned8(WITH_LIST_AND_FIRST_PBLOCK).writeUnsigned8(invokeId);
      Lists.write(writer, list.methods(), ServiceFields::writeMethod);
      blocks.write(writer, list.block());
    } else if (request instanceof ActionRequestWithPBlock further) {
      writer.writeUnsigned8(REQUEST_WITH_PBLOCK).writeUnsigned8(invokeId);
      blocks.write(writer, further.block());
    }
  }

  static ActionResponse readResponse(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case NORMAL ->
          new ActionResponseNormal(
              ServiceFields.readInvokeId(reader), ServiceFields.readActionResponse(reader));
      case RESPONSE_WITH_PBLOCK ->
          new ActionResponseWithPBlock(ServiceFields.readInvokeId(reader), BlockCodec.read(reader));
      case WITH_LIST ->
          new ActionResponseWithList(
              ServiceFields.readInvokeId(reader), ServiceFields.readActionResponses(reader));
      case RESPONSE_NEXT_PBLOCK ->
          new ActionResponseNextPBlock(ServiceFields.readInvokeId(reader), reader.readUnsigned32());
      default -> throw ApduCodec.unknownChoice(reader, "Action-Response", choice);
    };
  }

  void writeResponse(AxdrWriter writer, ActionResponse response) {
    int invokeId = response.invokeIdAndPriority().octet();
    writer.writeUnsigned8(ApduTag.ACTION_RESPONSE);
    if (response instanceof ActionResponseNormal normal) {
      writer.writeUnsigned8(NORMAL).writeUnsigned8(invokeId);
      ServiceFields.writeActionResponse(writer, normal.response());
    } else if (response instanceof ActionResponseWithPBlock block) {
      writer.writeUnsigned8(RESPONSE_WITH_PBLOCK).writeUnsigned8(invokeId);
      blocks.write(writer, block.block());
    } else if (response instanceof ActionResponseWithList list) {
      writer.writeUnsigned8(WITH_LIST).writeUnsigned8(invokeId);
      Lists.write(writer, list.responses(), ServiceFields::writeActionResponse);
    } else if (response instanceof ActionResponseNextPBlock next) {
      writer
          .writeUnsigned8(RESPONSE_NEXT_PBLOCK)
          .writeUnsigned8(invokeId)
          .writeUnsigned32(next.blockNumber());
    }
  }
}
