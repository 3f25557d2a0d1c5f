package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import org.jspecify.annotations.Nullable;

/** What a {@link GeneralBlockTransferMachine} tells its association. */
sealed interface GeneralBlockTransferEvent {
  /**
   * An APDU has come in blocks.
   *
   * @param apdu the whole of it
   */
  record Received(Octets apdu) implements GeneralBlockTransferEvent {}

  /**
   * The client asks in blocks while a notification was going to it, whose blocks would be taken for
   * one another's: the notification is to be sent again.
   */
  record Postponed() implements GeneralBlockTransferEvent {}

  /**
   * An exchange has ended before its end.
   *
   * @param sent what this side had sent in it; null if nothing
   * @param cause why
   */
  record Failed(@Nullable Purpose sent, DlmsException cause) implements GeneralBlockTransferEvent {}
}
