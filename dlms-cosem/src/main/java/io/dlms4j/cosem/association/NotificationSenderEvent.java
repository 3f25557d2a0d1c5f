package io.dlms4j.cosem.association;

import io.dlms4j.cosem.DlmsException;

/** How a {@link NotificationSender} has fared with a notification. */
public sealed interface NotificationSenderEvent {
  /**
   * It has gone out: all of its blocks are acknowledged, and so is the notification itself if its
   * service class asks for it.
   *
   * @param confirmed whether the peer has confirmed it
   */
  record Sent(boolean confirmed) implements NotificationSenderEvent {}

  /**
   * It has not arrived, as far as this side knows.
   *
   * @param cause why
   */
  record Failed(DlmsException cause) implements NotificationSenderEvent {}
}
