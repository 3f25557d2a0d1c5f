package io.dlms4j.cosem.association;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataBlock;
import io.dlms4j.cosem.apdu.ShortNameBlockContents;
import io.dlms4j.cosem.apdu.UnconfirmedWriteRequest;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.apdu.WriteRequest;
import io.dlms4j.cosem.apdu.WriteResponse;
import io.dlms4j.cosem.apdu.WriteResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Write, in one APDU or in blocks, and UnconfirmedWrite (Green Book 9.4.6). The blocks, one after
 * the other, are what the whole APDU has behind its tag.
 */
final class ClientWrite extends ClientExchange {
  private final ServiceRequest.Write service;
  private final boolean confirmed;
  private @Nullable Outgoing blocks;

  ClientWrite(Agreement agreed, ServiceRequest.Write service, boolean confirmed) {
    super(agreed);
    this.service = service;
    this.confirmed = confirmed;
  }

  @Override
  Octets begin() {
    requireList(service.items());
    ClientRead.requireParameterized(agreed, service.variables());
    if (!confirmed) {
      require(Conformance.UNCONFIRMED_WRITE);
      return whole(
          agreed.encode(new UnconfirmedWriteRequest(service.variables(), service.values())));
    }
    WriteRequest request = new WriteRequest(service.variables(), service.values());
    Octets whole = agreed.encode(request);
    if (agreed.fits(whole)) {
      return whole;
    }
    if (!agreed.hasBlocks(Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE)) {
      return whole(whole);
    }
    Outgoing started = new Outgoing(ShortNameBlockContents.of(request));
    blocks = started;
    return started.next(ClientWrite::block);
  }

  private static Apdu block(DataBlock block) {
    return new WriteRequest(
        List.of(
            new VariableAccess.WriteDataBlockAccess(
                block.lastBlock(), ClientRead.number(block.blockNumber()))),
        List.of(EncodedData.of(CosemData.octetString(block.rawData()))));
  }

  @Override
  ClientStep receive(Apdu answer) {
    if (!(answer instanceof WriteResponse response)) {
      throw otherService("a Write", answer);
    }
    List<WriteResult> results = response.results();
    Outgoing sending = blocks;
    if (results.size() == 1) {
      WriteResult only = results.get(0);
      if (only instanceof WriteResult.BlockNumber due && sending != null) {
        return new ClientStep.Ask(sending.acknowledged(due.blockNumber(), ClientWrite::block));
      }
      if (only instanceof WriteResult.Failure failure) {
        // Of the variable; or of all of them, or of the transfer.
        return new ClientStep.Done(
            new ServiceResponse.Written(Collections.nCopies(service.items(), failure.result())));
      }
    }
    if (sending != null && !sending.isSent()) {
      throw breach("the server answered a Write before its last block");
    }
    requireResults(results.size(), service.items());
    List<DataAccessResult> written = new ArrayList<>();
    for (WriteResult result : results) {
      if (result instanceof WriteResult.Success) {
        written.add(DataAccessResult.SUCCESS);
      } else if (result instanceof WriteResult.Failure failure) {
        written.add(failure.result());
      } else {
        throw breach("the server answered a Write with a block that is not due");
      }
    }
    return new ClientStep.Done(new ServiceResponse.Written(written));
  }
}
