package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;

/**
 * The octet string date-time of ACCESS, DataNotification and EventNotification: none, or the twelve
 * octets of a date-time (Green Book 9.5; Blue Book 4.1.6.1).
 *
 * <p>Any other length is refused. Where one is seen, the sender has put the tag of a Data in front,
 * and read as a length it would shift everything behind it.
 */
final class NotificationDateTime {
  private static final int LENGTH = 12;

  private NotificationDateTime() {}

  static boolean isLength(int length) {
    return length == 0 || length == LENGTH;
  }

  static void check(Octets dateTime) {
    if (!isLength(dateTime.length())) {
      throw new IllegalArgumentException(
          "a date-time has " + dateTime.length() + " octets, not 0 or 12");
    }
  }
}
