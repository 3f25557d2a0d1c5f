package io.dlms4j.client;

import io.dlms4j.client.push.ReceivedNotification;
import io.dlms4j.cosem.apdu.Apdu;

/**
 * Takes what the server tells without being asked, on the connection of a client (Green Book 9.3).
 */
@FunctionalInterface
public interface NotificationListener {
  /**
   * Takes a notification, on the line's thread; must not block. A DataNotification whose service
   * class asks for it is confirmed when this returns. If it throws, nothing is confirmed, what was
   * thrown goes to the thread's handler of uncaught exceptions, and the association goes on.
   *
   * @param notification an {@link io.dlms4j.cosem.apdu.EventNotification}, a {@link
   *     io.dlms4j.cosem.apdu.DataNotification} or, with short names, an {@link
   *     io.dlms4j.cosem.apdu.InformationReport}
   */
  void onNotification(Apdu notification);

  /**
   * Takes a notification together with how it has come. Unless overridden it is given to {@link
   * #onNotification(Apdu)}; the same holds for it.
   *
   * @param notification the notification, in the form in which a {@link
   *     io.dlms4j.client.push.PushListener} delivers it
   */
  default void onNotification(ReceivedNotification notification) {
    onNotification(notification.notification());
  }
}
