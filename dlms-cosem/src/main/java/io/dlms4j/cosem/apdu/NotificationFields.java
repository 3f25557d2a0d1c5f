package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.Octets;

/** The parts that ACCESS and the notifications have in common (Green Book 9.5). */
final class NotificationFields {
  private static final int DATE_TIME_OCTETS = 12;

  private NotificationFields() {}

  static LongInvokeIdAndPriority readLongInvokeId(AxdrReader reader) {
    return new LongInvokeIdAndPriority(reader.readUnsigned32());
  }

  /**
   * Reads the octet string date-time: none, or the twelve octets of a date-time.
   *
   * <p>Any other length is refused, where it stands. Where one is seen, the sender has put the tag
   * of a Data in front, and read as a length it would shift everything behind it.
   */
  static Octets readDateTime(AxdrReader reader) {
    int at = reader.position();
    int length = reader.readLength();
    if (!isDateTimeLength(length)) {
      throw new AxdrException(
          AxdrException.Kind.MALFORMED,
          at,
          "a date-time has " + length + " octets, not 0 or 12",
          "Green Book 9.5; Blue Book 4.1.6.1");
    }
    return reader.readOctets(length);
  }

  static void checkDateTime(Octets dateTime) {
    if (!isDateTimeLength(dateTime.length())) {
      throw new IllegalArgumentException(
          "a date-time has " + dateTime.length() + " octets, not 0 or 12");
    }
  }

  private static boolean isDateTimeLength(int length) {
    return length == 0 || length == DATE_TIME_OCTETS;
  }
}
