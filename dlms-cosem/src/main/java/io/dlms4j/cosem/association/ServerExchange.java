package io.dlms4j.cosem.association;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.apdu.Quirk;
import java.util.List;

/**
 * One request that a server has been asked, from its first APDU to the last of its answer. It knows
 * one service, and nothing of queues or of other requests.
 */
abstract class ServerExchange {
  final Terms terms;
  final Agreement agreed;

  /** What an exchange works under. */
  record Terms(Agreement agreed, ServerAssociationConfig config, StreamFaults faults) {}

  /** Told of what an application's stream threw. */
  interface StreamFaults {
    void failed(ServiceRequest service, int item, RuntimeException cause);
  }

  ServerExchange(Terms terms) {
    this.terms = terms;
    this.agreed = terms.agreed();
  }

  /** Takes the first APDU, which it was made of. */
  abstract ServerStep begin();

  /** Whether a further APDU with the same key belongs to this service. */
  abstract boolean isContinuedBy(Apdu apdu);

  /** Takes a further APDU. */
  abstract ServerStep receive(Apdu apdu);

  /**
   * Whether a result makes sense for an item.
   *
   * @param item which item, from 0
   */
  abstract boolean takes(int item, ItemResult result);

  /** All items have their results. */
  abstract ServerStep answer(List<ItemResult> results);

  final ServerStep last(Apdu apdu) {
    return new ServerStep.Reply(agreed.encode(apdu), true);
  }

  final ServerStep goOn(Apdu apdu) {
    return new ServerStep.Reply(agreed.encode(apdu), false);
  }

  /** There is no form in which the answer could be sent. */
  final ServerStep tooLong() {
    return last(
        new ExceptionResponse(
            ExceptionResponse.StateError.SERVICE_NOT_ALLOWED,
            ExceptionResponse.ServiceError.PDU_TOO_LONG));
  }

  /** An answer without a value: if not even that fits, the client is told so. */
  final ServerStep lastIfItFits(Apdu apdu) {
    Octets octets = agreed.encode(apdu);
    return octets.length() <= agreed.longestWhole()
        ? new ServerStep.Reply(octets, true)
        : tooLong();
  }

  final BlockSender sender(DataStream stream) {
    return new BlockSender(
        stream, terms.config().quirks().contains(Quirk.WHOLE_ELEMENTS_IN_BLOCKS));
  }

  final RawData rawData() {
    return new RawData(terms.config().maxRequestOctets());
  }

  static Octets header(int... octets) {
    AxdrWriter header = new AxdrWriter(octets.length);
    for (int octet : octets) {
      header.writeUnsigned8(octet);
    }
    return header.toOctets();
  }

  /** Whether a selection is used that was not agreed on. */
  final boolean selectsInVain(List<AttributeWithSelection> attributes) {
    return !agreed.has(Conformance.SELECTIVE_ACCESS)
        && attributes.stream().anyMatch(each -> each.selectiveAccess() != null);
  }

  /** What is written says success or why not. */
  static boolean isWritten(ItemResult result) {
    return result instanceof ItemResult.Success || result instanceof ItemResult.Refused;
  }

  static DataAccessResult written(ItemResult result) {
    return result instanceof ItemResult.Refused refused
        ? refused.result()
        : DataAccessResult.SUCCESS;
  }
}
