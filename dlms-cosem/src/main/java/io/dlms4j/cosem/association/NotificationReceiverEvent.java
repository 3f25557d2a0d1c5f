package io.dlms4j.cosem.association;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link NotificationReceiver} tells the layer above it. */
public sealed interface NotificationReceiverEvent {
  /**
   * A notification has come, and is as well protected as the configuration asks.
   *
   * @param number names it for {@link NotificationReceiver#confirm}
   * @param notification a DataNotification, an EventNotification or an InformationReport
   * @param originator who has proved to have sent it; null if nothing proves that
   * @param protection what it had; unmodifiable, empty if it came in clear
   * @param inBlocks whether it came by general block transfer
   */
  record Received(
      long number,
      Apdu notification,
      @Nullable SystemTitle originator,
      Set<Protection> protection,
      boolean inBlocks)
      implements NotificationReceiverEvent {
    /** Keeps a copy of the protection. */
    public Received {
      protection = Set.copyOf(protection);
    }
  }

  /**
   * Something is protected by whoever calls itself so: {@link NotificationReceiver#useKeys} or
   * {@link NotificationReceiver#refuseKeys} is to be called.
   *
   * @param own this side
   * @param originator the peer, of which nothing has been proved
   */
  record KeysWanted(SystemTitle own, SystemTitle originator) implements NotificationReceiverEvent {}

  /**
   * Something has come that is not taken; nobody has been told.
   *
   * @param claimed whom it says to be from; null if it does not say
   * @param cause why
   */
  record Refused(@Nullable SystemTitle claimed, DlmsException cause)
      implements NotificationReceiverEvent {}

  /**
   * Something has begun and was not finished, or there was no room for it; nobody has been told.
   *
   * @param cause why
   */
  record Unfinished(DlmsException cause) implements NotificationReceiverEvent {}
}
