package io.dlms4j.hdlc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.link.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Fcs16Test {
  /** The definition, a bit at a time. */
  private static int bitByBit(byte[] octets, int offset, int length) {
    int register = 0xFFFF;
    for (int i = 0; i < 8 * length; i++) {
      int bit = octets[offset + i / 8] >>> i % 8 & 1;
      register = ((register ^ bit) & 1) == 0 ? register >>> 1 : register >>> 1 ^ 0x8408;
    }
    return ~register & 0xFFFF;
  }

  @Test
  void theCheckValueOfTheCatalogueComesOut() {
    Payload digits = Payload.of("123456789".getBytes(StandardCharsets.US_ASCII));
    assertEquals(0x906E, Fcs16.of(digits));
  }

  @Test
  void everyLengthAtEveryOffsetIsAsTheDefinitionHasIt() {
    byte[] octets = Octets.random(new Random(1), 2100).array();
    for (int length = 0; length <= 2047; length++) {
      int offset = length % 17;
      assertEquals(bitByBit(octets, offset, length), Fcs16.of(octets, offset, length));
    }
    assertEquals(0, Fcs16.of(octets, 2100, 0));
  }

  @Test
  void aPartBeyondTheArrayIsRefused() {
    byte[] octets = new byte[20];
    assertThrows(IndexOutOfBoundsException.class, () -> Fcs16.of(octets, 1, 20));
    assertThrows(IndexOutOfBoundsException.class, () -> Fcs16.of(octets, -1, 9));
  }

  @Test
  void behindAnHcsTheRegisterIsTheSameWhateverTheHeader() {
    // Why no receiver notices the header of one frame with the information of another.
    Random random = new Random(2);
    byte[] information = Octets.random(random, 30).array();
    int expected = -1;
    for (int i = 0; i < 20; i++) {
      byte[] frame = Octets.random(random, 8 + 2 + 30).array();
      Fcs16.append(frame, 0, 8);
      System.arraycopy(information, 0, frame, 10, 30);
      int fcs = Fcs16.of(frame, 0, frame.length);
      assertEquals(i == 0 ? fcs : expected, fcs);
      expected = fcs;
    }
  }
}
