package io.dlms4j.cosem.association;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.DataNotificationConfirm;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.Set;

/** What a server's association tells the layer above it. */
public sealed interface ServerAssociationEvent {
  /**
   * A client has associated.
   *
   * @param context what was agreed on
   */
  record Associated(NegotiatedContext context) implements ServerAssociationEvent {}

  /**
   * A client asked for an association and was refused, or has not got through its opening.
   *
   * @param reason why, for the log
   * @param authenticationFailed whether the client did not prove who it is: with a wrong password,
   *     secret or key
   */
  record Refused(String reason, boolean authenticationFailed) implements ServerAssociationEvent {}

  /**
   * A client asks for an association, for which keys are needed. Answer with {@link
   * ServerAssociation#useKeys} or {@link ServerAssociation#refuseKeys}, at once or later.
   *
   * @param server who we are
   * @param client who the client says it is: nothing of it has been proved yet
   */
  record KeysWanted(SystemTitle server, SystemTitle client) implements ServerAssociationEvent {}

  /**
   * A message of the client's was not taken, or an answer could not be protected. The client has
   * been told as much as it may know.
   *
   * @param cause why, for the log
   */
  record MessageRefused(ProtectionException cause) implements ServerAssociationEvent {}

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
   * @param protection how well the request was protected; unmodifiable, empty if not at all
   */
  record ServiceIndication(
      long request,
      ServiceRequest service,
      boolean confirmed,
      boolean highPriority,
      Set<Protection> protection)
      implements ServerAssociationEvent {
    /** Keeps a copy of the set. */
    public ServiceIndication {
      protection = Set.copyOf(protection);
    }
  }

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
