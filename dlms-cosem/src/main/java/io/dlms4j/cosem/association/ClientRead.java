package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataBlock;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.ReadRequest;
import io.dlms4j.cosem.apdu.ReadResponse;
import io.dlms4j.cosem.apdu.ReadResult;
import io.dlms4j.cosem.apdu.ShortNameBlockContents;
import io.dlms4j.cosem.apdu.VariableAccess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Read, both ways in one APDU or in blocks (Green Book 9.4.6). The blocks, one after the other, are
 * what the whole APDU has behind its tag.
 */
final class ClientRead extends ClientExchange {
  private static final int MOST_BLOCKS = 0xFFFF;

  private final ServiceRequest.Read service;
  private final RawData gathered;
  private @Nullable Outgoing blocks;

  ClientRead(Agreement agreed, ServiceRequest.Read service) {
    super(agreed);
    this.service = service;
    this.gathered = new RawData(agreed.limits().maxOctets());
  }

  @Override
  Octets begin() {
    requireList(service.items());
    requireParameterized(agreed, service.variables());
    ReadRequest request = new ReadRequest(service.variables());
    Octets whole = agreed.encode(request);
    if (agreed.fits(whole)) {
      return whole;
    }
    if (!agreed.hasBlocks(Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ)) {
      return whole(whole);
    }
    Outgoing started = new Outgoing(ShortNameBlockContents.of(request));
    blocks = started;
    return started.next(ClientRead::block);
  }

  static void requireParameterized(Agreement agreed, List<VariableAccess> variables) {
    for (VariableAccess variable : variables) {
      if (variable instanceof VariableAccess.ParameterizedAccess
          && !agreed.has(Conformance.PARAMETERIZED_ACCESS)) {
        throw local("the association has not agreed on " + Conformance.PARAMETERIZED_ACCESS);
      }
    }
  }

  private static Apdu block(DataBlock block) {
    return new ReadRequest(
        List.of(
            new VariableAccess.ReadDataBlockAccess(
                block.lastBlock(), number(block.blockNumber()), block.rawData())));
  }

  /** Numbers of short-name blocks have 16 bits. */
  static int number(long blockNumber) {
    if (blockNumber > MOST_BLOCKS) {
      throw local("the request needs more than " + MOST_BLOCKS + " blocks");
    }
    return (int) blockNumber;
  }

  @Override
  ClientStep receive(Apdu answer) {
    if (!(answer instanceof ReadResponse response)) {
      throw otherService("a Read", answer);
    }
    List<ReadResult> results = response.results();
    if (results.size() == 1) {
      ReadResult only = results.get(0);
      Outgoing sending = blocks;
      if (only instanceof ReadResult.BlockNumber due && sending != null) {
        return new ClientStep.Ask(sending.acknowledged(due.blockNumber(), ClientRead::block));
      }
      if (only instanceof ReadResult.DataBlockResult block) {
        return receiveBlock(block);
      }
      if (only instanceof ReadResult.Failure failure) {
        // Of the variable; or of all of them, or of the transfer.
        return new ClientStep.Done(
            new ServiceResponse.Data(
                Collections.nCopies(service.items(), new GetDataResult.Failure(failure.result()))));
      }
    }
    if (gathered.blocks() > 0) {
      throw breach("the server sent a whole answer after " + gathered.blocks() + " blocks of it");
    }
    return done(results);
  }

  private ClientStep receiveBlock(ReadResult.DataBlockResult block) {
    requireSent();
    gather(gathered, block.blockNumber(), block.rawData());
    if (!block.lastBlock()) {
      return new ClientStep.Ask(
          agreed.encode(
              new ReadRequest(
                  List.of(new VariableAccess.BlockNumberAccess(number(gathered.blocks()))))));
    }
    return done(
        ShortNameBlockContents.readReadResponse(gathered.octets(), agreed.limits()).results());
  }

  private ClientStep done(List<ReadResult> results) {
    requireSent();
    requireResults(results.size(), service.items());
    List<GetDataResult> values = new ArrayList<>();
    for (ReadResult result : results) {
      if (result instanceof ReadResult.Data data) {
        values.add(new GetDataResult.Data(data.value()));
      } else if (result instanceof ReadResult.Failure failure) {
        values.add(new GetDataResult.Failure(failure.result()));
      } else {
        throw breach("the server answered a Read with a block that is not due");
      }
    }
    return new ClientStep.Done(new ServiceResponse.Data(values));
  }

  private void requireSent() {
    if (blocks != null && !blocks.isSent()) {
      throw breach("the server answered a Read before its last block");
    }
  }
}
