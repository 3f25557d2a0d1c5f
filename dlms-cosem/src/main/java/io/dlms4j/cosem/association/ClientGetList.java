package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.BlockContents;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.GetRequestWithList;
import io.dlms4j.cosem.apdu.GetResponseNormal;
import io.dlms4j.cosem.apdu.GetResponseWithDataBlock;
import io.dlms4j.cosem.apdu.GetResponseWithList;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import java.util.Collections;
import java.util.List;

/**
 * GET of several attributes. The blocks of a long answer, one after the other, are the list of
 * results as a Get-Response-With-List has it (Green Book 9.4.6).
 */
final class ClientGetList extends ClientExchange {
  private final InvokeIdAndPriority invokeId;
  private final ServiceRequest.Get service;
  private final RawData gathered;

  ClientGetList(Agreement agreed, InvokeIdAndPriority invokeId, ServiceRequest.Get service) {
    super(agreed);
    this.invokeId = invokeId;
    this.service = service;
    this.gathered = new RawData(agreed.limits().maxOctets());
  }

  @Override
  Octets begin() {
    requireList(service.items());
    return whole(agreed.encode(new GetRequestWithList(invokeId, service.attributes())));
  }

  @Override
  ClientStep receive(Apdu answer) {
    if (answer instanceof GetResponseWithList list) {
      if (gathered.blocks() > 0) {
        throw breach("the server sent a whole list after " + gathered.blocks() + " blocks of it");
      }
      return done(list.results());
    }
    if (answer instanceof GetResponseWithDataBlock block) {
      return receiveBlock(block);
    }
    if (answer instanceof GetResponseNormal normal
        && normal.result() instanceof GetDataResult.Failure failure) {
      return refused(failure.result());
    }
    throw otherService("a GET of several attributes", answer);
  }

  private ClientStep receiveBlock(GetResponseWithDataBlock block) {
    if (!(block.result() instanceof GetResponseWithDataBlock.RawData raw)) {
      return refused(((GetResponseWithDataBlock.Failure) block.result()).result());
    }
    gather(gathered, block.blockNumber(), raw.octets());
    if (!block.lastBlock()) {
      return new ClientStep.Ask(agreed.encode(new GetRequestNext(invokeId, gathered.blocks())));
    }
    return done(BlockContents.readResults(gathered.octets(), agreed.limits()));
  }

  private ClientStep done(List<GetDataResult> results) {
    requireResults(results.size(), service.items());
    return new ClientStep.Done(new ServiceResponse.Data(results));
  }

  /** One refusal in place of the list is the result of each item. */
  private ClientStep refused(DataAccessResult result) {
    return new ClientStep.Done(
        new ServiceResponse.Data(
            Collections.nCopies(service.items(), new GetDataResult.Failure(result))));
  }
}
