package io.dlms4j.iec21;

import io.dlms4j.link.Payload;

/** A message of IEC 62056-21, 6.3, as characters of 7 bits: the parity is the line's. */
public sealed interface Iec21Message
    permits SignOnRequest, Identification, OptionSelect, DataMessage, Command, Handshake {
  /**
   * The characters of this message, block check character included.
   *
   * @return one octet a character, bit 8 clear
   */
  default Payload encode() {
    return MessageCodec.encode(this);
  }

  /**
   * Reads one whole message.
   *
   * @param characters exactly its characters, one octet each, parity removed
   * @return the message
   * @throws Iec21Exception if they are no message
   */
  static Iec21Message decode(Payload characters) {
    return MessageCodec.decode(characters);
  }
}
