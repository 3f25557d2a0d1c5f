package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.Octets;

/**
 * send_destination_and_method: where pushed data go, and how (Blue Book 4.4.8).
 *
 * @param transportService 0 TCP, 1 UDP, 2 FTP, 3 SMTP, 4 SMS, 5 HDLC, 6 M-Bus, 7 ZigBee, 8 DLMS
 *     gateway; from 200 on a manufacturer's own
 * @param destination address in the form of the service, such as {@code 192.0.2.7:4059} in ASCII
 * @param message 0 for xDLMS APDUs in A-XDR, 1 in XML; from 128 on a manufacturer's own
 */
public record SendDestination(int transportService, Octets destination, int message) {
  /** Its type. */
  public static final ValueType<SendDestination> TYPE =
      ValueType.structure(
          "send_destination_and_method",
          in ->
              new SendDestination(
                  in.next(ValueType.ENUM),
                  in.next(ValueType.OCTET_STRING),
                  in.next(ValueType.ENUM)),
          field("transport_service", ValueType.ENUM, SendDestination::transportService),
          field("destination", ValueType.OCTET_STRING, SendDestination::destination),
          field("message", ValueType.ENUM, SendDestination::message));
}
