package io.dlms4j.server.push;

/** How pushed data travel: transport_service of send_destination_and_method (Blue Book 4.4.8). */
public enum TransportService {
  /** TCP, with the COSEM wrapper. */
  TCP(0),
  /** UDP, with the COSEM wrapper. */
  UDP(1),
  /** FTP; it can be set, and not be sent by. */
  FTP(2),
  /** SMTP; it can be set, and not be sent by. */
  SMTP(3),
  /** SMS; it can be set, and not be sent by. */
  SMS(4),
  /** HDLC: UI frames, which go over a TCP line here. */
  HDLC(5),
  /** M-Bus; it can be set, and not be sent by. */
  M_BUS(6),
  /** ZigBee; it can be set, and not be sent by. */
  ZIGBEE(7);

  private final int code;

  TransportService(int code) {
    this.code = code;
  }

  /**
   * The number on the wire.
   *
   * @return the value of the enum
   */
  public int code() {
    return code;
  }
}
