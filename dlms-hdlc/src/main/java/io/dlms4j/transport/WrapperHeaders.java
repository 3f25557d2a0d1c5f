package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import io.dlms4j.transport.HeaderDecoder.Decoded;
import io.dlms4j.wrapper.Wpdu;
import org.jspecify.annotations.Nullable;

/** Describes units of the wrapper. */
final class WrapperHeaders {
  private WrapperHeaders() {}

  static @Nullable Decoded decode(Payload octets) {
    if (octets.length() < 2) {
      return null;
    }
    int version = unsigned16(octets, 0);
    if (version != Wpdu.VERSION) {
      // Nothing marks the beginning of a unit: the rest of a stream cannot be told apart.
      return new Decoded(octets.length(), "no WPDU: version " + version);
    }
    if (octets.length() < Wpdu.HEADER_LENGTH) {
      return null;
    }
    int length = unsigned16(octets, 6);
    if (octets.length() < Wpdu.HEADER_LENGTH + length) {
      return null;
    }
    String text =
        "WPDU " + unsigned16(octets, 2) + " -> " + unsigned16(octets, 4) + ", data " + length;
    return new Decoded(Wpdu.HEADER_LENGTH + length, text);
  }

  private static int unsigned16(Payload octets, int index) {
    return octets.at(index) << 8 | octets.at(index + 1);
  }
}
