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
   * An exchange has ended before its end.
   *
   * @param sent what this side had sent in it; null if nothing
   * @param cause why
   */
  record Failed(@Nullable Purpose sent, DlmsException cause) implements GeneralBlockTransferEvent {}
}
