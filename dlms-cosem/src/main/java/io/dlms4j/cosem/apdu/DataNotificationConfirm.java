package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;

/**
 * Data-Notification-Confirm: a client has got a confirmed {@link DataNotification} (Green Book
 * 9.3.10, 9.5).
 *
 * @param longInvokeIdAndPriority that of the notification
 * @param dateTime when it was made: none, or the twelve octets of a date-time
 */
public record DataNotificationConfirm(
    LongInvokeIdAndPriority longInvokeIdAndPriority, Octets dateTime) implements Apdu {
  /**
   * Checks the date-time.
   *
   * @throws IllegalArgumentException if it has another length than 0 or 12
   */
  public DataNotificationConfirm {
    NotificationFields.checkDateTime(dateTime);
  }
}
