package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The three octets that the LLC sublayer puts before every APDU (Green Book 8.3): destination LSAP,
 * source LSAP, quality.
 */
public enum LlcHeader {
  /** From client to server: E6 E6 00. */
  COMMAND(0xE6),
  /** From server to client: E6 E7 00. */
  RESPONSE(0xE7);

  /** How many octets the header has. */
  public static final int LENGTH = 3;

  private static final int DESTINATION_LSAP = 0xE6;

  private final int sourceLsap;

  LlcHeader(int sourceLsap) {
    this.sourceLsap = sourceLsap;
  }

  /**
   * The header as it is sent.
   *
   * @return three octets
   */
  public Payload octets() {
    return Payload.of(new byte[] {(byte) DESTINATION_LSAP, (byte) sourceLsap, 0});
  }

  /**
   * Whether octets begin with this header. The quality octet is reserved and not looked at.
   *
   * @param information what an information field, or all segments of one, carried
   * @return whether an APDU follows after {@link #LENGTH} octets
   */
  public boolean begins(Payload information) {
    return begins(information.array(), information.offset(), information.length());
  }

  boolean begins(byte[] octets, int offset, int length) {
    return length >= LENGTH
        && (octets[offset] & 0xFF) == DESTINATION_LSAP
        && (octets[offset + 1] & 0xFF) == sourceLsap;
  }

  /** The APDU of a UI frame, in an array of its own, or null if there is none. */
  @Nullable Payload strip(ReceivedFrame frame) {
    return frame.informationBegins(this) ? Payload.of(frame.copyOfInformation(LENGTH)) : null;
  }

  /** Writes a UI frame. */
  Payload unnumbered(HdlcAddress destination, HdlcAddress source, boolean pollFinal, Payload apdu) {
    return FrameCodec.encode(
        new HdlcFrame.Ui(destination, source, pollFinal, Payload.EMPTY), octets(), apdu);
  }
}
