package io.dlms4j.axdr;

import static io.dlms4j.axdr.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.dlms4j.axdr.AxdrException.Kind;
import org.junit.jupiter.api.Test;

class EncodedDataTest {
  @Test
  void oneDataIsTakenOutOfAnApduWithoutACopy() {
    Octets apdu = Octets.ofHex("C4 01 81 00 06 00BC614F 99");
    AxdrReader r = AxdrReader.of(apdu);
    r.skip(4);
    EncodedData data = EncodedData.read(r);
    assertEquals(9, r.position());
    assertEquals(Octets.ofHex("06 00BC614F"), data.octets());
    assertSame(apdu.array(), data.octets().array());
    assertEquals(CosemData.doubleLongUnsigned(12345679), data.value());
    assertEquals(12345679, data.reader().readIntegral());
    assertEquals(12345679, data.reader().readIntegral());
    assertEquals("06 00 BC 61 4F", data.toString());
  }

  @Test
  void whatIsNoGoodDataIsRefusedWhenReadAndNotLater() {
    assertRefused(
        Kind.MALFORMED, 3, () -> EncodedData.read(AxdrReader.of(Octets.ofHex("02 02 00 0E 00"))));
    assertRefused(
        Kind.TRUNCATED, 1, () -> EncodedData.read(AxdrReader.of(Octets.ofHex("06 00BC61"))));
  }

  @Test
  void aValueReadWithWiderLimitsIsDecodedWithThem() {
    Octets deep = Octets.ofHex("01 01".repeat(40) + "00");
    DecodeLimits wide = DecodeLimits.DEFAULT.withMaxDepth(40);
    EncodedData data = EncodedData.read(AxdrReader.of(deep, wide));
    assertEquals(deep, data.value().encode());
    assertEquals(1, data.reader().beginArray());
  }

  @Test
  void aValueOfOurOwnIsEncodedOnceAndKept() {
    CosemData value = CosemData.structure(CosemData.unsigned(1), CosemData.nullData());
    EncodedData data = EncodedData.of(value);
    assertEquals(Octets.ofHex("02 02 11 01 00"), data.octets());
    assertSame(value, data.value());
    assertEquals(2, data.reader().beginStructure());
  }

  @Test
  void equalOctetsAreEqualData() {
    EncodedData five = EncodedData.of(CosemData.unsigned(5));
    EncodedData read = EncodedData.read(AxdrReader.of(Octets.ofHex("11 05 11 06")));
    assertEquals(five, read);
    assertEquals(five.hashCode(), read.hashCode());
    assertNotEquals(five, EncodedData.of(CosemData.unsigned(6)));
    EncodedData longForm = EncodedData.read(AxdrReader.of(Octets.ofHex("09 81 00")));
    assertNotEquals(EncodedData.of(CosemData.octetString(Octets.EMPTY)), longForm);
  }

  @Test
  void aValueIsWrittenAsItsOctetsWhetherTheseAreKnownOrNot() {
    CosemData value = CosemData.array(CosemData.doubleLongUnsigned(5), CosemData.integer(-1));
    EncodedData data = EncodedData.of(value);
    Octets expected = Octets.ofHex("01 02 06 00000005 0F FF");
    assertEquals(expected, new AxdrWriter().writeData(data).toOctets());
    assertEquals(expected, data.octets());
    assertSame(data.octets(), data.octets());
    assertEquals(expected, new AxdrWriter().writeData(data).toOctets());
    // The longer form of a length stays what it was.
    Octets longForm = Octets.ofHex("09 81 01 05");
    EncodedData read = EncodedData.read(AxdrReader.of(longForm));
    assertEquals(longForm, new AxdrWriter().writeData(read).toOctets());
  }

  @Test
  void theSizeOfWhatWasReadIsKnownAndThatOfRegistersToo() {
    assertEquals(3, EncodedData.read(AxdrReader.of(Octets.ofHex("12 0005 00"))).sizeHint());
    assertEquals(5, EncodedData.of(CosemData.doubleLongUnsigned(5)).sizeHint());
    EncodedData visible = EncodedData.of(CosemData.visibleString("K".repeat(40)));
    assertEquals(42, visible.octets().length());
    assertEquals(42, visible.sizeHint());
  }
}
