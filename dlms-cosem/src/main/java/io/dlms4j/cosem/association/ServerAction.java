package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.ActionRequestNextPBlock;
import io.dlms4j.cosem.apdu.ActionRequestNormal;
import io.dlms4j.cosem.apdu.ActionRequestWithFirstPBlock;
import io.dlms4j.cosem.apdu.ActionRequestWithList;
import io.dlms4j.cosem.apdu.ActionRequestWithListAndFirstPBlock;
import io.dlms4j.cosem.apdu.ActionRequestWithPBlock;
import io.dlms4j.cosem.apdu.ActionResponseNextPBlock;
import io.dlms4j.cosem.apdu.ActionResponseNormal;
import io.dlms4j.cosem.apdu.ActionResponseWithList;
import io.dlms4j.cosem.apdu.ActionResponseWithOptionalData;
import io.dlms4j.cosem.apdu.ActionResponseWithPBlock;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.BlockContents;
import io.dlms4j.cosem.apdu.DataBlock;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ACTION of one method or several, both ways in one APDU or in blocks (Green Book 9.4.6). */
final class ServerAction extends ServerExchange {
  private static final int ACTION_RESPONSE = 0xC7;
  private static final int NORMAL = 1;
  private static final int WITH_LIST = 3;

  private final InvokeIdAndPriority invokeId;
  private final List<MethodRef> methods;
  private final boolean list;

  /** The parameters, if they came in one APDU. */
  private final List<@Nullable EncodedData> parameters;

  private final @Nullable DataBlock firstBlock;
  private final RawData gathered = rawData();
  private ServiceRequest.@Nullable Action service;
  private @Nullable LongAnswer answer;
  private @Nullable ItemStream stream;

  private ServerAction(
      Terms terms,
      InvokeIdAndPriority invokeId,
      List<MethodRef> methods,
      boolean list,
      List<@Nullable EncodedData> parameters,
      @Nullable DataBlock firstBlock) {
    super(terms);
    this.invokeId = invokeId;
    this.methods = methods;
    this.list = list;
    this.parameters = parameters;
    this.firstBlock = firstBlock;
  }

  static ServerAction of(Terms terms, ActionRequestNormal request) {
    return new ServerAction(
        terms,
        request.invokeIdAndPriority(),
        List.of(request.method()),
        false,
        Collections.singletonList(request.parameters()),
        null);
  }

  static ServerAction of(Terms terms, ActionRequestWithList request) {
    return new ServerAction(
        terms,
        request.invokeIdAndPriority(),
        request.methods(),
        true,
        List.copyOf(request.parameters()),
        null);
  }

  static ServerAction of(Terms terms, ActionRequestWithFirstPBlock request) {
    return new ServerAction(
        terms,
        request.invokeIdAndPriority(),
        List.of(request.method()),
        false,
        List.of(),
        request.block());
  }

  static ServerAction of(Terms terms, ActionRequestWithListAndFirstPBlock request) {
    return new ServerAction(
        terms, request.invokeIdAndPriority(), request.methods(), true, List.of(), request.block());
  }

  @Override
  ServerStep begin() {
    if (methods.isEmpty()) {
      return last(new ActionResponseWithList(invokeId, List.of()));
    }
    return firstBlock == null ? indicate(parameters) : take(firstBlock);
  }

  private ServerStep indicate(List<? extends @Nullable EncodedData> whole) {
    ServiceRequest.Action complete =
        new ServiceRequest.Action(methods, Collections.unmodifiableList(whole));
    service = complete;
    return new ServerStep.Indicate(complete);
  }

  private ServerStep take(DataBlock block) {
    if (gathered.take(block.blockNumber(), block.rawData()) != RawData.Taken.YES) {
      return last(failure(invokeId, ActionResult.LONG_ACTION_ABORTED));
    }
    if (!block.lastBlock()) {
      return goOn(new ActionResponseNextPBlock(invokeId, block.blockNumber()));
    }
    try {
      return indicate(
          list
              ? BlockContents.readValues(gathered.octets(), methods.size(), agreed.limits())
              : List.of(BlockContents.readValue(gathered.octets(), agreed.limits())));
    } catch (ApduException e) {
      // All blocks are there, and what they hold are no parameters.
      return last(failure(invokeId, ActionResult.LONG_ACTION_ABORTED));
    }
  }

  @Override
  boolean isContinuedBy(Apdu apdu) {
    return apdu instanceof ActionRequestWithPBlock || apdu instanceof ActionRequestNextPBlock;
  }

  @Override
  ServerStep receive(Apdu apdu) {
    LongAnswer going = answer;
    if (apdu instanceof ActionRequestWithPBlock further && service == null) {
      return take(further.block());
    }
    if (apdu instanceof ActionRequestNextPBlock next && going != null) {
      return next.blockNumber() == going.blockNumber()
          ? nextBlock(going)
          : last(failure(invokeId, ActionResult.LONG_ACTION_ABORTED));
    }
    return goOn(failure(invokeId, ActionResult.NO_LONG_ACTION_IN_PROGRESS));
  }

  private ServerStep nextBlock(LongAnswer going) {
    try {
      Octets block = going.next();
      return new ServerStep.Reply(block, going.isFinished());
    } catch (RuntimeException e) {
      reportFault(stream, e);
      return last(failure(invokeId, ActionResult.LONG_ACTION_ABORTED));
    }
  }

  private void reportFault(@Nullable ItemStream items, RuntimeException cause) {
    if (service != null) {
      terms.faults().failed(service, items == null ? 0 : items.item(), cause);
    }
  }

  /** Ends a transfer, or says that there is none. */
  static Apdu failure(InvokeIdAndPriority invokeId, ActionResult result) {
    return new ActionResponseNormal(invokeId, new ActionResponseWithOptionalData(result, null));
  }

  @Override
  boolean takes(int item, ItemResult result) {
    return true;
  }

  @Override
  ServerStep answer(List<ItemResult> results) {
    ItemStream items = new ItemStream(results, list, new ResponseForm());
    LongAnswer going =
        new LongAnswer(
            agreed,
            sender(items),
            agreed
                .codec()
                .rawDataRoom(agreed.maxSendPduSize(), block(new DataBlock(true, 1, Octets.EMPTY))),
            this::block);
    Octets header = header(ACTION_RESPONSE, list ? WITH_LIST : NORMAL, invokeId.octet());
    try {
      if (going.fits(header, agreed.maxSendPduSize())) {
        return new ServerStep.Reply(going.whole(header), true);
      }
      if (agreed.hasBlocks(Conformance.BLOCK_TRANSFER_WITH_ACTION) && going.hasRoom()) {
        answer = going;
        stream = items;
        return new ServerStep.Reply(going.next(), going.isFinished());
      }
      return agreed.longApdus()
          ? new ServerStep.Stream(going.stream(header, e -> reportFault(items, e)))
          : withoutValues(results);
    } catch (RuntimeException e) {
      reportFault(items, e);
      return withoutValues(results);
    }
  }

  private Apdu block(DataBlock block) {
    return new ActionResponseWithPBlock(invokeId, block);
  }

  /**
   * The methods have been invoked, and the client is to know it, although not what they returned.
   */
  private ServerStep withoutValues(List<ItemResult> results) {
    List<ActionResponseWithOptionalData> responses =
        results.stream().map(ServerAction::withoutValue).toList();
    return lastIfItFits(
        list
            ? new ActionResponseWithList(invokeId, responses)
            : new ActionResponseNormal(invokeId, responses.get(0)));
  }

  static ActionResponseWithOptionalData withoutValue(ItemResult result) {
    return new ActionResponseWithOptionalData(
        actionResult(result),
        returned(result) == null ? null : new GetDataResult.Failure(DataAccessResult.OTHER_REASON));
  }

  static ActionResult actionResult(ItemResult result) {
    if (result instanceof ItemResult.Invoked invoked) {
      return invoked.result();
    }
    if (result instanceof ItemResult.Refused refused) {
      return ActionResult.ofCode(refused.result().code()).orElse(ActionResult.OTHER_REASON);
    }
    return ActionResult.SUCCESS;
  }

  static @Nullable DataStream returned(ItemResult result) {
    if (result instanceof ItemResult.Invoked invoked) {
      return invoked.returnParameters();
    }
    return result instanceof ItemResult.Value value ? value.value() : null;
  }

  /** Action-Response-With-Optional-Data. */
  private final class ResponseForm implements ItemStream.Form {
    @Override
    public void begin(AxdrWriter writer, int item, ItemResult result) {
      if (returned(result) == null) {
        BlockContents.writeResponse(
            writer, new ActionResponseWithOptionalData(actionResult(result), null));
      } else {
        BlockContents.beginResponse(writer, actionResult(result));
      }
    }

    @Override
    public @Nullable DataStream value(ItemResult result) {
      return returned(result);
    }

    @Override
    public void writeFailure(AxdrWriter writer, int item, ItemResult result) {
      BlockContents.writeResponse(writer, withoutValue(result));
    }

    @Override
    public void onFailure(int item, RuntimeException cause) {
      if (service != null) {
        terms.faults().failed(service, item, cause);
      }
    }
  }
}
