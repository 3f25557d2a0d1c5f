package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what a frame is, for a reader of a {@link HexLog}: a function from octets to text.
 *
 * <p>It never refuses anything: what is damaged is described as far as it can be read, and what is
 * no frame is called that.
 */
@FunctionalInterface
public interface HeaderDecoder {
  /**
   * What stands at the beginning of some octets.
   *
   * @param length how many octets it takes, at least 1
   * @param text what it is, in one line; empty for nothing worth a word
   */
  record Decoded(int length, String text) {}

  /**
   * Looks at the beginning of what is not decoded yet of one direction of a line.
   *
   * @param octets what has come so far, at least one octet; valid until the call returns
   * @return what it begins with, or null if more octets must come first
   */
  @Nullable Decoded decode(Payload octets);

  /**
   * Frames of HDLC: type, addresses, sequence numbers, and whether the check sequences fit (Green
   * Book 8.4.2).
   *
   * @return a decoder, for any number of lines
   */
  static HeaderDecoder hdlc() {
    return HdlcHeaders::decode;
  }

  /**
   * Units of the wrapper: the two wPorts and the length (Green Book 7.3.3.2).
   *
   * @return a decoder, for any number of lines
   */
  static HeaderDecoder wrapper() {
    return WrapperHeaders::decode;
  }

  /**
   * Nothing at all: the octets speak for themselves.
   *
   * @return a decoder, for any number of lines
   */
  static HeaderDecoder none() {
    return octets -> new Decoded(octets.length(), "");
  }
}
