package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;

/** What a client's association tells the layer above it. */
public sealed interface ClientAssociationEvent {
  /**
   * The server has accepted the association.
   *
   * @param context what was agreed on
   */
  record Associated(NegotiatedContext context) implements ClientAssociationEvent {}

  /**
   * There will be no association on this link.
   *
   * @param cause why: the server's refusal, no answer in time, or an answer that is none
   */
  record AssociationFailed(DlmsException cause) implements ClientAssociationEvent {}

  /**
   * A part of the value that was asked for. The parts of one request, one after the other, are one
   * encoded Data.
   *
   * @param request the request's name
   * @param octets the part
   * @param last whether it is the last one, which completes the request
   */
  record DataReceived(long request, Octets octets, boolean last)
      implements ClientAssociationEvent {}

  /**
   * A request is over without its value.
   *
   * @param request the request's name
   * @param cause the server's answer, no answer in time, or a breach of the protocol
   */
  record RequestFailed(long request, DlmsException cause) implements ClientAssociationEvent {}
}
