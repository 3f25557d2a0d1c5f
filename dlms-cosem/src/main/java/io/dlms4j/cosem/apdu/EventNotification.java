package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import org.jspecify.annotations.Nullable;

/**
 * EventNotificationRequest: a server tells the value of an attribute without being asked (Green
 * Book 9.3.11, 9.5).
 *
 * @param time when it happened: the twelve octets of a date-time, or none; null if left out
 * @param attribute which attribute
 * @param value its value
 */
public record EventNotification(@Nullable Octets time, AttributeRef attribute, EncodedData value)
    implements Apdu {
  /**
   * Checks the time.
   *
   * @throws IllegalArgumentException if it has another length than 0 or 12
   */
  public EventNotification {
    if (time != null) {
      NotificationFields.checkDateTime(time);
    }
  }
}
