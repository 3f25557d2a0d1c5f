package io.dlms4j.server.image;

import static io.dlms4j.cosem.classes.ImageTransfer.CLASS;
import static io.dlms4j.cosem.classes.ImageTransfer.IMAGE_TO_ACTIVATE_INFO;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.CosemData.DoubleLongUnsignedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.ReadResult;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** An image transfer as an object: class_id 18, version 0 (Blue Book 4.4.6). */
final class ImageTransferObject {
  private static final String CLAUSE = "Blue Book 4.4.6";

  private ImageTransferObject() {}

  static CosemObject of(ObisCode logicalName, ImageTransfer transfer) {
    return CosemObject.builder(CLASS.classId(), CLASS.version(), logicalName)
        .attribute(
            2,
            List.of(),
            request -> ReadResult.of(CosemData.doubleLongUnsigned(transfer.blockSize())),
            request -> transfer.writeBlockSize(doubleLongUnsigned(request.value().value())))
        .attribute(3, () -> transfer.blocks(blocks -> number -> bitString(blocks, number)))
        .attribute(
            4,
            () ->
                CosemData.doubleLongUnsigned(
                    transfer.blocks(blocks -> number -> blocks.nextClearBit(0))))
        .attribute(5, () -> CosemData.bool(transfer.enabled()))
        .attribute(6, () -> CosemData.enumerated(transfer.status().code()))
        .attribute(7, () -> IMAGE_TO_ACTIVATE_INFO.type().encode(transfer.found()))
        .method(
            1,
            request -> {
              List<CosemData> fields = request.parameters().value().structureOf(2);
              return result(
                  transfer.initiate(
                      fields.get(0).octetStringValue(), doubleLongUnsigned(fields.get(1))));
            })
        .method(
            2,
            request -> {
              List<CosemData> fields = request.parameters().value().structureOf(2);
              return result(
                  transfer.transferBlock(
                      doubleLongUnsigned(fields.get(0)), fields.get(1).octetStringValue()));
            })
        .method(
            3,
            request -> {
              number(request.parameters().value());
              return result(transfer.verify());
            })
        .method(
            4,
            request -> {
              number(request.parameters().value());
              return result(transfer.activate());
            })
        .build();
  }

  private static CompletionStage<InvokeResult> result(CompletionStage<ActionResult> stage) {
    return stage.thenApply(result -> new InvokeResult(result, null));
  }

  /** The Blue Book has integer(0); the number says nothing, and its width is not insisted on. */
  private static void number(CosemData data) {
    data.integralValue();
  }

  private static long doubleLongUnsigned(CosemData data) {
    if (data instanceof DoubleLongUnsignedData number) {
      return number.value();
    }
    throw new AxdrException(
        AxdrException.Kind.MALFORMED,
        AxdrException.NO_OFFSET,
        "expected double-long-unsigned, found " + data.tag(),
        CLAUSE);
  }

  /** The first block in the highest place of the first octet. */
  private static CosemData bitString(BitSet blocks, int number) {
    byte[] bits = new byte[(number + 7) / 8];
    for (int i = blocks.nextSetBit(0); i >= 0; i = blocks.nextSetBit(i + 1)) {
      bits[i / 8] |= (byte) (0x80 >> (i % 8));
    }
    return new BitStringData(Octets.view(bits), number);
  }
}
