package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
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
final class ClientSet extends ClientExchange {
  private final InvokeIdAndPriority invokeId;
  private final ServiceRequest.Set service;
  private @Nullable Outgoing blocks;

  ClientSet(Agreement agreed, InvokeIdAndPriority invokeId, ServiceRequest.Set service) {
    super(agreed);
    this.invokeId = invokeId;
    this.service = service;
  }

  private boolean isList() {
    return service.items() > 1;
  }

  @Override
  Octets begin() {
    requireList(service.items());
    List<AttributeWithSelection> attributes = service.attributes();
    List<EncodedData> values = service.values();
    Octets whole =
        agreed.encode(
            isList()
                ? new SetRequestWithList(invokeId, attributes, values)
                : new SetRequestNormal(invokeId, attributes.get(0), values.get(0)));
    if (agreed.fits(whole)) {
      return whole;
    }
    if (!invokeId.isConfirmed()
        || !agreed.hasBlocks(Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE)) {
      return whole(whole);
    }
    Outgoing started = new Outgoing(isList() ? listOf(values) : values.get(0).octets());
    blocks = started;
    return started.next(this::firstBlock);
  }

  /** SEQUENCE OF Data. */
  static Octets listOf(List<EncodedData> values) {
    AxdrWriter list = new AxdrWriter();
    BlockContents.writeValues(list, values);
    return list.toOctets();
  }

  private Apdu firstBlock(DataBlock block) {
    return isList()
        ? new SetRequestWithListAndFirstDataBlock(invokeId, service.attributes(), block)
        : new SetRequestWithFirstDataBlock(invokeId, service.attributes().get(0), block);
  }

  @Override
  ClientStep receive(Apdu answer) {
    Outgoing sending = blocks;
    if (answer instanceof SetResponseDataBlock due && sending != null) {
      return new ClientStep.Ask(
          sending.acknowledged(
              due.blockNumber(), block -> new SetRequestWithDataBlock(invokeId, block)));
    }
    if (answer instanceof SetResponseNormal normal && (sending == null || isRefusal(normal))) {
      return all(normal.result());
    }
    if (answer instanceof SetResponseLastDataBlock last && sending != null) {
      return all(last.result());
    }
    if (answer instanceof SetResponseWithList list && sending == null) {
      return each(list.results());
    }
    if (answer instanceof SetResponseLastDataBlockWithList last && sending != null) {
      return each(last.results());
    }
    throw otherService(sending == null ? "a SET" : "a SET in blocks", answer);
  }

  private static boolean isRefusal(SetResponseNormal response) {
    return response.result() != DataAccessResult.SUCCESS;
  }

  /** One result: of the attribute, or a refusal of the whole list. */
  private ClientStep all(DataAccessResult result) {
    if (result == DataAccessResult.SUCCESS) {
      requireResults(1, service.items());
      requireSent();
    }
    return new ClientStep.Done(
        new ServiceResponse.Written(Collections.nCopies(service.items(), result)));
  }

  private ClientStep each(List<DataAccessResult> results) {
    requireResults(results.size(), service.items());
    requireSent();
    return new ClientStep.Done(new ServiceResponse.Written(results));
  }

  private void requireSent() {
    if (blocks != null && !blocks.isSent()) {
      throw breach("the server answered a SET before its last block");
    }
  }
}
