package io.dlms4j.cosem.association;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.DataNotificationConfirm;

/** What a server's association tells the layer above it. */
public sealed interface ServerAssociationEvent {
  /**
   * A client has associated.
   *
   * @param context what was agreed on
   */
  record Associated(NegotiatedContext context) implements ServerAssociationEvent {}

  /**
   * A client asked for an association and was refused.
   *
   * @param reason why, for the log
   */
  record Refused(String reason) implements ServerAssociationEvent {}

  /**
   * A client asks for a service (.indication). Answer each item with {@link
   * ServerAssociation#answer}, at once or later and in any order; the answer is sent when the last
   * one is there.
   *
   * @param request names the request in the answer
   * @param service what is asked for
   * @param confirmed whether the client wants an answer; if not, the service is to be carried out
   *     all the same, and answers are dropped
   * @param highPriority whether the client gave it high priority
   */
  record ServiceIndication(
      long request, ServiceRequest service, boolean confirmed, boolean highPriority)
      implements ServerAssociationEvent {}

  /**
   * A value could not be written to its end; the client has been told.
   *
   * @param service what was being answered
   * @param item which item of it, from 0
   * @param cause what its stream threw
   */
  record StreamFailed(ServiceRequest service, int item, RuntimeException cause)
      implements ServerAssociationEvent {}

  /**
   * An answer or a notification that went by general block transfer did not arrive as a whole.
   *
   * @param cause why: the client's abort, its silence, or what could not be made
   */
  record TransferFailed(DlmsException cause) implements ServerAssociationEvent {}

  /**
   * The client confirms a DataNotification.
   *
   * @param confirmation names which
   */
  record NotificationConfirmed(DataNotificationConfirm confirmation)
      implements ServerAssociationEvent {}

  /** The association is over. */
  record Ended() implements ServerAssociationEvent {}
}
