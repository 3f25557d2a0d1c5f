package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.DataBlock;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.GetRequestNormal;
import io.dlms4j.cosem.apdu.GetRequestWithList;
import io.dlms4j.cosem.apdu.GetResponseNormal;
import io.dlms4j.cosem.apdu.GetResponseWithDataBlock;
import io.dlms4j.cosem.apdu.GetResponseWithList;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GET of one attribute or several, answered in one APDU or in blocks (Green Book 9.4.6). */
final class ServerGet extends ServerExchange {
  private static final int GET_RESPONSE = 0xC4;
  private static final int NORMAL = 1;
  private static final int WITH_LIST = 3;
  private static final int DATA = 0;

  private final InvokeIdAndPriority invokeId;
  private final List<AttributeWithSelection> attributes;
  private final boolean list;
  private @Nullable LongAnswer answer;
  private @Nullable ItemStream stream;

  ServerGet(Terms terms, GetRequestNormal request) {
    super(terms);
    this.invokeId = request.invokeIdAndPriority();
    this.attributes =
        List.of(new AttributeWithSelection(request.attribute(), request.selectiveAccess()));
    this.list = false;
  }

  ServerGet(Terms terms, GetRequestWithList request) {
    super(terms);
    this.invokeId = request.invokeIdAndPriority();
    this.attributes = request.attributes();
    this.list = true;
  }

  @Override
  ServerStep begin() {
    if (attributes.isEmpty()) {
      return last(new GetResponseWithList(invokeId, List.of()));
    }
    return selectsInVain(attributes)
        ? refused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED)
        : new ServerStep.Indicate(service());
  }

  private ServiceRequest.Get service() {
    return new ServiceRequest.Get(attributes);
  }

  @Override
  boolean takes(int item, ItemResult result) {
    return DataForm.takes(result);
  }

  @Override
  ServerStep answer(List<ItemResult> results) {
    if (!list && results.get(0) instanceof ItemResult.Refused refused) {
      return refused(refused.result());
    }
    ItemStream items = new ItemStream(results, list, list ? listForm() : new ValueAlone());
    LongAnswer going =
        new LongAnswer(
            agreed,
            sender(items),
            agreed.codec().rawDataRoom(agreed.maxSendPduSize()),
            this::block);
    Octets header =
        list
            ? header(GET_RESPONSE, WITH_LIST, invokeId.octet())
            : header(GET_RESPONSE, NORMAL, invokeId.octet(), DATA);
    try {
      if (going.fits(header, agreed.maxSendPduSize())) {
        return new ServerStep.Reply(going.whole(header), true);
      }
      if (agreed.hasBlocks(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ)) {
        answer = going;
        stream = items;
        return new ServerStep.Reply(going.next(), going.isFinished());
      }
      return agreed.longApdus()
          ? new ServerStep.Stream(
              going.stream(header, e -> terms.faults().failed(service(), items.item(), e)))
          : refused(DataAccessResult.OTHER_REASON);
    } catch (RuntimeException e) {
      terms.faults().failed(service(), items.item(), e);
      return refused(DataAccessResult.OTHER_REASON);
    }
  }

  private DataForm listForm() {
    return new DataForm(service(), terms.faults());
  }

  private Apdu block(DataBlock block) {
    return new GetResponseWithDataBlock(
        invokeId,
        block.lastBlock(),
        block.blockNumber(),
        new GetResponseWithDataBlock.RawData(block.rawData()));
  }

  @Override
  boolean isContinuedBy(Apdu apdu) {
    return apdu instanceof GetRequestNext;
  }

  @Override
  ServerStep receive(Apdu apdu) {
    GetRequestNext next = (GetRequestNext) apdu;
    LongAnswer going = answer;
    if (going == null) {
      return goOn(failure(next, DataAccessResult.NO_LONG_GET_IN_PROGRESS));
    }
    if (next.blockNumber() != going.blockNumber()) {
      return last(failure(next, DataAccessResult.DATA_BLOCK_NUMBER_INVALID));
    }
    try {
      Octets block = going.next();
      return new ServerStep.Reply(block, going.isFinished());
    } catch (RuntimeException e) {
      terms.faults().failed(service(), stream == null ? 0 : stream.item(), e);
      return last(failure(next, DataAccessResult.LONG_GET_ABORTED));
    }
  }

  /** Ends a transfer, or says that there is none. */
  static Apdu failure(GetRequestNext next, DataAccessResult result) {
    return new GetResponseWithDataBlock(
        next.invokeIdAndPriority(),
        true,
        next.blockNumber(),
        new GetResponseWithDataBlock.Failure(result));
  }

  private ServerStep refused(DataAccessResult result) {
    GetDataResult failure = new GetDataResult.Failure(result);
    return lastIfItFits(
        list
            ? new GetResponseWithList(invokeId, Collections.nCopies(attributes.size(), failure))
            : new GetResponseNormal(invokeId, failure));
  }

  /** In blocks a single value has nothing before it, so that there is no place for a failure. */
  private static final class ValueAlone implements ItemStream.Form {
    @Override
    public void begin(AxdrWriter writer, int item, ItemResult result) {}

    @Override
    public void writeFailure(AxdrWriter writer, int item, ItemResult result) {}

    @Override
    public void onFailure(int item, RuntimeException cause) {
      throw cause;
    }
  }
}
