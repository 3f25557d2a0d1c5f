package io.dlms4j.cosem.association;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.BlockContents;
import io.dlms4j.cosem.apdu.DataBlock;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.apdu.SetRequestNormal;
import io.dlms4j.cosem.apdu.SetRequestWithDataBlock;
import io.dlms4j.cosem.apdu.SetRequestWithFirstDataBlock;
import io.dlms4j.cosem.apdu.SetRequestWithList;
import io.dlms4j.cosem.apdu.SetRequestWithListAndFirstDataBlock;
import io.dlms4j.cosem.apdu.SetResponseDataBlock;
import io.dlms4j.cosem.apdu.SetResponseLastDataBlock;
import io.dlms4j.cosem.apdu.SetResponseLastDataBlockWithList;
import io.dlms4j.cosem.apdu.SetResponseNormal;
import io.dlms4j.cosem.apdu.SetResponseWithList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SET of one attribute or several, in one APDU or in blocks (Green Book 9.4.6). */
final class ServerSet extends ServerExchange {
  private final InvokeIdAndPriority invokeId;
  private final List<AttributeWithSelection> attributes;
  private final boolean list;

  /** The values, if they came in one APDU. */
  private final List<EncodedData> values;

  private final @Nullable DataBlock firstBlock;
  private final RawData gathered = rawData();
  private boolean complete;

  private ServerSet(
      Terms terms,
      InvokeIdAndPriority invokeId,
      List<AttributeWithSelection> attributes,
      boolean list,
      List<EncodedData> values,
      @Nullable DataBlock firstBlock) {
    super(terms);
    this.invokeId = invokeId;
    this.attributes = attributes;
    this.list = list;
    this.values = values;
    this.firstBlock = firstBlock;
  }

  static ServerSet of(Terms terms, SetRequestNormal request) {
    return new ServerSet(
        terms,
        request.invokeIdAndPriority(),
        List.of(request.attribute()),
        false,
        List.of(request.value()),
        null);
  }

  static ServerSet of(Terms terms, SetRequestWithList request) {
    return new ServerSet(
        terms, request.invokeIdAndPriority(), request.attributes(), true, request.values(), null);
  }

  static ServerSet of(Terms terms, SetRequestWithFirstDataBlock request) {
    return new ServerSet(
        terms,
        request.invokeIdAndPriority(),
        List.of(request.attribute()),
        false,
        List.of(),
        request.block());
  }

  static ServerSet of(Terms terms, SetRequestWithListAndFirstDataBlock request) {
    return new ServerSet(
        terms,
        request.invokeIdAndPriority(),
        request.attributes(),
        true,
        List.of(),
        request.block());
  }

  @Override
  ServerStep begin() {
    if (attributes.isEmpty()) {
      return answer(List.of());
    }
    if (selectsInVain(attributes)) {
      ItemResult refusal = new ItemResult.Refused(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
      return answer(Collections.nCopies(attributes.size(), refusal));
    }
    return firstBlock == null ? indicate(values) : take(firstBlock);
  }

  private ServerStep indicate(List<EncodedData> whole) {
    complete = true;
    return new ServerStep.Indicate(new ServiceRequest.Set(attributes, whole));
  }

  private ServerStep take(DataBlock block) {
    long number = block.blockNumber();
    switch (gathered.take(number, block.rawData())) {
      case WRONG_NUMBER -> {
        return last(failure(invokeId, DataAccessResult.DATA_BLOCK_NUMBER_INVALID, number));
      }
      case TOO_MUCH -> {
        return last(failure(invokeId, DataAccessResult.LONG_SET_ABORTED, number));
      }
      case YES -> {}
    }
    if (!block.lastBlock()) {
      return goOn(new SetResponseDataBlock(invokeId, number));
    }
    try {
      return indicate(
          list
              ? BlockContents.readValues(gathered.octets(), attributes.size(), agreed.limits())
              : List.of(BlockContents.readValue(gathered.octets(), agreed.limits())));
    } catch (ApduException e) {
      // All blocks are there, and what they hold is no value.
      return last(failure(invokeId, DataAccessResult.LONG_SET_ABORTED, number));
    }
  }

  @Override
  boolean isContinuedBy(Apdu apdu) {
    return apdu instanceof SetRequestWithDataBlock;
  }

  @Override
  ServerStep receive(Apdu apdu) {
    SetRequestWithDataBlock further = (SetRequestWithDataBlock) apdu;
    return complete ? goOn(noLongSet(further)) : take(further.block());
  }

  /** A block comes where no SET in blocks is going on. */
  static Apdu noLongSet(SetRequestWithDataBlock further) {
    return failure(
        further.invokeIdAndPriority(),
        DataAccessResult.NO_LONG_SET_IN_PROGRESS,
        further.block().blockNumber());
  }

  private static Apdu failure(
      InvokeIdAndPriority invokeId, DataAccessResult result, long blockNumber) {
    return new SetResponseLastDataBlock(invokeId, result, blockNumber);
  }

  @Override
  boolean takes(int item, ItemResult result) {
    return isWritten(result);
  }

  @Override
  ServerStep answer(List<ItemResult> results) {
    List<DataAccessResult> written = results.stream().map(ServerExchange::written).toList();
    if (firstBlock == null) {
      return lastIfItFits(
          list
              ? new SetResponseWithList(invokeId, written)
              : new SetResponseNormal(invokeId, written.get(0)));
    }
    long number = Math.max(firstBlock.blockNumber(), gathered.blocks());
    return lastIfItFits(
        list
            ? new SetResponseLastDataBlockWithList(invokeId, written, number)
            : new SetResponseLastDataBlock(invokeId, written.get(0), number));
  }
}
