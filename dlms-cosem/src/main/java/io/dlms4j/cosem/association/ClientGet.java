package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.GetRequestNormal;
import io.dlms4j.cosem.apdu.GetResponseNormal;
import io.dlms4j.cosem.apdu.GetResponseWithDataBlock;
import io.dlms4j.cosem.apdu.GetResponseWithList;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;

/** GET of one attribute, whose value is passed on part by part (Green Book 9.4.6). */
final class ClientGet extends ClientExchange {
  private final InvokeIdAndPriority invokeId;
  private final AttributeWithSelection asked;
  private final boolean unlimited;

  private long blocks;
  private long octets;

  ClientGet(
      Agreement agreed,
      InvokeIdAndPriority invokeId,
      AttributeWithSelection asked,
      boolean unlimited) {
    super(agreed);
    this.invokeId = invokeId;
    this.asked = asked;
    this.unlimited = unlimited;
  }

  @Override
  Octets begin() {
    return whole(
        agreed.encode(new GetRequestNormal(invokeId, asked.attribute(), asked.selectiveAccess())));
  }

  @Override
  ClientStep receive(Apdu answer) {
    if (answer instanceof GetResponseNormal normal) {
      return receiveNormal(normal);
    }
    if (answer instanceof GetResponseWithDataBlock block) {
      return receiveBlock(block);
    }
    if (answer instanceof GetResponseWithList) {
      throw breach("the server answered a GET of one attribute with a list");
    }
    throw otherService("a GET", answer);
  }

  private ClientStep receiveNormal(GetResponseNormal response) {
    if (response.result() instanceof GetDataResult.Data data) {
      if (blocks > 0) {
        throw breach("the server sent a whole value after " + blocks + " blocks of it");
      }
      return new ClientStep.LastPart(data.value().octets());
    }
    throw refusal(((GetDataResult.Failure) response.result()).result());
  }

  private ClientStep receiveBlock(GetResponseWithDataBlock block) {
    if (!(block.result() instanceof GetResponseWithDataBlock.RawData raw)) {
      throw refusal(((GetResponseWithDataBlock.Failure) block.result()).result());
    }
    if (block.blockNumber() != blocks + 1) {
      throw wrongBlock(block.blockNumber(), blocks + 1);
    }
    blocks++;
    // An empty block counts as one octet, so that a server that sends nothing else is not listened
    // to for ever.
    octets += Math.max(1, raw.octets().length());
    if (!unlimited && octets > agreed.limits().maxOctets()) {
      throw breach(
          "the server sent more than the "
              + agreed.limits().maxOctets()
              + " octets that are taken of one value");
    }
    return block.lastBlock()
        ? new ClientStep.LastPart(raw.octets())
        : new ClientStep.Part(raw.octets(), agreed.encode(new GetRequestNext(invokeId, blocks)));
  }

  private DataAccessException refusal(DataAccessResult result) {
    return new DataAccessException(asked.attribute(), result);
  }
}
