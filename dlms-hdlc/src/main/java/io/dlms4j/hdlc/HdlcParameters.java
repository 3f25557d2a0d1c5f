package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;

/**
 * The link parameters that SNRM offers and UA agrees to (Green Book 8.4.5, parameter negotiation).
 *
 * <p>Transmit and receive are seen by the side that sends the parameters: what a server transmits
 * is what its client receives. Windows count frames, lengths count octets of one information field.
 *
 * @param maxInformationFieldLengthTransmit longest information field to be sent, 1..2030
 * @param maxInformationFieldLengthReceive longest information field to be received, 1..2030
 * @param windowSizeTransmit I frames sent without acknowledgement, 1..7
 * @param windowSizeReceive I frames received without acknowledgement, 1..7
 */
public record HdlcParameters(
    int maxInformationFieldLengthTransmit,
    int maxInformationFieldLengthReceive,
    int windowSizeTransmit,
    int windowSizeReceive) {
  /** What holds where nothing is said: 128 octets and a window of 1, both ways. */
  public static final HdlcParameters DEFAULT = new HdlcParameters(128, 128, 1, 1);

  private static final String CLAUSE = "Green Book 8.4.5, SNRM and UA information field";
  private static final int FORMAT_IDENTIFIER = 0x81;
  private static final int GROUP_IDENTIFIER = 0x80;
  private static final int USER_DATA_GROUP = 0xF0;
  private static final int INFORMATION_TRANSMIT = 0x05;
  private static final int INFORMATION_RECEIVE = 0x06;
  private static final int WINDOW_TRANSMIT = 0x07;
  private static final int WINDOW_RECEIVE = 0x08;
  private static final int GROUP_LENGTH = 0x14;
  private static final int MAX_WINDOW = 7;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a parameter is not within its range
   */
  public HdlcParameters {
    require(
        maxInformationFieldLengthTransmit,
        HdlcFrame.MAX_INFORMATION_FIELD_LENGTH,
        "maxInformationFieldLengthTransmit");
    require(
        maxInformationFieldLengthReceive,
        HdlcFrame.MAX_INFORMATION_FIELD_LENGTH,
        "maxInformationFieldLengthReceive");
    require(windowSizeTransmit, MAX_WINDOW, "windowSizeTransmit");
    require(windowSizeReceive, MAX_WINDOW, "windowSizeReceive");
  }

  /**
   * Lengths of information fields, with windows of 1.
   *
   * @param transmit longest information field to be sent, 1..2030
   * @param receive longest information field to be received, 1..2030
   * @throws IllegalArgumentException if a length is not within its range
   */
  public HdlcParameters(int transmit, int receive) {
    this(transmit, receive, 1, 1);
  }

  /**
   * Reads the information field of SNRM or UA. What it does not say is as in {@link #DEFAULT}; what
   * it says and nobody knows is passed over; a value above what a frame can carry is read as the
   * largest one that it can.
   *
   * @param information the field; it may be empty
   * @return the parameters, as seen by the side that sent them
   * @throws HdlcException if the field is not made of identified groups of parameters, or a value
   *     is zero or wider than four octets
   */
  public static HdlcParameters decode(Payload information) {
    if (information.length() == 0) {
      return DEFAULT;
    }
    if (information.at(0) != FORMAT_IDENTIFIER) {
      throw new HdlcException("the format identifier is not 81", 0, CLAUSE);
    }
    int[] values = {128, 128, 1, 1};
    int at = 1;
    // User data has no length of its own: it is the rest of the field, and none of our business.
    while (at < information.length() && information.at(at) != USER_DATA_GROUP) {
      int group = information.at(at);
      int end = endOfField(information, at, information.length());
      if (group == GROUP_IDENTIFIER) {
        readGroup(information, at + 2, end, values);
      }
      at = end;
    }
    return new HdlcParameters(values[0], values[1], values[2], values[3]);
  }

  private static void readGroup(Payload information, int from, int groupEnd, int[] values) {
    int at = from;
    while (at < groupEnd) {
      int identifier = information.at(at);
      int end = endOfField(information, at, groupEnd);
      if (identifier >= INFORMATION_TRANSMIT && identifier <= WINDOW_RECEIVE) {
        int largest =
            identifier <= INFORMATION_RECEIVE ? HdlcFrame.MAX_INFORMATION_FIELD_LENGTH : MAX_WINDOW;
        values[identifier - INFORMATION_TRANSMIT] = readValue(information, at + 2, end, largest);
      }
      at = end;
    }
  }

  /** Where a field of identifier, length and value ends. */
  private static int endOfField(Payload information, int at, int limit) {
    if (at + 1 >= limit) {
      throw new HdlcException("the length is missing", at, CLAUSE);
    }
    int end = at + 2 + information.at(at + 1);
    if (end > limit) {
      throw new HdlcException("the length reaches beyond the field", at + 1, CLAUSE);
    }
    return end;
  }

  private static int readValue(Payload information, int from, int end, int largest) {
    if (end - from < 1 || end - from > 4) {
      throw new HdlcException("a value has 1 to 4 octets, not " + (end - from), from, CLAUSE);
    }
    long value = 0;
    for (int i = from; i < end; i++) {
      value = value << 8 | information.at(i);
    }
    if (value == 0) {
      throw new HdlcException("a length or window is not zero", from, CLAUSE);
    }
    return (int) Math.min(value, largest);
  }

  /**
   * Writes the information field of SNRM or UA: all four parameters, lengths in two octets and
   * windows in four.
   *
   * @return 23 octets
   */
  public Payload encode() {
    byte[] octets = new byte[3 + GROUP_LENGTH];
    octets[0] = (byte) FORMAT_IDENTIFIER;
    octets[1] = (byte) GROUP_IDENTIFIER;
    octets[2] = GROUP_LENGTH;
    int at = write(octets, 3, INFORMATION_TRANSMIT, 2, maxInformationFieldLengthTransmit);
    at = write(octets, at, INFORMATION_RECEIVE, 2, maxInformationFieldLengthReceive);
    at = write(octets, at, WINDOW_TRANSMIT, 4, windowSizeTransmit);
    write(octets, at, WINDOW_RECEIVE, 4, windowSizeReceive);
    return Payload.of(octets);
  }

  private static int write(byte[] to, int at, int identifier, int length, int value) {
    to[at] = (byte) identifier;
    to[at + 1] = (byte) length;
    for (int i = 0; i < length; i++) {
      to[at + 2 + i] = (byte) (value >>> (8 * (length - 1 - i)));
    }
    return at + 2 + length;
  }

  /**
   * What both sides can do, seen by this side: the smaller of every pair, where one side's transmit
   * meets the other's receive.
   *
   * @param peer the parameters of the other side, as that side sent them
   * @return the parameters to work with, none above its own or the peer's
   */
  public HdlcParameters agreedWith(HdlcParameters peer) {
    return new HdlcParameters(
        Math.min(maxInformationFieldLengthTransmit, peer.maxInformationFieldLengthReceive),
        Math.min(maxInformationFieldLengthReceive, peer.maxInformationFieldLengthTransmit),
        Math.min(windowSizeTransmit, peer.windowSizeReceive),
        Math.min(windowSizeReceive, peer.windowSizeTransmit));
  }

  private static void require(int value, int largest, String name) {
    if (value < 1 || value > largest) {
      throw new IllegalArgumentException(name + " " + value + " is not within 1.." + largest);
    }
  }
}
