package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;

/** EventNotificationRequest, Data-Notification and Data-Notification-Confirm. */
final class NotificationCodec {
  private NotificationCodec() {}

  static EventNotification readEventNotification(AxdrReader reader) {
    Octets time = reader.readPresence() ? NotificationFields.readDateTime(reader) : null;
    return new EventNotification(
        time, ServiceFields.readAttribute(reader), EncodedData.read(reader));
  }

  static void writeEventNotification(AxdrWriter writer, EventNotification notification) {
    Octets time = notification.time();
    writer.writeUnsigned8(ApduTag.EVENT_NOTIFICATION_REQUEST).writePresence(time != null);
    if (time != null) {
      writer.writeOctetString(time);
    }
    ServiceFields.writeAttribute(writer, notification.attribute());
    writer.writeData(notification.value());
  }

  static DataNotification readDataNotification(AxdrReader reader) {
    return new DataNotification(
        NotificationFields.readLongInvokeId(reader),
        NotificationFields.readDateTime(reader),
        EncodedData.read(reader));
  }

  static void writeDataNotification(AxdrWriter writer, DataNotification notification) {
    writer
        .writeUnsigned8(ApduTag.DATA_NOTIFICATION)
        .writeUnsigned32(notification.longInvokeIdAndPriority().bits())
        .writeOctetString(notification.dateTime())
        .writeData(notification.body());
  }

  static DataNotificationConfirm readDataNotificationConfirm(AxdrReader reader) {
    return new DataNotificationConfirm(
        NotificationFields.readLongInvokeId(reader), NotificationFields.readDateTime(reader));
  }

  static void writeDataNotificationConfirm(AxdrWriter writer, DataNotificationConfirm confirm) {
    writer
        .writeUnsigned8(ApduTag.DATA_NOTIFICATION_CONFIRM)
        .writeUnsigned32(confirm.longInvokeIdAndPriority().bits())
        .writeOctetString(confirm.dateTime());
  }
}
