package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;

/** Writes frames to octets and reads them back. */
final class FrameCodec {
  static final int POLL_FINAL = 0x10;
  static final int RR = 0x01;
  static final int RNR = 0x05;
  static final int UI = 0x03;
  static final int DM = 0x0F;
  static final int DISC = 0x43;
  static final int UA = 0x63;
  static final int SNRM = 0x83;
  static final int FRMR = 0x87;

  /** Format field, two addresses of one octet, control field, FCS. */
  static final int MIN_FRAME_LENGTH = 7;

  /** What eleven bits can say. */
  static final int MAX_FRAME_LENGTH = 0x7FF;

  private static final int FORMAT_LENGTH = 2;
  private static final int CHECK_LENGTH = 2;
  private static final String FORMAT_CLAUSE = "Green Book 8.4.2, frame format field";
  private static final String CONTROL_CLAUSE = "Green Book 8.4.2, control field";
  private static final String CHECK_CLAUSE = "Green Book 8.4.2, HCS and FCS";

  private FrameCodec() {}

  static int control(int code, boolean pollFinal) {
    return pollFinal ? code | POLL_FINAL : code;
  }

  static void requireModulo8(int sequenceNumber) {
    if (sequenceNumber < 0 || sequenceNumber > 7) {
      throw new IllegalArgumentException(
          "sequence number " + sequenceNumber + " is not within 0..7");
    }
  }

  /** Whether the first octet of a format field announces format type 3. */
  static boolean isFormatType3(int octet) {
    return (octet & 0xF0) == 0xA0;
  }

  /** The length that the two octets of a format field give. */
  static int frameLength(int first, int second) {
    return (first & 0x07) << 8 | second;
  }

  /** Whether a control field belongs to one of the frames this profile knows. */
  static boolean isDefined(int control) {
    return (control & 1) == 0 || isSupervisory(control) || isUnnumbered(control);
  }

  private static boolean isSupervisory(int control) {
    int code = control & 0x0F;
    return code == RR || code == RNR;
  }

  private static boolean isUnnumbered(int control) {
    return switch (control & ~POLL_FINAL) {
      case UI, DM, DISC, UA, SNRM, FRMR -> true;
      default -> false;
    };
  }

  /** Writes flag, frame, flag; the information field is given in two parts. */
  static Payload encode(HdlcFrame frame, Payload prefix, Payload information) {
    return encode(frame, frame.segmented(), prefix, information);
  }

  /** The same, for a frame of any kind that may be a segment. */
  static Payload encode(HdlcFrame frame, boolean segmented, Payload prefix, Payload information) {
    int informationLength = prefix.length() + information.length();
    if (informationLength > HdlcFrame.MAX_INFORMATION_FIELD_LENGTH) {
      throw new IllegalArgumentException(
          "an information field of " + informationLength + " octets does not fit a frame");
    }
    int header = FORMAT_LENGTH + frame.destination().length() + frame.source().length() + 1;
    int frameLength =
        header + CHECK_LENGTH + (informationLength == 0 ? 0 : CHECK_LENGTH + informationLength);
    byte[] octets = new byte[frameLength + 2];
    octets[0] = HdlcFrame.FLAG;
    octets[1] = (byte) (0xA0 | (segmented ? 0x08 : 0) | frameLength >>> 8);
    octets[2] = (byte) frameLength;
    int at = frame.destination().write(octets, 3);
    at = frame.source().write(octets, at);
    octets[at] = (byte) frame.control();
    at++;
    if (informationLength > 0) {
      Fcs16.append(octets, 1, header);
      at += CHECK_LENGTH;
      at = copy(prefix, octets, at);
      copy(information, octets, at);
    }
    Fcs16.append(octets, 1, frameLength - CHECK_LENGTH);
    octets[frameLength + 1] = HdlcFrame.FLAG;
    return Payload.of(octets);
  }

  private static int copy(Payload from, byte[] to, int at) {
    System.arraycopy(from.array(), from.offset(), to, at, from.length());
    return at + from.length();
  }

  /** Reads what stands between two flags. */
  static HdlcFrame decode(Payload octets) {
    if (octets.length() < MIN_FRAME_LENGTH) {
      throw new HdlcException(
          "a frame has " + MIN_FRAME_LENGTH + " octets at least, not " + octets.length(),
          0,
          FORMAT_CLAUSE);
    }
    if (!isFormatType3(octets.at(0))) {
      throw new HdlcException("the format type is not 3", 0, FORMAT_CLAUSE);
    }
    int length = frameLength(octets.at(0), octets.at(1));
    if (length != octets.length()) {
      throw new HdlcException(
          "the length field says " + length + " octets, there are " + octets.length(),
          0,
          FORMAT_CLAUSE);
    }
    int checked = length - CHECK_LENGTH;
    if (!Fcs16.follows(octets.array(), octets.offset(), checked)) {
      throw new HdlcException("the FCS does not fit", checked, CHECK_CLAUSE);
    }
    return decodeChecked(octets);
  }

  /** Reads a frame whose format type, length and FCS are known to be good. */
  static HdlcFrame decodeChecked(Payload octets) {
    ReceivedFrame frame = new ReceivedFrame();
    frame.read(octets.array(), octets.offset(), octets.length());
    if (frame.informationLength() > 0
        && (frame.kind() == ReceivedFrame.Kind.RR || frame.kind() == ReceivedFrame.Kind.RNR)) {
      int control = FORMAT_LENGTH + frame.destination().length() + frame.source().length();
      throw new HdlcException("RR and RNR carry no information", control + 1, CONTROL_CLAUSE);
    }
    return frame.toFrame();
  }
}
