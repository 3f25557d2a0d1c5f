package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
   * A part of the value that was asked for by a GET of one attribute. The parts of one request, one
   * after the other, are one encoded Data.
   *
   * @param request the request's name
   * @param octets the part
   * @param last whether it is the last one, which completes the request
   */
  record DataReceived(long request, Octets octets, boolean last)
      implements ClientAssociationEvent {}

  /**
   * A request is over with a result for each of its items. A GET of one attribute has its value in
   * {@link DataReceived} instead.
   *
   * @param request the request's name
   * @param response what the server answered; an item of it may well have failed
   */
  record Responded(long request, ServiceResponse response) implements ClientAssociationEvent {}

  /**
   * A request that was not to be confirmed has been given to the link, and is over.
   *
   * @param request the request's name
   */
  record Sent(long request) implements ClientAssociationEvent {}

  /**
   * The server tells something that it was not asked for: an {@link
   * io.dlms4j.cosem.apdu.EventNotification}, an {@link io.dlms4j.cosem.apdu.InformationReport}, or
   * a {@link io.dlms4j.cosem.apdu.DataNotification}, which may have to be confirmed.
   *
   * @param notification the APDU
   * @param originator the server, if its keys have proved that it is from there; else null
   * @param protection how it was protected; unmodifiable, empty if it came in clear
   * @param inBlocks whether it came by general block transfer
   */
  record NotificationReceived(
      Apdu notification,
      @Nullable SystemTitle originator,
      Set<Protection> protection,
      boolean inBlocks)
      implements ClientAssociationEvent {
    /** Keeps a copy of the protection. */
    public NotificationReceived {
      protection = Set.copyOf(protection);
    }

    /**
     * One that came in clear, and whole.
     *
     * @param notification the APDU
     */
    public NotificationReceived(Apdu notification) {
      this(notification, null, Set.of(), false);
    }
  }

  /**
   * The association has been released as {@link ClientAssociation#release} asked.
   *
   * @param answered whether the server has said so; if not, it did not answer in time, and the
   *     association is over on this side alone
   */
  record Released(boolean answered) implements ClientAssociationEvent {}

  /**
   * A request is over without its result.
   *
   * @param request the request's name
   * @param cause the server's answer, no answer in time, or a breach of the protocol
   */
  record RequestFailed(long request, DlmsException cause) implements ClientAssociationEvent {}
}
