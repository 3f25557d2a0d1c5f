package io.dlms4j.axdr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxdrWriterTest {
  @Test
  void everyNumberIsWrittenBigEndian() {
    AxdrWriter w =
        new AxdrWriter(0)
            .writeUnsigned8(0xFF)
            .writeUnsigned16(0xFFFE)
            .writeUnsigned32(0xFFFF_FFFDL)
            .writeInteger8(-2)
            .writeInteger16(-3)
            .writeInteger32(-4)
            .writeInteger64(0x0102030405060708L)
            .writeBoolean(true)
            .writeBoolean(false)
            .writePresence(true)
            .writePresence(false);
    assertEquals(
        Octets.ofHex("FF FFFE FFFFFFFD FE FFFD FFFFFFFC 0102030405060708 01 00 01 00"),
        w.toOctets());
    assertEquals(26, w.length());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 00",
    "127, 7F",
    "128, 8180",
    "255, 81FF",
    "256, 820100",
    "65535, 82FFFF",
    "65536, 83010000",
    "16777215, 83FFFFFF",
    "16777216, 8401000000",
    "2147483647, 847FFFFFFF"
  })
  void aLengthIsWrittenInItsShortestForm(int length, String hex) {
    assertEquals(hex, new AxdrWriter().writeLength(length).toOctets().toHex());
  }

  @ParameterizedTest
  @CsvSource({"0, 820000", "92, 82005C", "462, 8201CE", "65535, 82FFFF"})
  void aLongLengthAlwaysHasThreeOctets(int length, String hex) {
    assertEquals(hex, new AxdrWriter().writeLengthLong(length).toOctets().toHex());
  }

  @Test
  void octetsAreWrittenWithOrWithoutTheirLength() {
    AxdrWriter w = new AxdrWriter();
    w.writeOctetString(Octets.of(1, 2))
        .writeOctets(Octets.of(3))
        .writeOctets(new byte[] {4, 5}, 1, 1);
    assertEquals(Octets.ofHex("02 0102 03 05"), w.toOctets());
    assertEquals(
        Octets.ofHex("8180"),
        new AxdrWriter().writeOctetString(Octets.view(new byte[128])).toOctets().slice(0, 2));
  }

  @Test
  void aTagOrLengthCanBePatchedAndTheEndTakenBack() {
    AxdrWriter w = new AxdrWriter();
    w.writeUnsigned8(0).writeUnsigned16(0x0102);
    w.setUnsigned8(0, 0xC4);
    w.truncate(2);
    assertEquals(Octets.of(0xC4, 1), w.toOctets());
    assertThrows(IndexOutOfBoundsException.class, () -> w.setUnsigned8(2, 0));
    assertThrows(IllegalArgumentException.class, () -> w.truncate(3));
    w.reset();
    assertEquals(0, w.length());
    w.writeUnsigned8(7);
    assertEquals(Octets.of(7), w.toOctets());
  }

  @Test
  void whatWasHandedOutDoesNotChangeWithLaterWrites() {
    AxdrWriter w = new AxdrWriter();
    Octets before = w.writeUnsigned8(1).toOctets();
    w.setUnsigned8(0, 2);
    assertEquals(Octets.of(1), before);
    assertEquals(2, w.array()[0]);
  }

  @Test
  void aValueThatItsTypeCannotHoldIsRefusedAndWritesNothing() {
    List<Consumer<AxdrWriter>> mistakes =
        List.of(
            w -> w.writeUnsigned8(256),
            w -> w.writeUnsigned8(-1),
            w -> w.writeUnsigned16(65536),
            w -> w.writeUnsigned32(1L << 32),
            w -> w.writeUnsigned32(-1),
            w -> w.writeInteger8(128),
            w -> w.writeInteger8(-129),
            w -> w.writeInteger16(32768),
            w -> w.writeLength(-1),
            w -> w.writeLengthLong(65536),
            w -> w.writeLengthLong(-1));
    for (Consumer<AxdrWriter> mistake : mistakes) {
      AxdrWriter w = new AxdrWriter();
      assertThrows(IllegalArgumentException.class, () -> mistake.accept(w));
      assertEquals(0, w.length());
    }
  }

  @Test
  void whatIsTakenIsTheCallersAndTheWriterBeginsAnew() {
    for (int capacity : new int[] {0, 2, 3, 100}) {
      AxdrWriter w = new AxdrWriter(capacity);
      Octets taken = w.writeUnsigned16(0x0102).takeOctets();
      assertEquals(0, w.length());
      w.writeUnsigned16(0x0304);
      assertEquals(Octets.of(1, 2), taken);
      assertEquals(Octets.of(3, 4), w.takeOctets());
      assertEquals(Octets.EMPTY, w.takeOctets());
    }
  }

  @Test
  void aBufferThatIsFullIsTakenWithoutACopy() {
    AxdrWriter w = new AxdrWriter(2);
    w.writeUnsigned16(5);
    byte[] buffer = w.array();
    assertSame(buffer, w.takeOctets().array());
  }

  @Test
  void stringsOfEveryLengthAreWrittenWithTheShortestLength() {
    for (int length : new int[] {0, 1, 11, 12, 13, 127, 128, 300}) {
      Octets octets = Octets.view(new byte[length + 1], 1, length);
      Octets written = new AxdrWriter(0).writeData(CosemData.octetString(octets)).toOctets();
      assertEquals(CosemData.octetString(octets), CosemData.decode(written));
      assertEquals((length < 128 ? 2 : length < 256 ? 3 : 4) + length, written.length());
    }
  }
}
