package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;

/**
 * Data-Notification: a server pushes data (Green Book 9.3.10, 9.5).
 *
 * @param longInvokeIdAndPriority numbers the notifications; confirmed if an answer is expected
 * @param dateTime when it was made: none, or the twelve octets of a date-time
 * @param body the data; what they mean is for a Push setup object to say (Blue Book 4.4.8)
 */
public record DataNotification(
    LongInvokeIdAndPriority longInvokeIdAndPriority, Octets dateTime, EncodedData body)
    implements Apdu {
  /**
   * Checks the date-time.
   *
   * @throws IllegalArgumentException if it has another length than 0 or 12
   */
  public DataNotification {
    NotificationFields.checkDateTime(dateTime);
  }
}
