package io.dlms4j.cosem.association;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
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
import io.dlms4j.cosem.apdu.BlockContents;
import io.dlms4j.cosem.apdu.DataBlock;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ACTION of one method or several, both ways in one APDU or in blocks (Green Book 9.4.6). The
 * blocks of a long answer, one after the other, are what an Action-Response-Normal or -With-List
 * has behind its invoke-id.
 */
final class ClientAction extends ClientExchange {
  private final InvokeIdAndPriority invokeId;
  private final ServiceRequest.Action service;
  private final RawData gathered;
  private @Nullable Outgoing blocks;

  ClientAction(Agreement agreed, InvokeIdAndPriority invokeId, ServiceRequest.Action service) {
    super(agreed);
    this.invokeId = invokeId;
    this.service = service;
    this.gathered = new RawData(agreed.limits().maxOctets());
  }

  private boolean isList() {
    return service.items() > 1;
  }

  @Override
  Octets begin() {
    requireList(service.items());
    EncodedData parameters = service.parameters().get(0);
    List<EncodedData> list = listedParameters();
    Octets whole =
        agreed.encode(
            isList()
                ? new ActionRequestWithList(invokeId, service.methods(), list)
                : new ActionRequestNormal(invokeId, service.methods().get(0), parameters));
    if (agreed.fits(whole)) {
      return whole;
    }
    if (!invokeId.isConfirmed()
        || !agreed.hasBlocks(Conformance.BLOCK_TRANSFER_WITH_ACTION)
        || (!isList() && parameters == null)) {
      return whole(whole);
    }
    Outgoing started = new Outgoing(isList() ? ClientSet.listOf(list) : list.get(0).octets());
    blocks = started;
    return started.next(this::firstBlock);
  }

  private List<EncodedData> listedParameters() {
    List<EncodedData> list = new ArrayList<>();
    for (EncodedData each : service.parameters()) {
      list.add(each == null ? EncodedData.of(CosemData.nullData()) : each);
    }
    return list;
  }

  private Apdu firstBlock(DataBlock block) {
    return isList()
        ? new ActionRequestWithListAndFirstPBlock(invokeId, service.methods(), block)
        : new ActionRequestWithFirstPBlock(invokeId, service.methods().get(0), block);
  }

  @Override
  ClientStep receive(Apdu answer) {
    Outgoing sending = blocks;
    if (answer instanceof ActionResponseNextPBlock due && sending != null) {
      return new ClientStep.Ask(
          sending.acknowledged(
              due.blockNumber(), block -> new ActionRequestWithPBlock(invokeId, block)));
    }
    if (answer instanceof ActionResponseNormal normal) {
      return all(normal.response());
    }
    if (answer instanceof ActionResponseWithList list) {
      return each(list.responses());
    }
    if (answer instanceof ActionResponseWithPBlock block) {
      return receiveBlock(block.block());
    }
    throw otherService("an ACTION", answer);
  }

  private ClientStep receiveBlock(DataBlock block) {
    requireSent();
    gather(gathered, block.blockNumber(), block.rawData());
    if (!block.lastBlock()) {
      return new ClientStep.Ask(
          agreed.encode(new ActionRequestNextPBlock(invokeId, gathered.blocks())));
    }
    Octets contents = gathered.octets();
    return done(
        isList()
            ? BlockContents.readResponses(contents, agreed.limits())
            : List.of(BlockContents.readResponse(contents, agreed.limits())));
  }

  /** One result: of the method, or a refusal of the whole list, or of the transfer. */
  private ClientStep all(ActionResponseWithOptionalData response) {
    if (response.result() == ActionResult.SUCCESS) {
      requireWhole();
      requireResults(1, service.items());
    }
    return done(Collections.nCopies(service.items(), response));
  }

  private ClientStep each(List<ActionResponseWithOptionalData> responses) {
    requireWhole();
    return done(responses);
  }

  private ClientStep done(List<ActionResponseWithOptionalData> responses) {
    requireResults(responses.size(), service.items());
    return new ClientStep.Done(new ServiceResponse.Invoked(responses));
  }

  private void requireWhole() {
    requireSent();
    if (gathered.blocks() > 0) {
      throw breach("the server sent a whole answer after " + gathered.blocks() + " blocks of it");
    }
  }

  private void requireSent() {
    if (blocks != null && !blocks.isSent()) {
      throw breach("the server answered an ACTION before its last block");
    }
  }
}
