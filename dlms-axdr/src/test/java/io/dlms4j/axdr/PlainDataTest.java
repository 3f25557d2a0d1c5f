package io.dlms4j.axdr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dlms4j.axdr.CosemData.DontCareData;
import io.dlms4j.axdr.CosemData.Float32Data;
import io.dlms4j.axdr.CosemData.Float64Data;
import io.dlms4j.axdr.CosemData.Long64Data;
import io.dlms4j.axdr.CosemData.Long64UnsignedData;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainDataTest {
  /** Octets, and the form with the marks of JSON but without its escapes. */
  static Stream<Arguments> forms() {
    return Stream.of(
        arguments("00", "null"),
        arguments("FF", "{dont-care=null}"),
        arguments("01 02 11 01 00", "{array=[{unsigned=1}, null]}"),
        arguments("02 01 02 00", "{structure=[{structure=[]}]}"),
        arguments("03 01", "{boolean=true}"),
        arguments("04 03 A0", "{bit-string=101}"),
        arguments("04 03 A1", "{bit-string={bits=101, unused=00001}}"),
        arguments("04 00", "{bit-string=}"),
        arguments("05 FFFFFFFE", "{double-long=-2}"),
        arguments("06 FFFFFFFF", "{double-long-unsigned=4294967295}"),
        arguments("09 02 0A0B", "{octet-string=0A0B}"),
        arguments("09 03 4B414D", "{octet-string=4B414D, reads-as=KAM}"),
        arguments(
            "09 0C 07DD0A19 05 000F00FF FF88 80",
            "{octet-string=07DD0A1905000F00FFFF8880, "
                + "reads-as=2013-10-25 Fri 00:15:00+02:00 status 80}"),
        arguments("0A 02 4BE6", "{visible-string=K\u00E6}"),
        arguments("0A 02 000A", "{visible-string=\u0000\n}"),
        arguments("0C 02 C3A6", "{utf8-string=\u00E6}"),
        arguments("0C 02 C3C3", "{utf8-string={octets=C3C3}}"),
        arguments("0D 4A", "{bcd=4A}"),
        arguments("0F 80", "{integer=-128}"),
        arguments("10 8000", "{long=-32768}"),
        arguments("11 FF", "{unsigned=255}"),
        arguments("12 FFFF", "{long-unsigned=65535}"),
        arguments("14 8000000000000000", "{long64=-9223372036854775808}"),
        arguments("15 FFFFFFFFFFFFFFFF", "{long64-unsigned=18446744073709551615}"),
        arguments("16 1E", "{enum=30}"),
        arguments("17 3DCCCCCD", "{float32=0.1}"),
        arguments("17 80000000", "{float32=-0.0}"),
        arguments("17 7F800000", "{float32=Infinity}"),
        arguments("17 7FC00000", "{float32=NaN}"),
        arguments("17 7FC00001", "{float32=NaN(7FC00001)}"),
        arguments("18 FFF0000000000000", "{float64=-Infinity}"),
        arguments("18 FFF8000000000001", "{float64=NaN(FFF8000000000001)}"),
        arguments("18 C004000000000000", "{float64=-2.5}"),
        arguments(
            "19 FFFFFEFDFF FF00FF32 003C FF",
            "{date-time=*-DST begin-last but one *:00:*.50-01:00}"),
        arguments("1A 07DDFDFEFF", "{date=2013-DST end-last}"),
        arguments("1B FFFFFFFF", "{time=*:*:*}"),
        arguments("1C FF", "{delta-integer=-1}"),
        arguments("21 FFFFFFFF", "{delta-double-long-unsigned=4294967295}"),
        arguments(
            "13 02 02 11 01 0002 0F 03 01 02 FF",
            "{compact-array={type={structure=[unsigned, "
                + "{array={number-of-elements=2, type=integer}}]}, "
                + "elements=[{structure=[{unsigned=1}, {array=[{integer=2}, {integer=-1}]}]}]}}"),
        // a length of two octets where one would do
        arguments("13 09 03 81 01 AA", "{compact-array={type=octet-string, contents=8101AA}}"));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyTypeHasItsForm(String hex, String form) {
    CosemData data = CosemData.decode(Octets.ofHex(hex));
    Object plain = PlainData.of(data);
    assertEquals(form, String.valueOf(plain));
    assertEquals(data.encode(), PlainData.toData(plain).encode());
  }

  @Property(tries = 700)
  void everyValueComesBackWhateverReadsItsForm(@ForAll("trees") CosemData tree) {
    Object plain = PlainData.of(tree);
    assertEquals(tree.encode(), PlainData.toData(plain).encode());
    for (Reader reader : Reader.values()) {
      assertEquals(
          tree.encode(), PlainData.toData(asReadBy(reader, plain)).encode(), reader.name());
    }
  }

  @Provide
  Arbitrary<CosemData> trees() {
    return DataArbitraries.trees();
  }

  private enum Reader {
    DOUBLES_ONLY,
    BIG_DECIMALS,
    INTEGERS_IF_WHOLE
  }

  /** The form as a library gives it that has its own idea of numbers. */
  private static @Nullable Object asReadBy(Reader reader, @Nullable Object plain) {
    if (plain instanceof List<?> list) {
      List<@Nullable Object> read = new ArrayList<>();
      list.forEach(each -> read.add(asReadBy(reader, each)));
      return read;
    }
    if (plain instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> read = new LinkedHashMap<>();
      map.forEach((key, value) -> read.put(key, asReadBy(reader, value)));
      return read;
    }
    if (plain instanceof Number number) {
      String printed = number.toString();
      return switch (reader) {
        case DOUBLES_ONLY -> Double.valueOf(printed);
        case BIG_DECIMALS -> new BigDecimal(printed);
        case INTEGERS_IF_WHOLE -> {
          BigDecimal decimal = new BigDecimal(printed);
          yield decimal.stripTrailingZeros().scale() <= 0 ? decimal.toBigInteger() : number;
        }
      };
    }
    return plain;
  }

  @Test
  void everyKindOfNumberIsTaken() {
    for (Object five :
        List.of(
            5,
            5L,
            (byte) 5,
            (short) 5,
            5.0,
            5.0f,
            BigInteger.valueOf(5),
            new BigDecimal("5.0"),
            new BigDecimal("0.5E1"),
            "5")) {
      assertEquals(CosemData.unsigned(5), PlainData.toData(Map.of("unsigned", five)));
      assertEquals(new Long64Data(5), PlainData.toData(Map.of("long64", five)));
      assertEquals(new Long64UnsignedData(5), PlainData.toData(Map.of("long64-unsigned", five)));
      assertEquals(new Float32Data(5), PlainData.toData(Map.of("float32", five)));
      assertEquals(new Float64Data(5), PlainData.toData(Map.of("float64", five)));
    }
    assertEquals(
        new Long64UnsignedData(-1),
        PlainData.toData(Map.of("long64-unsigned", new BigInteger("18446744073709551615"))));
    assertEquals(
        CosemData.nullData(), PlainData.toData(Collections.singletonMap("null-data", null)));
    assertEquals(new DontCareData(), PlainData.toData(Collections.singletonMap("dont-care", null)));
    assertNull(PlainData.of(CosemData.nullData()));
  }

  /** A form that is no value, and what is said of it. */
  static Stream<Arguments> refusals() {
    Map<String, Object> good = Map.of("unsigned", 1);
    return Stream.of(
        arguments(
            Map.of("structure", List.of(good, good, good, Map.of("long-unsigned", 70000))),
            "structure[3].long-unsigned: 70000 is not within 0..65535"),
        arguments(5, "expected a map such as {\"unsigned\": 5}, found 5"),
        arguments(
            Map.of("array", List.of("five")),
            "array[0]: expected a map such as {\"unsigned\": 5}, found \"five\""),
        arguments(Map.of(), "a value without a type"),
        arguments(Map.of("reads-as", "KAM"), "a value without a type"),
        arguments(Map.of("word", 5), "\"word\" is no type of data"),
        arguments(Map.of("unsigned", "five"), "unsigned: \"five\" is no whole number"),
        arguments(Map.of("unsigned", 1.5), "unsigned: 1.5 is no whole number"),
        arguments(Map.of("unsigned", Double.NaN), "unsigned: NaN is no whole number"),
        arguments(Map.of("unsigned", true), "unsigned: expected a whole number, found Boolean"),
        arguments(
            Map.of("long64", 9.3e15),
            "long64: 9.3E15 may have been rounded: write it as text, in quotes"),
        arguments(
            Map.of("long64", new BigDecimal("1E+999999999")),
            "long64: 1E+999999999 is out of range"),
        arguments(
            Map.of("long64", new BigDecimal("1E-999999999")),
            "long64: 1E-999999999 is out of range"),
        arguments(
            Map.of("long64-unsigned", "-1"),
            "long64-unsigned: -1 is not within 0..18446744073709551615"),
        arguments(Map.of("delta-unsigned", -1), "delta-unsigned: -1 is not within 0..255"),
        arguments(Map.of("float32", 1e300), "float32: 1.0E300 is out of range"),
        arguments(Map.of("float64", "1e999"), "float64: 1e999 is out of range"),
        arguments(Map.of("float32", "NaN(00000001)"), "float32: NaN(00000001) is out of range"),
        arguments(Map.of("float32", "much"), "float32: \"much\" is no number"),
        arguments(Map.of("boolean", 1), "boolean: expected a truth value, found Integer"),
        arguments(Map.of("bit-string", "102"), "bit-string: character 2 is neither 0 nor 1"),
        arguments(
            Map.of("bit-string", Map.of("bits", "1", "unused", "00000000")),
            "bit-string: 1 bits in 2 octets"),
        arguments(
            Map.of("bit-string", Map.of("bits", "1")),
            "bit-string: expected [bits, unused], found other keys"),
        arguments(
            Map.of("visible-string", "\u20AC"),
            "visible-string: a character is not within ISO-8859-1"),
        arguments(Map.of("utf8-string", "\uD800"), "utf8-string: a character is not within UTF-8"),
        arguments(Map.of("bcd", "0102"), "bcd: 2 octets where there is one"),
        arguments(
            Map.of("date-time", "yesterday"),
            "date-time: \"yesterday\" is not of the form \"2013-10-25 Fri 00:15:00+02:00 status 80\""),
        arguments(Map.of("date", "2013-13-01"), "date: there is no month 13"),
        arguments(
            Map.of("date-time", "2013-10-25 00:15:00-99:00"),
            "date-time: deviation 5940 is not within -720..840"),
        arguments(Map.of("array", 5), "array: expected a list, found 5"),
        arguments(Map.of("dont-care", 5), "dont-care: expected null, found 5"),
        arguments(Collections.singletonMap("enum", null), "enum: null where a value is needed"),
        arguments(
            Map.of(
                "compact-array",
                Map.of("type", "unsigned", "elements", List.of(good, Map.of("integer", 1)))),
            "compact-array.elements: integer 1 is no unsigned"),
        arguments(
            Map.of("compact-array", Map.of("type", "array", "contents", "")),
            "compact-array.type: array is no simple type"),
        arguments(
            Map.of("compact-array", Map.of("type", "long-unsigned", "contents", "05")),
            "compact-array.contents: no elements of long-unsigned"),
        arguments(
            Map.of(
                "compact-array",
                Map.of(
                    "type",
                    Map.of("array", Map.of("number-of-elements", 65536, "type", "unsigned")),
                    "contents",
                    "")),
            "compact-array.type.array.number-of-elements: 65536 is not within 0..65535"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatIsNoValueIsRefusedWithWhereAndWhy(Object plain, String sentence) {
    PlainDataException refusal =
        assertThrows(PlainDataException.class, () -> PlainData.toData(plain));
    assertEquals(sentence, refusal.getMessage());
    assertTrue(sentence.startsWith(refusal.path()), refusal.path());
  }

  @Test
  void twoTypesOfOneValueAreRefused() {
    Map<String, Object> two = new LinkedHashMap<>();
    two.put("unsigned", 1);
    two.put("integer", 2);
    assertEquals(
        "a value has one type, not \"unsigned\" and \"integer\"",
        assertThrows(PlainDataException.class, () -> PlainData.toData(two)).getMessage());
  }

  @Test
  void aNestWithoutEndIsRefusedAndTheStackStays() {
    Object nest = Map.of("unsigned", 1);
    Object types = "unsigned";
    for (int i = 0; i < 100_000; i++) {
      nest = Map.of("array", Arrays.asList(nest));
      types = Map.of("structure", Arrays.asList(types));
    }
    Object deep = nest;
    Object deepType = Map.of("compact-array", Map.of("type", types, "contents", ""));
    assertThrows(PlainDataException.class, () -> PlainData.toData(deep));
    assertThrows(PlainDataException.class, () -> PlainData.toData(deepType));
  }

  @Test
  void whatAStringReadsAsIsForPeopleOnly() {
    assertEquals(
        CosemData.octetString(Octets.of(1)),
        PlainData.toData(Map.of("octet-string", "01", "reads-as", "something else")));
  }
}
