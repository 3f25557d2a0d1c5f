package io.dlms4j.cosem.association;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ShortNameBlockContents;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.apdu.WriteRequest;
import io.dlms4j.cosem.apdu.WriteResponse;
import io.dlms4j.cosem.apdu.WriteResult;
import java.util.List;

/** Write, in one APDU or in blocks, and UnconfirmedWrite (Green Book 9.4.6). */
final class ServerWrite extends ServerExchange {
  private final List<VariableAccess> variables;
  private final List<EncodedData> values;
  private final RawData gathered = rawData();
  private boolean complete;

  ServerWrite(Terms terms, List<VariableAccess> variables, List<EncodedData> values) {
    super(terms);
    this.variables = variables;
    this.values = values;
  }

  @Override
  ServerStep begin() {
    return isBlock(variables) ? take(variables, values) : indicate(variables, values);
  }

  private static boolean isBlock(List<VariableAccess> variables) {
    return variables.size() == 1 && variables.get(0) instanceof VariableAccess.WriteDataBlockAccess;
  }

  private ServerStep indicate(List<VariableAccess> names, List<EncodedData> data) {
    complete = true;
    return names.isEmpty()
        ? last(new WriteResponse(List.of()))
        : new ServerStep.Indicate(new ServiceRequest.Write(names, data));
  }

  private ServerStep take(List<VariableAccess> access, List<EncodedData> data) {
    VariableAccess.WriteDataBlockAccess block = (VariableAccess.WriteDataBlockAccess) access.get(0);
    if (!(data.get(0).value() instanceof CosemData.OctetStringData raw)) {
      return last(failure(DataAccessResult.TYPE_UNMATCHED));
    }
    switch (gathered.take(block.blockNumber(), raw.value())) {
      case WRONG_NUMBER -> {
        return last(failure(DataAccessResult.DATA_BLOCK_NUMBER_INVALID));
      }
      case TOO_MUCH -> {
        return last(failure(DataAccessResult.LONG_SET_ABORTED));
      }
      case YES -> {}
    }
    if (!block.lastBlock()) {
      return goOn(new WriteResponse(List.of(new WriteResult.BlockNumber(block.blockNumber()))));
    }
    try {
      WriteRequest whole =
          ShortNameBlockContents.readWriteRequest(gathered.octets(), agreed.limits());
      return ServiceGate.areNames(whole.variables())
          ? indicate(whole.variables(), whole.values())
          : last(failure(DataAccessResult.LONG_SET_ABORTED));
    } catch (ApduException e) {
      // All blocks are there, and what they hold is no request.
      return last(failure(DataAccessResult.LONG_SET_ABORTED));
    }
  }

  @Override
  boolean isContinuedBy(Apdu apdu) {
    return apdu instanceof WriteRequest;
  }

  @Override
  ServerStep receive(Apdu apdu) {
    WriteRequest further = (WriteRequest) apdu;
    return complete
        ? goOn(failure(DataAccessResult.NO_LONG_SET_IN_PROGRESS))
        : take(further.variables(), further.values());
  }

  /** Ends a transfer, or says that there is none. */
  static Apdu failure(DataAccessResult result) {
    return new WriteResponse(List.of(new WriteResult.Failure(result)));
  }

  @Override
  boolean takes(int item, ItemResult result) {
    return isWritten(result);
  }

  @Override
  ServerStep answer(List<ItemResult> results) {
    return lastIfItFits(new WriteResponse(results.stream().map(ServerWrite::result).toList()));
  }

  private static WriteResult result(ItemResult result) {
    DataAccessResult written = written(result);
    return written == DataAccessResult.SUCCESS
        ? new WriteResult.Success()
        : new WriteResult.Failure(written);
  }
}
