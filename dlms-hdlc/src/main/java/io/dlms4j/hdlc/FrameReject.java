package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;

/**
 * The information field of FRMR: which frame was rejected, and why (ISO/IEC 13239 5.5.3.2).
 *
 * @param control control field of the rejected frame, 0..255
 * @param sendState V(S) of the station that rejects, 0..7
 * @param receiveState V(R) of the station that rejects, 0..7
 * @param responseRejected whether the rejected frame was a response (C/R bit)
 * @param undefinedControl w: the control field is not known
 * @param informationNotAllowed x: the frame must not carry an information field
 * @param informationTooLong y: the information field, or the payload it is part of, is too long
 * @param invalidSequenceNumber z: N(R) acknowledges what was never sent
 */
public record FrameReject(
    int control,
    int sendState,
    int receiveState,
    boolean responseRejected,
    boolean undefinedControl,
    boolean informationNotAllowed,
    boolean informationTooLong,
    boolean invalidSequenceNumber) {
  private static final int LENGTH = 3;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is not within its range
   */
  public FrameReject {
    if (control < 0 || control > 0xFF) {
      throw new IllegalArgumentException("control field " + control + " is not within 0..255");
    }
    FrameCodec.requireModulo8(sendState);
    FrameCodec.requireModulo8(receiveState);
  }

  /**
   * Reads the information field of FRMR.
   *
   * @param information the field
   * @return what it says
   * @throws HdlcException if it is shorter than three octets
   */
  public static FrameReject decode(Payload information) {
    if (information.length() < LENGTH) {
      throw new HdlcException(
          "the information field of FRMR has " + information.length() + " octets instead of 3",
          0,
          "ISO/IEC 13239 5.5.3.2");
    }
    int states = information.at(1);
    int reasons = information.at(2);
    return new FrameReject(
        information.at(0),
        states >>> 1 & 7,
        states >>> 5,
        (states & 0x10) != 0,
        (reasons & 1) != 0,
        (reasons & 2) != 0,
        (reasons & 4) != 0,
        (reasons & 8) != 0);
  }

  /**
   * Writes the information field of FRMR.
   *
   * @return three octets
   */
  public Payload encode() {
    int states = receiveState << 5 | (responseRejected ? 0x10 : 0) | sendState << 1;
    int reasons =
        (undefinedControl ? 1 : 0)
            | (informationNotAllowed ? 2 : 0)
            | (informationTooLong ? 4 : 0)
            | (invalidSequenceNumber ? 8 : 0);
    return Payload.of(new byte[] {(byte) control, (byte) states, (byte) reasons});
  }
}
