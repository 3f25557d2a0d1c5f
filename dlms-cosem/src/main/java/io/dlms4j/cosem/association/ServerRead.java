package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.DataBlock;
import io.dlms4j.cosem.apdu.ReadRequest;
import io.dlms4j.cosem.apdu.ReadResponse;
import io.dlms4j.cosem.apdu.ReadResult;
import io.dlms4j.cosem.apdu.ShortNameBlockContents;
import io.dlms4j.cosem.apdu.VariableAccess;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Read, both ways in one APDU or in blocks (Green Book 9.4.6). */
final class ServerRead extends ServerExchange {
  private static final int READ_RESPONSE = 0x0C;
  private static final int MOST_BLOCKS = 0xFFFF;

  private final ReadRequest first;
  private final RawData gathered = rawData();
  private ServiceRequest.@Nullable Read service;
  private @Nullable LongAnswer answer;
  private @Nullable ItemStream stream;

  ServerRead(Terms terms, ReadRequest first) {
    super(terms);
    this.first = first;
  }

  @Override
  ServerStep begin() {
    return first.variables().size() == 1
            && first.variables().get(0) instanceof VariableAccess.ReadDataBlockAccess block
        ? take(block)
        : indicate(first.variables());
  }

  private ServerStep indicate(List<VariableAccess> variables) {
    if (variables.isEmpty()) {
      return last(new ReadResponse(List.of()));
    }
    ServiceRequest.Read complete = new ServiceRequest.Read(variables);
    service = complete;
    return new ServerStep.Indicate(complete);
  }

  private ServerStep take(VariableAccess.ReadDataBlockAccess block) {
    switch (gathered.take(block.blockNumber(), block.rawData())) {
      case WRONG_NUMBER -> {
        return last(failure(DataAccessResult.DATA_BLOCK_NUMBER_INVALID));
      }
      case TOO_MUCH -> {
        return last(failure(DataAccessResult.LONG_GET_ABORTED));
      }
      case YES -> {}
    }
    if (!block.lastBlock()) {
      return goOn(new ReadResponse(List.of(new ReadResult.BlockNumber(block.blockNumber()))));
    }
    try {
      List<VariableAccess> variables =
          ShortNameBlockContents.readReadRequest(gathered.octets(), agreed.limits()).variables();
      return ServiceGate.areNames(variables)
          ? indicate(variables)
          : last(failure(DataAccessResult.LONG_GET_ABORTED));
    } catch (ApduException e) {
      // All blocks are there, and what they hold is no request.
      return last(failure(DataAccessResult.LONG_GET_ABORTED));
    }
  }

  @Override
  boolean isContinuedBy(Apdu apdu) {
    return apdu instanceof ReadRequest;
  }

  @Override
  ServerStep receive(Apdu apdu) {
    VariableAccess only = ((ReadRequest) apdu).variables().get(0);
    if (only instanceof VariableAccess.ReadDataBlockAccess block && service == null) {
      return take(block);
    }
    LongAnswer going = answer;
    if (only instanceof VariableAccess.BlockNumberAccess next && going != null) {
      return next.blockNumber() == going.blockNumber()
          ? nextBlock(going)
          : last(failure(DataAccessResult.DATA_BLOCK_NUMBER_INVALID));
    }
    return goOn(failure(DataAccessResult.NO_LONG_GET_IN_PROGRESS));
  }

  private ServerStep nextBlock(LongAnswer going) {
    try {
      if (going.blockNumber() == MOST_BLOCKS) {
        return last(failure(DataAccessResult.LONG_GET_ABORTED));
      }
      Octets block = going.next();
      return new ServerStep.Reply(block, going.isFinished());
    } catch (RuntimeException e) {
      reportFault(stream, e);
      return last(failure(DataAccessResult.LONG_GET_ABORTED));
    }
  }

  private void reportFault(@Nullable ItemStream items, RuntimeException cause) {
    if (service != null) {
      terms.faults().failed(service, items == null ? 0 : items.item(), cause);
    }
  }

  /** Ends a transfer, or says that there is none. */
  static Apdu failure(DataAccessResult result) {
    return new ReadResponse(List.of(new ReadResult.Failure(result)));
  }

  @Override
  boolean takes(int item, ItemResult result) {
    return DataForm.takes(result);
  }

  @Override
  ServerStep answer(List<ItemResult> results) {
    ServiceRequest asked = service;
    if (asked == null) {
      return last(failure(DataAccessResult.OTHER_REASON));
    }
    ItemStream items = new ItemStream(results, true, new DataForm(asked, terms.faults()));
    LongAnswer going =
        new LongAnswer(
            agreed,
            sender(items),
            agreed.rawDataRoom(block(new DataBlock(true, 1, Octets.EMPTY))),
            ServerRead::block);
    Octets header = header(READ_RESPONSE);
    try {
      if (going.fits(header, agreed.maxSendPduSize())) {
        return new ServerStep.Reply(going.whole(header), true);
      }
      if (agreed.hasBlocks(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ) && going.hasRoom()) {
        answer = going;
        stream = items;
        return new ServerStep.Reply(going.next(), going.isFinished());
      }
      return agreed.longApdus()
          ? new ServerStep.Stream(going.stream(header, e -> reportFault(items, e)))
          : refused(results.size());
    } catch (RuntimeException e) {
      reportFault(items, e);
      return refused(results.size());
    }
  }

  private static Apdu block(DataBlock block) {
    return new ReadResponse(
        List.of(
            new ReadResult.DataBlockResult(
                block.lastBlock(), (int) block.blockNumber(), block.rawData())));
  }

  private ServerStep refused(int items) {
    ReadResult failure = new ReadResult.Failure(DataAccessResult.OTHER_REASON);
    return lastIfItFits(new ReadResponse(Collections.nCopies(items, failure)));
  }
}
