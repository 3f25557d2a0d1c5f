package io.dlms4j.axdr;

import static io.dlms4j.axdr.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dlms4j.axdr.AxdrException.Kind;
import io.dlms4j.axdr.CosemData.BcdData;
import io.dlms4j.axdr.CosemData.BitStringData;
import io.dlms4j.axdr.CosemData.DateData;
import io.dlms4j.axdr.CosemData.DontCareData;
import io.dlms4j.axdr.CosemData.DoubleLongUnsignedData;
import io.dlms4j.axdr.CosemData.Float32Data;
import io.dlms4j.axdr.CosemData.Float64Data;
import io.dlms4j.axdr.CosemData.Long64Data;
import io.dlms4j.axdr.CosemData.Long64UnsignedData;
import io.dlms4j.axdr.CosemData.TimeData;
import io.dlms4j.axdr.CosemData.Utf8StringData;
import io.dlms4j.axdr.CosemData.VisibleStringData;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CosemDataTest {
  /** What an OMNIPOWER answers for its active energy: value of a Get-Response. */
  private static final Octets ENERGY = Octets.ofHex("06 00BC614F");

  /** Every type: octets, value, and what a person reads. */
  static Stream<Arguments> everyType() {
    return Stream.of(
        arguments("00", CosemData.nullData(), "null-data"),
        arguments("01 00", CosemData.array(), "array []"),
        arguments(
            "01 02 11 01 11 02",
            CosemData.array(CosemData.unsigned(1), CosemData.unsigned(2)),
            "array [unsigned 1, unsigned 2]"),
        arguments("02 00", CosemData.structure(), "structure {}"),
        // scaler_unit of a register: 10^-1 Wh
        arguments(
            "02 02 0F FF 16 1E",
            CosemData.structure(CosemData.integer(-1), CosemData.enumerated(30)),
            "structure {integer -1, enum 30}"),
        arguments("03 01", CosemData.bool(true), "boolean true"),
        arguments("03 00", CosemData.bool(false), "boolean false"),
        arguments("04 00", new BitStringData(Octets.EMPTY, 0), "bit-string "),
        arguments("04 08 A5", new BitStringData(Octets.of(0xA5), 8), "bit-string 10100101"),
        arguments(
            "04 09 A5 80", new BitStringData(Octets.of(0xA5, 0x80), 9), "bit-string 101001011"),
        arguments("05 FFFFFFFE", CosemData.doubleLong(-2), "double-long -2"),
        arguments(
            "06 00BC614F", CosemData.doubleLongUnsigned(12345679), "double-long-unsigned 12345679"),
        arguments(
            "06 FFFFFFFF",
            CosemData.doubleLongUnsigned(0xFFFF_FFFFL),
            "double-long-unsigned 4294967295"),
        arguments(
            "09 06 01 00 01 08 00 FF",
            CosemData.octetString(Octets.of(1, 0, 1, 8, 0, 255)),
            "octet-string 01 00 01 08 00 FF"),
        arguments("0A 03 4B 41 4D", CosemData.visibleString("KAM"), "visible-string \"KAM\""),
        arguments(
            "0C 02 C3 A6", new Utf8StringData(Octets.of(0xC3, 0xA6)), "utf8-string \"\u00E6\""),
        arguments("0D 42", new BcdData(0x42), "bcd 42"),
        arguments("0F 80", CosemData.integer(-128), "integer -128"),
        arguments("10 8000", CosemData.longInteger(-32768), "long -32768"),
        arguments("11 FF", CosemData.unsigned(255), "unsigned 255"),
        arguments("12 FFFF", CosemData.longUnsigned(65535), "long-unsigned 65535"),
        arguments(
            "14 8000000000000000", new Long64Data(Long.MIN_VALUE), "long64 -9223372036854775808"),
        arguments(
            "15 FFFFFFFFFFFFFFFF",
            new Long64UnsignedData(-1),
            "long64-unsigned 18446744073709551615"),
        arguments("16 1E", CosemData.enumerated(30), "enum 30"),
        arguments("17 3FC00000", new Float32Data(1.5f), "float32 1.5"),
        arguments("18 C004000000000000", new Float64Data(-2.5), "float64 -2.5"),
        arguments(
            "19 07DD0A19 05 000F00FF 8000 80",
            CosemData.dateTime(
                new CosemDateTime(
                    new CosemDate(2013, 10, 25, 5), new CosemTime(0, 15, 0, 255), 0x8000, 0x80)),
            "date-time 2013-10-25 Fri 00:15:00 status 80"),
        arguments(
            "1A 07DD0A19 FF", new DateData(new CosemDate(2013, 10, 25, 255)), "date 2013-10-25"),
        arguments("1B 000F00FF", new TimeData(new CosemTime(0, 15, 0, 255)), "time 00:15:00"),
        arguments(
            "13 02 02 11 12 06 01 0102 02 0304",
            CosemData.compactArray(
                List.of(
                    CosemData.structure(CosemData.unsigned(1), CosemData.longUnsigned(0x102)),
                    CosemData.structure(CosemData.unsigned(2), CosemData.longUnsigned(0x304)))),
            "compact-array of structure {unsigned, long-unsigned} "
                + "[structure {unsigned 1, long-unsigned 258}, "
                + "structure {unsigned 2, long-unsigned 772}]"),
        arguments("1C 80", new DeltaData(DataTag.DELTA_INTEGER, -128), "delta-integer -128"),
        arguments("1D 8000", new DeltaData(DataTag.DELTA_LONG, -32768), "delta-long -32768"),
        arguments(
            "1E 80000000",
            new DeltaData(DataTag.DELTA_DOUBLE_LONG, Integer.MIN_VALUE),
            "delta-double-long -2147483648"),
        arguments("1F FF", new DeltaData(DataTag.DELTA_UNSIGNED, 255), "delta-unsigned 255"),
        arguments(
            "20 FFFF",
            new DeltaData(DataTag.DELTA_LONG_UNSIGNED, 65535),
            "delta-long-unsigned 65535"),
        arguments(
            "21 FFFFFFFF",
            new DeltaData(DataTag.DELTA_DOUBLE_LONG_UNSIGNED, 0xFFFF_FFFFL),
            "delta-double-long-unsigned 4294967295"),
        arguments("FF", new DontCareData(), "dont-care"));
  }

  @ParameterizedTest
  @MethodSource("everyType")
  void everyTypeIsReadAndWrittenAndReadable(String hex, CosemData value, String text) {
    Octets octets = Octets.ofHex(hex);
    assertEquals(value, CosemData.decode(octets));
    assertEquals(octets, value.encode());
    assertEquals(text, value.toString());
    assertEquals(octets.at(0), value.tag().value());
  }

  @Test
  void noTypeIsLeftOutAbove() {
    Set<DataTag> seen =
        everyType()
            .map(row -> ((CosemData) row.get()[1]).tag())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(DataTag.class)));
    assertEquals(EnumSet.allOf(DataTag.class), seen);
  }

  @Test
  void aTagIsFoundByItsNumberOnly() {
    assertEquals(DataTag.DONT_CARE, DataTag.of(255));
    assertNull(DataTag.of(7));
    assertNull(DataTag.of(256));
    assertNull(DataTag.of(-1));
  }

  @Test
  void aRowOfALoadProfileIsReadAsItsColumns() {
    Octets row =
        Octets.ofHex(
            """
            02 08
              09 0C 07DD0A19 05 00000 0FF 8000 80
              12 0000  06 00000500  0F 01
              06 00000003  06 00000000  06 00000000  06 00000001
            """);
    List<CosemData> columns = CosemData.decode(row).structureOf(8);
    assertEquals("2013-10-25 Fri 00:00:00 status 80", columns.get(0).dateTimeValue().toString());
    assertEquals(0x500, columns.get(2).integralValue());
    assertEquals(1, columns.get(3).integralValue());
    assertEquals(3, columns.get(4).integralValue());
    assertEquals(row, CosemData.decode(row).encode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"09 81 01 07", "09 82 0001 07", "09 83 000001 07", "09 84 00000001 07"})
  void aStringWithALongerLengthThanNeededIsTaken(String hex) {
    assertEquals(CosemData.octetString(Octets.of(7)), CosemData.decode(Octets.ofHex(hex)));
  }

  @Test
  void aBooleanOfAnyOctetButZeroIsTrueAndWrittenAsOne() {
    CosemData value = CosemData.decode(Octets.ofHex("03 FF"));
    assertEquals(CosemData.bool(true), value);
    assertEquals(Octets.ofHex("03 01"), value.encode());
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 11, 14, 34, 128, 254})
  void aTagThatIsNoTypeIsRefusedByName(int tag) {
    AxdrException refusal =
        assertRefused(Kind.MALFORMED, 2, () -> CosemData.decode(Octets.of(1, 1, tag, 0, 0, 0, 0)));
    assertEquals(
        "tag " + tag + " is no known type of data (octet 2, Green Book 9.5, Data)",
        refusal.getMessage());
  }

  @Test
  void octetsAfterTheValueAreRefused() {
    assertRefused(Kind.MALFORMED, 5, () -> CosemData.decode(Octets.ofHex("06 00BC614F 00")));
  }

  @Test
  void aDateThatTheStandardDoesNotKnowIsRefusedWithItsOffset() {
    assertRefused(
        Kind.MALFORMED, 5, () -> CosemData.decode(Octets.ofHex("02 01 1A 07DD 0D 19 FF")));
    assertRefused(Kind.MALFORMED, 1, () -> CosemData.decode(Octets.ofHex("1B 18 00 00 00")));
    assertRefused(
        Kind.MALFORMED,
        10,
        () -> CosemData.decode(Octets.ofHex("19 07DD0A19 05 000F00FF 7FFF 80")));
  }

  @Test
  void everyWholeNumberIsIntegralWhateverItsWidth() {
    for (String hex :
        List.of(
            "0F 05",
            "10 0005",
            "11 05",
            "12 0005",
            "05 00000005",
            "06 00000005",
            "14 0000000000000005",
            "15 0000000000000005",
            "16 05")) {
      assertEquals(5, CosemData.decode(Octets.ofHex(hex)).integralValue(), hex);
    }
  }

  @Test
  void anUnsignedNumberTooLargeForALongIsRefusedAsIntegralButKnownExactly() {
    Long64UnsignedData value = new Long64UnsignedData(Long.MIN_VALUE);
    assertEquals(BigInteger.ONE.shiftLeft(63), value.value());
    assertRefused(Kind.MALFORMED, AxdrException.NO_OFFSET, value::integralValue);
  }

  @Test
  void aValueOfAnotherTypeThanExpectedIsRefusedWithASentence() {
    CosemData five = CosemData.longUnsigned(5);
    assertSentence("expected octet-string, found long-unsigned 5", five::octetStringValue);
    assertSentence("expected array or structure, found long-unsigned 5", five::elements);
    assertSentence(
        "expected structure of 2 elements, found long-unsigned 5", () -> five.structureOf(2));
    assertSentence("expected boolean, found long-unsigned 5", five::booleanValue);
    assertSentence("expected date-time, found long-unsigned 5", five::dateTimeValue);
    assertSentence(
        "expected visible-string, utf8-string or octet-string, found long-unsigned 5", five::text);
    assertSentence(
        "expected a whole number, found boolean true", CosemData.bool(true)::integralValue);
    assertSentence(
        "expected structure of 2 elements, found structure of 1 elements",
        () -> CosemData.structure(five).structureOf(2));
    assertSentence(
        "expected structure of 1 elements, found array of 1 elements",
        () -> CosemData.array(five).structureOf(1));
    assertSentence(
        "expected date-time, found octet-string 01 02",
        CosemData.octetString(Octets.of(1, 2))::dateTimeValue);
    assertSentence(
        "expected boolean, found octet-string of 1000000 octets",
        CosemData.octetString(Octets.view(new byte[1_000_000]))::booleanValue);
  }

  private static void assertSentence(String sentence, Executable e) {
    AxdrException refusal = assertRefused(Kind.MALFORMED, AxdrException.NO_OFFSET, e);
    assertEquals(sentence + " (Blue Book 4.1.5)", refusal.getMessage());
  }

  @Test
  void aDateTimeIsTakenFromAnOctetStringOfTwelve() {
    Octets twelve = Octets.ofHex("07DD0A19 05 000F00FF 8000 80");
    CosemDateTime expected = CosemDateTime.decode(twelve);
    assertEquals(expected, CosemData.octetString(twelve).dateTimeValue());
    assertEquals(expected, CosemData.dateTime(expected).dateTimeValue());
    Octets bad = Octets.ofHex("07DD0D19 05 000F00FF 8000 80");
    assertRefused(Kind.MALFORMED, 2, CosemData.octetString(bad)::dateTimeValue);
  }

  @Test
  void textIsReadFromEveryKindOfString() {
    assertEquals("K\u00E6", new VisibleStringData(Octets.of(0x4B, 0xE6)).text());
    assertEquals("K\u00E6", CosemData.octetString(Octets.of(0x4B, 0xE6)).text());
    assertEquals("K\u00E6", new Utf8StringData(Octets.of(0x4B, 0xC3, 0xA6)).text());
  }

  @Test
  void textOfAPeerDoesNotBreakTheLinesOfALog() {
    Octets hostile = Octets.of(0x41, 0x0A, 0x0D, 0x1B, 0x42);
    assertEquals(
        "visible-string \"A\uFFFD\uFFFD\uFFFDB\"", new VisibleStringData(hostile).toString());
    assertEquals("utf8-string \"A\uFFFD\uFFFD\uFFFDB\"", new Utf8StringData(hostile).toString());
    assertEquals("A\n\r\u001BB", new VisibleStringData(hostile).text());
  }

  @Test
  void theElementsOfATreeCannotBeChanged() {
    List<CosemData> list = new ArrayList<>(List.of(CosemData.unsigned(1)));
    CosemData array = CosemData.array(list);
    CosemData structure = CosemData.structure(list);
    list.add(CosemData.unsigned(2));
    assertEquals(1, array.elements().size());
    assertEquals(1, structure.elements().size());
    assertThrows(UnsupportedOperationException.class, () -> array.elements().clear());
    List<CosemData> decoded = CosemData.decode(Octets.ofHex("01 01 11 01")).elements();
    assertThrows(UnsupportedOperationException.class, decoded::clear);
  }

  @Test
  void whatATypeCannotHoldIsOurOwnError() {
    assertThrows(IllegalArgumentException.class, () -> CosemData.integer(128));
    assertThrows(IllegalArgumentException.class, () -> CosemData.longInteger(-32769));
    assertThrows(IllegalArgumentException.class, () -> CosemData.unsigned(-1));
    assertThrows(IllegalArgumentException.class, () -> CosemData.longUnsigned(65536));
    assertThrows(IllegalArgumentException.class, () -> CosemData.enumerated(256));
    assertThrows(IllegalArgumentException.class, () -> CosemData.visibleString("\u00E6"));
    assertThrows(IllegalArgumentException.class, () -> new BcdData(256));
    assertThrows(IllegalArgumentException.class, () -> new DoubleLongUnsignedData(-1));
    assertThrows(IllegalArgumentException.class, () -> new BitStringData(Octets.of(1), 9));
    assertThrows(IllegalArgumentException.class, () -> new BitStringData(Octets.of(1, 2), 8));
    assertThrows(IllegalArgumentException.class, () -> new BitStringData(Octets.EMPTY, -1));
  }

  @Test
  void theFirstBitIsTheHighestOfTheFirstOctet() {
    BitStringData bits = new BitStringData(Octets.of(0x80, 0x40), 10);
    assertTrue(bits.bit(0));
    assertFalse(bits.bit(1));
    assertFalse(bits.bit(8));
    assertTrue(bits.bit(9));
    assertThrows(IndexOutOfBoundsException.class, () -> bits.bit(10));
  }

  @Test
  void theEnergyOfAMeterIsAsItAnswers() {
    assertEquals(12345679, CosemData.decode(ENERGY).integralValue());
    assertEquals("double-long-unsigned 12345679", CosemData.decode(ENERGY).toString());
  }
}
