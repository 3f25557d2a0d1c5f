package io.dlms4j.axdr;

import static io.dlms4j.axdr.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AxdrReaderTest {
  private static AxdrReader reader(String hex) {
    return AxdrReader.of(Octets.ofHex(hex));
  }

  @Test
  void numbersAreBigEndianAndKeepTheirSign() {
    AxdrReader r =
        reader(
            "FF FFFE FFFFFFFD 80000000000000FF FE FFFD FFFFFFFC FFFFFFFFFFFFFFFB 0102030405060708");
    assertEquals(0xFF, r.peekUnsigned8());
    assertEquals(0xFF, r.readUnsigned8());
    assertEquals(0xFFFE, r.readUnsigned16());
    assertEquals(0xFFFF_FFFDL, r.readUnsigned32());
    assertEquals(Long.MIN_VALUE + 0xFF, r.readUnsigned64());
    assertEquals(-2, r.readInteger8());
    assertEquals(-3, r.readInteger16());
    assertEquals(-4, r.readInteger32());
    assertEquals(-5, r.readInteger64());
    assertEquals(0x0102030405060708L, r.readInteger64());
    assertFalse(r.hasRemaining());
  }

  @Test
  void offsetsCountFromTheStartOfTheRange() {
    byte[] array = {9, 9, 9, 7, 8, 9, 9, 9};
    AxdrReader r = new AxdrReader(array, 3, 2, DecodeLimits.DEFAULT);
    assertEquals(0, r.position());
    assertEquals(7, r.readUnsigned8());
    assertEquals(1, r.position());
    assertEquals(1, r.remaining());
    assertEquals(8, r.readUnsigned8());
    assertRefused(Kind.TRUNCATED, 2, r::readUnsigned8);
    assertThrows(
        IndexOutOfBoundsException.class, () -> new AxdrReader(array, 7, 2, DecodeLimits.DEFAULT));
  }

  @Test
  void aBooleanIsTrueUnlessItIsZero() {
    AxdrReader r = reader("00 01 FF 02");
    assertFalse(r.readBoolean());
    assertTrue(r.readBoolean());
    assertTrue(r.readBoolean());
    assertTrue(r.readBoolean());
  }

  @Test
  void aUsageFlagIsZeroOrOneAndNothingElse() {
    AxdrReader r = reader("00 01 FF");
    assertFalse(r.readPresence());
    assertTrue(r.readPresence());
    assertRefused(Kind.MALFORMED, 2, r::readPresence);
    assertEquals(2, r.position());
  }

  @ParameterizedTest
  @CsvSource({
    "00, 0",
    "7F, 127",
    "8100, 0",
    "8180, 128",
    "81FF, 255",
    "820005, 5",
    "8201CE, 462",
    "82FFFF, 65535",
    "83010000, 65536",
    "8400000001, 1",
    "847FFFFFFF, 2147483647"
  })
  void aLengthIsReadInEveryForm(String hex, int length) {
    AxdrReader r = reader(hex);
    assertEquals(length, r.readLength());
    assertFalse(r.hasRemaining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"80", "85 00 00 00 00 01", "FF"})
  void aFirstOctetThatBeginsNoLengthIsRefused(String hex) {
    assertRefused(Kind.MALFORMED, 0, () -> reader(hex).readLength());
  }

  @ParameterizedTest
  @ValueSource(strings = {"84 80000000", "84 FFFFFFFF"})
  void aLengthBeyondAllArraysIsRefused(String hex) {
    assertRefused(Kind.LIMIT, 0, () -> reader(hex).readLength());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "81", "82 01", "83 01 00", "84 00 00 00"})
  void aLengthThatEndsTooEarlyIsTruncated(String hex) {
    assertRefused(Kind.TRUNCATED, 0, () -> reader(hex).readLength());
  }

  @Test
  void anOctetStringIsAViewOfWhatWasRead() {
    Octets octets = Octets.ofHex("03 010203 00 04");
    AxdrReader r = AxdrReader.of(octets);
    Octets string = r.readOctetString();
    assertEquals(Octets.of(1, 2, 3), string);
    assertSame(octets.array(), string.array());
    assertEquals(Octets.EMPTY, r.readOctetString());
    r.skip(1);
    assertFalse(r.hasRemaining());
  }

  @Test
  void anOctetStringLongerThanWhatIsLeftIsTruncatedButOneBeyondTheLimitNeverGood() {
    assertRefused(Kind.TRUNCATED, 1, () -> reader("04 010203").readOctetString());
    assertRefused(Kind.TRUNCATED, 4, () -> reader("83 010000 01").readOctetString());
    assertRefused(Kind.LIMIT, 5, () -> reader("84 7FFFFFFF 01").readOctetString());
    DecodeLimits ten = DecodeLimits.DEFAULT.withMaxOctets(10);
    assertRefused(
        Kind.TRUNCATED, 1, () -> AxdrReader.of(Octets.ofHex("09 00"), ten).readOctetString());
    assertRefused(Kind.LIMIT, 1, () -> AxdrReader.of(Octets.ofHex("0A 00"), ten).readOctetString());
  }

  @Test
  void moreOctetsThanTheLimitAreRefusedBeforeAnythingIsRead() {
    DecodeLimits ten = DecodeLimits.DEFAULT.withMaxOctets(10);
    assertEquals(10, AxdrReader.of(Octets.view(new byte[10]), ten).remaining());
    assertRefused(Kind.LIMIT, 0, () -> AxdrReader.of(Octets.view(new byte[11]), ten));
  }

  @Test
  void skippingOrTakingMoreThanIsLeftIsTruncated() {
    assertRefused(Kind.TRUNCATED, 0, () -> reader("0102").skip(3));
    assertRefused(Kind.TRUNCATED, 0, () -> reader("0102").readOctets(3));
    assertRefused(Kind.LIMIT, 0, () -> reader("0102").skip(Integer.MAX_VALUE));
    assertThrows(IllegalArgumentException.class, () -> reader("0102").skip(-1));
    assertThrows(IllegalArgumentException.class, () -> reader("0102").readOctets(-1));
  }

  @Test
  void octetsAfterTheExpectedEndAreRefusedWithTheirOffset() {
    AxdrReader r = reader("0102");
    r.skip(1);
    AxdrException refusal = assertRefused(Kind.MALFORMED, 1, () -> r.expectEnd("the request"));
    assertEquals(
        "1 octets too many after the request (octet 1, IEC 61334-6)", refusal.getMessage());
    r.skip(1);
    r.expectEnd("the request");
  }

  @Test
  void aRefusalOfACallerStandsAtTheCursorAndNamesTheClause() {
    AxdrReader r = reader("0102");
    r.skip(1);
    AxdrException refusal = r.malformed("no such choice", "Green Book 9.5");
    assertEquals(Kind.MALFORMED, refusal.kind());
    assertEquals(1, refusal.offset());
    assertEquals("Green Book 9.5", refusal.clause());
    assertEquals("no such choice (octet 1, Green Book 9.5)", refusal.getMessage());
  }
}
