package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;

/**
 * A frame of format type 3, told apart by its control field (Green Book 8.4.2 and 8.4.3).
 *
 * <p>Information fields are views of what was decoded: the array behind them must not change for as
 * long as the frame is used. A frame without information field has no header check sequence.
 */
public sealed interface HdlcFrame {
  /** The octet before and after every frame. */
  int FLAG = 0x7E;

  /** The largest information field that a frame carries, in octets. */
  int MAX_INFORMATION_FIELD_LENGTH = 2030;

  /**
   * Whom the frame is for.
   *
   * @return destination address
   */
  HdlcAddress destination();

  /**
   * Whom the frame is from.
   *
   * @return source address
   */
  HdlcAddress source();

  /**
   * The P/F bit.
   *
   * @return whether a command asks for an answer, or a response is the last of its answer
   */
  boolean pollFinal();

  /**
   * The control field.
   *
   * @return 0..255, the P/F bit and sequence numbers included
   */
  int control();

  /**
   * The segmentation bit of the frame format field, which only I frames set.
   *
   * @return whether more segments follow
   */
  default boolean segmented() {
    return false;
  }

  /**
   * The information field.
   *
   * @return its octets, none if there is no such field
   */
  default Payload information() {
    return Payload.EMPTY;
  }

  /**
   * Reads a frame.
   *
   * @param octets what stands between the opening and the closing flag
   * @return the frame
   * @throws HdlcException if format type, length, an address, a check sequence or the shape of the
   *     frame is not as it must be
   */
  static HdlcFrame decode(Payload octets) {
    return FrameCodec.decode(octets);
  }

  /**
   * Reads a frame.
   *
   * @param octets holds the frame
   * @param offset index of the octet after the opening flag
   * @param length how many octets stand between the flags
   * @return the frame
   * @throws HdlcException if format type, length, an address, a check sequence or the shape of the
   *     frame is not as it must be
   * @throws IndexOutOfBoundsException if the array has no such part
   */
  static HdlcFrame decode(byte[] octets, int offset, int length) {
    return FrameCodec.decode(Payload.of(octets, offset, length));
  }

  /**
   * Writes the frame.
   *
   * @return what stands between the flags
   * @throws IllegalArgumentException if the information field is longer than {@link
   *     #MAX_INFORMATION_FIELD_LENGTH}
   */
  default Payload encode() {
    Payload octets = encodeWithFlags();
    return octets.slice(1, octets.length() - 2);
  }

  /**
   * Writes the frame as it goes on the line.
   *
   * @return opening flag, frame, closing flag
   * @throws IllegalArgumentException if the information field is longer than {@link
   *     #MAX_INFORMATION_FIELD_LENGTH}
   */
  default Payload encodeWithFlags() {
    return FrameCodec.encode(this, Payload.EMPTY, information());
  }

  /**
   * Set normal response mode: asks for a connection.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param pollFinal P bit
   * @param information {@link HdlcParameters} offered, or none
   */
  record Snrm(HdlcAddress destination, HdlcAddress source, boolean pollFinal, Payload information)
      implements HdlcFrame {
    @Override
    public int control() {
      return FrameCodec.control(FrameCodec.SNRM, pollFinal);
    }
  }

  /**
   * Unnumbered acknowledge: agrees to SNRM or DISC.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param pollFinal F bit
   * @param information {@link HdlcParameters} agreed to, or none
   */
  record Ua(HdlcAddress destination, HdlcAddress source, boolean pollFinal, Payload information)
      implements HdlcFrame {
    @Override
    public int control() {
      return FrameCodec.control(FrameCodec.UA, pollFinal);
    }
  }

  /**
   * Disconnect: ends a connection.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param pollFinal P bit
   * @param information usually none
   */
  record Disc(HdlcAddress destination, HdlcAddress source, boolean pollFinal, Payload information)
      implements HdlcFrame {
    @Override
    public int control() {
      return FrameCodec.control(FrameCodec.DISC, pollFinal);
    }
  }

  /**
   * Disconnected mode: there is no connection.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param pollFinal F bit
   * @param information usually none
   */
  record Dm(HdlcAddress destination, HdlcAddress source, boolean pollFinal, Payload information)
      implements HdlcFrame {
    @Override
    public int control() {
      return FrameCodec.control(FrameCodec.DM, pollFinal);
    }
  }

  /**
   * Frame reject: says that a frame with good check sequences cannot be, and only a new connection
   * mends it.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param pollFinal F bit
   * @param information the reason, {@link FrameReject}
   */
  record Frmr(HdlcAddress destination, HdlcAddress source, boolean pollFinal, Payload information)
      implements HdlcFrame {
    @Override
    public int control() {
      return FrameCodec.control(FrameCodec.FRMR, pollFinal);
    }
  }

  /**
   * Unnumbered information: an APDU that nobody acknowledges.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param pollFinal P/F bit
   * @param information LLC header and APDU
   */
  record Ui(HdlcAddress destination, HdlcAddress source, boolean pollFinal, Payload information)
      implements HdlcFrame {
    @Override
    public int control() {
      return FrameCodec.control(FrameCodec.UI, pollFinal);
    }
  }

  /**
   * Information: a numbered segment of LLC header and APDU.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param pollFinal P/F bit
   * @param segmented whether more segments follow
   * @param sendSequenceNumber N(S), 0..7
   * @param receiveSequenceNumber N(R), 0..7
   * @param information the segment
   */
  record I(
      HdlcAddress destination,
      HdlcAddress source,
      boolean pollFinal,
      boolean segmented,
      int sendSequenceNumber,
      int receiveSequenceNumber,
      Payload information)
      implements HdlcFrame {
    /**
     * Checks the sequence numbers.
     *
     * @throws IllegalArgumentException if one is not within 0..7
     */
    public I {
      FrameCodec.requireModulo8(sendSequenceNumber);
      FrameCodec.requireModulo8(receiveSequenceNumber);
    }

    @Override
    public int control() {
      return FrameCodec.control(receiveSequenceNumber << 5 | sendSequenceNumber << 1, pollFinal);
    }
  }

  /**
   * Receive ready: acknowledges, and as a command asks for more.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param pollFinal P/F bit
   * @param receiveSequenceNumber N(R), 0..7
   */
  record Rr(
      HdlcAddress destination, HdlcAddress source, boolean pollFinal, int receiveSequenceNumber)
      implements HdlcFrame {
    /**
     * Checks the sequence number.
     *
     * @throws IllegalArgumentException if it is not within 0..7
     */
    public Rr {
      FrameCodec.requireModulo8(receiveSequenceNumber);
    }

    @Override
    public int control() {
      return FrameCodec.control(receiveSequenceNumber << 5 | FrameCodec.RR, pollFinal);
    }
  }

  /**
   * Receive not ready: acknowledges, and takes no I frame for the time being.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param pollFinal P/F bit
   * @param receiveSequenceNumber N(R), 0..7
   */
  record Rnr(
      HdlcAddress destination, HdlcAddress source, boolean pollFinal, int receiveSequenceNumber)
      implements HdlcFrame {
    /**
     * Checks the sequence number.
     *
     * @throws IllegalArgumentException if it is not within 0..7
     */
    public Rnr {
      FrameCodec.requireModulo8(receiveSequenceNumber);
    }

    @Override
    public int control() {
      return FrameCodec.control(receiveSequenceNumber << 5 | FrameCodec.RNR, pollFinal);
    }
  }

  /**
   * A frame whose control field this profile does not know; a secondary answers it with FRMR.
   *
   * @param destination whom it is for
   * @param source whom it is from
   * @param control the control field, 0..255
   * @param information the information field, or none
   */
  record Undefined(HdlcAddress destination, HdlcAddress source, int control, Payload information)
      implements HdlcFrame {
    /**
     * Checks that the control field is of no other kind of frame.
     *
     * @throws IllegalArgumentException if it is, or is wider than 8 bits
     */
    public Undefined {
      if (control < 0 || control > 0xFF || FrameCodec.isDefined(control)) {
        throw new IllegalArgumentException("control field " + control + " is not undefined");
      }
    }

    @Override
    public boolean pollFinal() {
      return (control & FrameCodec.POLL_FINAL) != 0;
    }
  }
}
