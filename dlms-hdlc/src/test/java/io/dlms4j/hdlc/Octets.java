package io.dlms4j.hdlc;

import io.dlms4j.link.Payload;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;

/** Octets for tests. */
final class Octets {
  private Octets() {}

  static Payload hex(String hex) {
    return Payload.of(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  static Payload join(Payload... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Payload part : parts) {
      all.write(part.array(), part.offset(), part.length());
    }
    return Payload.of(all.toByteArray());
  }

  static Payload random(Random random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return Payload.of(octets);
  }
}
