package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;

/**
 * The last frame that came in, as a link sees it: the fields of a frame read in place.
 *
 * <p>Every link has one, so that frames that come in cost no memory. What it says holds until the
 * next {@link #read}, and its information field for as long as the octets behind it do.
 */
final class ReceivedFrame {
  /** What the control field says. */
  enum Kind {
    I,
    RR,
    RNR,
    UI,
    SNRM,
    DISC,
    UA,
    DM,
    FRMR,
    /** None of the others: REJ and SREJ as well, which this profile does not have. */
    UNDEFINED
  }

  private static final int FORMAT_LENGTH = 2;
  private static final int CHECK_LENGTH = 2;
  private static final String FORMAT_CLAUSE = "Green Book 8.4.2, frame format field";
  private static final String CONTROL_CLAUSE = "Green Book 8.4.2, control field";
  private static final String CHECK_CLAUSE = "Green Book 8.4.2, HCS and FCS";

  private final boolean unnumberedInSegments;
  private byte[] octets = new byte[0];
  private int destinationBits;
  private int destinationLength;
  private int sourceBits;
  private int sourceLength;
  private int control;
  private boolean segmented;
  private int informationOffset;
  private int informationLength;

  /** Frames as the profile has them: only I frames are segmented. */
  ReceivedFrame() {
    this(false);
  }

  /**
   * Frames of a link that may be wider than the profile.
   *
   * @param unnumberedInSegments whether UI frames may be segmented, as some meters push
   */
  ReceivedFrame(boolean unnumberedInSegments) {
    this.unnumberedInSegments = unnumberedInSegments;
  }

  /**
   * Reads a frame whose format type, length and FCS are known to be good.
   *
   * @param array holds the frame
   * @param offset index of the octet after the opening flag
   * @param length how many octets stand between the flags
   * @throws HdlcException if an address, the HCS or the shape of the frame is not as it must be
   */
  void read(byte[] array, int offset, int length) {
    octets = array;
    int end = offset + length - CHECK_LENGTH;
    int at = offset + FORMAT_LENGTH;
    destinationLength = HdlcAddress.lengthAt(array, at, end, offset);
    destinationBits = HdlcAddress.bitsAt(array, at, destinationLength);
    at += destinationLength;
    sourceLength = HdlcAddress.lengthAt(array, at, end, offset);
    sourceBits = HdlcAddress.bitsAt(array, at, sourceLength);
    at += sourceLength;
    if (at >= end) {
      throw new HdlcException("the control field is missing", at - offset, CONTROL_CLAUSE);
    }
    control = array[at] & 0xFF;
    readInformation(offset, at + 1, end);
    segmented = (array[offset] & 0x08) != 0;
    if (segmented && kind() != Kind.I && !(unnumberedInSegments && kind() == Kind.UI)) {
      throw new HdlcException("only I frames are segmented", 0, FORMAT_CLAUSE);
    }
  }

  /** Checks the HCS, which begins at {@code from} if there is one. */
  private void readInformation(int offset, int from, int end) {
    int length = end - from;
    informationOffset = end;
    informationLength = 0;
    if (length == 0) {
      return;
    }
    if (length <= CHECK_LENGTH) {
      throw new HdlcException(
          "an information field of at least one octet must follow the HCS",
          from - offset,
          CHECK_CLAUSE);
    }
    if (!Fcs16.follows(octets, offset, from - offset)) {
      throw new HdlcException("the HCS does not fit", from - offset, CHECK_CLAUSE);
    }
    informationOffset = from + CHECK_LENGTH;
    informationLength = length - CHECK_LENGTH;
  }

  Kind kind() {
    if ((control & 1) == 0) {
      return Kind.I;
    }
    int supervisory = control & 0x0F;
    if (supervisory == FrameCodec.RR || supervisory == FrameCodec.RNR) {
      return supervisory == FrameCodec.RR ? Kind.RR : Kind.RNR;
    }
    return switch (control & ~FrameCodec.POLL_FINAL) {
      case FrameCodec.UI -> Kind.UI;
      case FrameCodec.SNRM -> Kind.SNRM;
      case FrameCodec.DISC -> Kind.DISC;
      case FrameCodec.UA -> Kind.UA;
      case FrameCodec.DM -> Kind.DM;
      case FrameCodec.FRMR -> Kind.FRMR;
      default -> Kind.UNDEFINED;
    };
  }

  int control() {
    return control;
  }

  boolean pollFinal() {
    return (control & FrameCodec.POLL_FINAL) != 0;
  }

  boolean segmented() {
    return segmented;
  }

  /** N(S) of an I frame. */
  int sendSequenceNumber() {
    return control >>> 1 & 7;
  }

  /** N(R) of I, RR and RNR. */
  int receiveSequenceNumber() {
    return control >>> 5;
  }

  int informationLength() {
    return informationLength;
  }

  /** The information field itself, not a copy; valid for as long as the octets it came in. */
  Payload information() {
    return informationLength == 0
        ? Payload.EMPTY
        : Payload.of(octets, informationOffset, informationLength);
  }

  boolean informationBegins(LlcHeader header) {
    return header.begins(octets, informationOffset, informationLength);
  }

  /** Copies the information field without its first octets. */
  byte[] copyOfInformation(int from) {
    byte[] copy = new byte[informationLength - from];
    System.arraycopy(octets, informationOffset + from, copy, 0, copy.length);
    return copy;
  }

  /** Writes the information field into an array. */
  void copyInformationTo(byte[] to, int at) {
    System.arraycopy(octets, informationOffset, to, at, informationLength);
  }

  HdlcAddress destination() {
    return HdlcAddress.ofBits(destinationBits, destinationLength);
  }

  HdlcAddress source() {
    return HdlcAddress.ofBits(sourceBits, sourceLength);
  }

  boolean isFor(HdlcAddress address) {
    return address.length() == destinationLength && address.bits() == destinationBits;
  }

  boolean isFrom(HdlcAddress address) {
    return address.length() == sourceLength && address.bits() == sourceBits;
  }

  /** The frame as a value of its own. */
  HdlcFrame toFrame() {
    HdlcAddress to = destination();
    HdlcAddress from = source();
    Payload information = information();
    return switch (kind()) {
      case I ->
          new HdlcFrame.I(
              to,
              from,
              pollFinal(),
              segmented,
              sendSequenceNumber(),
              receiveSequenceNumber(),
              information);
      case RR -> new HdlcFrame.Rr(to, from, pollFinal(), receiveSequenceNumber());
      case RNR -> new HdlcFrame.Rnr(to, from, pollFinal(), receiveSequenceNumber());
      case UI -> new HdlcFrame.Ui(to, from, pollFinal(), information);
      case SNRM -> new HdlcFrame.Snrm(to, from, pollFinal(), information);
      case DISC -> new HdlcFrame.Disc(to, from, pollFinal(), information);
      case UA -> new HdlcFrame.Ua(to, from, pollFinal(), information);
      case DM -> new HdlcFrame.Dm(to, from, pollFinal(), information);
      case FRMR -> new HdlcFrame.Frmr(to, from, pollFinal(), information);
      case UNDEFINED -> new HdlcFrame.Undefined(to, from, control, information);
    };
  }
}
