package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.GetRequestNormal;
import io.dlms4j.cosem.apdu.GetResponseNormal;
import io.dlms4j.cosem.apdu.GetResponseWithDataBlock;
import io.dlms4j.cosem.apdu.Quirk;

/** The server's answer to one GET, in one APDU or in blocks (Green Book 9.4.6.4). */
final class GetTransfer {
  /** Tag, choice, invoke-id-and-priority, choice of the result. */
  private static final int NORMAL_HEADER = 4;

  private static final int NO_LIMIT = 0xFFFF;

  private final GetRequestNormal request;
  private final BlockSender sender;
  private final int maxPduSize;
  private final int room;
  private final boolean blocksAllowed;

  private long blockNumber;
  private boolean finished;

  GetTransfer(
      ServerAssociationConfig config,
      NegotiatedContext context,
      ApduCodec codec,
      GetRequestNormal request,
      DataStream value) {
    this.request = request;
    this.sender = new BlockSender(value, config.quirks().contains(Quirk.WHOLE_ELEMENTS_IN_BLOCKS));
    int clientMax =
        context.clientMaxReceivePduSize() == 0 ? NO_LIMIT : context.clientMaxReceivePduSize();
    this.maxPduSize = Math.min(clientMax, config.maxSendPduSize());
    this.room = codec.rawDataRoom(maxPduSize);
    this.blocksAllowed =
        context.conformance().contains(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ);
  }

  AttributeRef attribute() {
    return request.attribute();
  }

  boolean isFinished() {
    return finished;
  }

  boolean isFor(GetRequestNext next) {
    return next.invokeIdAndPriority().invokeId() == request.invokeIdAndPriority().invokeId();
  }

  boolean isDue(GetRequestNext next) {
    return next.blockNumber() == blockNumber;
  }

  /** The first APDU of the answer: all of it if it fits. */
  Apdu first() {
    if (sender.fits(maxPduSize - NORMAL_HEADER)) {
      finished = true;
      Octets encoded = sender.next(maxPduSize - NORMAL_HEADER);
      // The limits of the configuration are for what the client sends, not for our own value.
      int size = Math.max(1, encoded.length());
      AxdrReader reader =
          AxdrReader.of(encoded, new DecodeLimits(size, DecodeLimits.MAX_DEPTH, size));
      EncodedData data = EncodedData.read(reader);
      reader.expectEnd("attribute value");
      return new GetResponseNormal(request.invokeIdAndPriority(), new GetDataResult.Data(data));
    }
    if (!blocksAllowed) {
      finished = true;
      return new GetResponseNormal(
          request.invokeIdAndPriority(), new GetDataResult.Failure(DataAccessResult.OTHER_REASON));
    }
    return next();
  }

  /** The next block. */
  Apdu next() {
    Octets raw = sender.next(room);
    finished = sender.fits(0);
    blockNumber++;
    return new GetResponseWithDataBlock(
        request.invokeIdAndPriority(),
        finished,
        blockNumber,
        new GetResponseWithDataBlock.RawData(raw));
  }

  /** Ends a transfer, or says that there is none. */
  static Apdu failure(GetRequestNext next, DataAccessResult result) {
    return new GetResponseWithDataBlock(
        next.invokeIdAndPriority(),
        true,
        next.blockNumber(),
        new GetResponseWithDataBlock.Failure(result));
  }
}
