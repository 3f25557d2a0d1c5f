package io.dlms4j.ber;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BerReaderTest {
  private static BerReader reader(String hex) {
    return BerReader.of(Octets.ofHex(hex));
  }

  private static BerException assertRefused(int offset, Executable decoding) {
    BerException refusal = assertThrows(BerException.class, decoding);
    assertEquals(offset, refusal.offset(), refusal.getMessage());
    return refusal;
  }

  /** The Green Book's example of an AARQ with low level security. */
  @Test
  void anAarqIsReadElementByElement() {
    BerReader apdu =
        reader(
            """
            60 36
               A1 09 06 07 60857405080101
               8A 02 07 80
               8B 07 60857405080201
               AC 0A 80 08 3132333435363738
               BE 10 04 0E 01000000065F1F0400007E1F04B0
            """);
    BerReader aarq = apdu.readConstructed(0x60);
    apdu.expectEnd("the AARQ");

    BerReader contextName = aarq.readConstructed(0xA1);
    assertEquals(Octets.ofHex("60857405080101"), contextName.readObjectIdentifier(0x06));
    contextName.expectEnd("the application context name");
    assertEquals(13, aarq.position());
    assertEquals(0x8A, aarq.peekTag());
    assertEquals(Octets.of(7, 0x80), aarq.readBitString(0x8A));
    assertEquals(Octets.ofHex("60857405080201"), aarq.readObjectIdentifier(0x8B));
    assertEquals("12345678", aarq.readConstructed(0xAC).readPrimitive(0x80).toAscii());
    BerReader information = aarq.readConstructed(0xBE);
    assertEquals(Octets.ofHex("01000000065F1F0400007E1F04B0"), information.readPrimitive(0x04));
    assertFalse(aarq.hasRemaining());
  }

  @Test
  void anElementIsReadWholeWithTagAndLength() {
    BerReader r = reader("30 81 02 05 00 5F1F 01 AA 04 00");
    assertEquals(Octets.ofHex("30 81 02 05 00"), r.readElement());
    assertEquals(5, r.position());
    assertEquals(Octets.ofHex("5F1F 01 AA 04 00"), r.readElements());
    assertFalse(r.hasRemaining());
    assertEquals(Octets.EMPTY, r.readElements());
    assertRefused(11, r::readElement);
  }

  @Test
  void elementsOfWhichOneIsNotWholeAreNotRead() {
    BerReader r = reader("05 00 04 02 01");
    assertRefused(3, r::readElements);
    assertEquals(0, r.position());
  }

  /** The Green Book's example of an AARE that accepts. */
  @Test
  void anAareIsReadElementByElement() {
    BerReader aare =
        reader(
                "6129 A10906 0760857405080101 A203020100 A305A103020100"
                    + "BE10040E0800065F1F040000501F01F40007")
            .readConstructed(0x61);
    aare.skip();
    assertEquals(0, aare.readConstructed(0xA2).readInteger(0x02));
    assertEquals(0, aare.readConstructed(0xA3).readConstructed(0xA1).readInteger(0x02));
    aare.skip();
    aare.expectEnd("the AARE");
  }

  @Test
  void theConformanceBlockHasATagOfTwoOctets() {
    BerReader r = reader("5F1F 04 00 00501F");
    assertEquals(0x5F1F, r.peekTag());
    assertEquals(Octets.ofHex("00 00501F"), r.readBitString(0x5F1F));
    assertFalse(r.hasRemaining());
  }

  @ParameterizedTest
  @CsvSource({
    "02 01 00, 0",
    "02 01 7F, 127",
    "02 02 0080, 128",
    "02 01 80, -128",
    "02 02 FF7F, -129",
    "02 08 8000000000000000, -9223372036854775808",
    "02 08 7FFFFFFFFFFFFFFF, 9223372036854775807"
  })
  void anIntegerIsReadWithItsSign(String hex, long value) {
    assertEquals(value, reader(hex).readInteger(0x02));
    assertEquals(Octets.ofHex(hex), new BerWriter().writeInteger(0x02, value).toOctets());
  }

  @ParameterizedTest
  @ValueSource(strings = {"02 00", "02 02 0001", "02 02 FF80", "02 09 010000000000000000"})
  void anIntegerThatIsNoneIsRefused(String hex) {
    BerReader r = reader(hex);
    assertRefused(2, () -> r.readInteger(0x02));
    assertEquals(0, r.position());
  }

  @ParameterizedTest
  @CsvSource({"06 00, 2", "06 01 80, 2", "06 02 60 85, 2", "06 03 60 80 01, 3", "06 02 80 01, 2"})
  void anObjectIdentifierThatIsNoneIsRefused(String hex, int offset) {
    assertRefused(offset, () -> reader(hex).readObjectIdentifier(0x06));
  }

  @ParameterizedTest
  @ValueSource(strings = {"03 00", "03 02 08 00", "03 01 01"})
  void aBitStringThatIsNoneIsRefused(String hex) {
    assertRefused(2, () -> reader(hex).readBitString(0x03));
  }

  @Test
  void anEmptyBitStringIsTaken() {
    assertEquals(Octets.of(0), reader("03 01 00").readBitString(0x03));
  }

  @ParameterizedTest
  @ValueSource(strings = {"04 01 07", "04 81 01 07", "04 82 0001 07", "04 84 00000001 07"})
  void aLengthIsTakenInEveryDefiniteForm(String hex) {
    Octets octets = Octets.ofHex(hex);
    Octets content = BerReader.of(octets).readPrimitive(0x04);
    assertEquals(Octets.of(7), content);
    assertSame(octets.array(), content.array());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "04",
        "04 80 0000",
        "04 85 0000000001 07",
        "04 FF",
        "04 81",
        "04 82 01",
        "04 02 07",
        "04 84 FFFFFFFF 07"
      })
  void aLengthThatIsNoneOrReachesTooFarIsRefused(String hex) {
    BerReader r = reader(hex);
    assertRefused(1, () -> r.readPrimitive(0x04));
    assertEquals(0, r.position());
  }

  @Test
  void anElementNeverReachesBeyondTheOneItStandsIn() {
    BerReader outer = reader("60 04 A1 05 0201 00 0000");
    BerReader inner = outer.readConstructed(0x60);
    BerException refusal = assertRefused(3, () -> inner.readConstructed(0xA1));
    assertEquals("5 octets announced, 2 left (octet 3, X.690 8.1.3)", refusal.getMessage());
    assertRefused(3, inner::skip);
    assertEquals(6, outer.position());
  }

  @Test
  void offsetsCountFromTheOutermostStart() {
    byte[] array = {9, 9, 0x60, 2, (byte) 0xA1, 0, 9};
    BerReader aarq = new BerReader(array, 2, 4).readConstructed(0x60);
    assertEquals(2, aarq.position());
    assertEquals(2, aarq.malformed("bad", "clause").offset());
    assertRefused(2, () -> aarq.expectEnd("nothing"));
    BerReader empty = aarq.readConstructed(0xA1);
    assertFalse(empty.hasRemaining());
    assertRefused(4, empty::peekTag);
    assertThrows(IndexOutOfBoundsException.class, () -> new BerReader(array, 4, 4));
  }

  @Test
  void anotherTagThanExpectedIsRefusedAndLeftUnread() {
    BerReader r = reader("A2 00");
    BerException refusal = assertRefused(0, () -> r.readConstructed(0xA1));
    assertEquals("expected tag A1, found A2 (octet 0, X.690 8.1.2)", refusal.getMessage());
    assertEquals("X.690 8.1.2", refusal.clause());
    assertTrue(r.readConstructed(0xA2) != r);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5F", "5F 04 00", "5F 80 01 00", "5F 9F 01 00"})
  void aTagThatIsNoneIsRefused(String hex) {
    assertRefused(0, () -> reader(hex).peekTag());
    assertRefused(0, () -> reader(hex).skip());
  }

  @Test
  void aTagOfTheWrongKindIsOurOwnError() {
    assertThrows(IllegalArgumentException.class, () -> reader("A1 00").readPrimitive(0xA1));
    assertThrows(IllegalArgumentException.class, () -> reader("81 00").readConstructed(0x81));
    assertThrows(IllegalArgumentException.class, () -> reader("5F1F00").readPrimitive(0x5F));
    assertThrows(IllegalArgumentException.class, () -> reader("5F0400").readPrimitive(0x5F04));
    assertThrows(IllegalArgumentException.class, () -> reader("0400").readPrimitive(0x0404));
    assertThrows(IllegalArgumentException.class, () -> reader("0400").readPrimitive(-1));
  }
}
