package io.dlms4j.cosem.association;

import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import org.jspecify.annotations.Nullable;

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
   * A client asks for an attribute (GET.indication). Answer with {@link ServerAssociation#respond}
   * or {@link ServerAssociation#refuse}, at once or later.
   *
   * @param request names the request in the answer
   * @param attribute what is asked for
   * @param selectiveAccess which part of it; null for all
   */
  record GetIndication(
      long request, AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess)
      implements ServerAssociationEvent {}

  /**
   * A value could not be written to its end; the client has been told.
   *
   * @param attribute what was being sent
   * @param cause what its stream threw
   */
  record StreamFailed(AttributeRef attribute, RuntimeException cause)
      implements ServerAssociationEvent {}

  /** The association is over. */
  record Ended() implements ServerAssociationEvent {}
}
