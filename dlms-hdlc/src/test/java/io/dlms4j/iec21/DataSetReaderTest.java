package io.dlms4j.iec21;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.iec21.DataSet.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetReaderTest {
  private static List<DataSet> all(String text, DataLimits limits) {
    DataSetReader reader = new DataSetReader(text, limits);
    List<DataSet> all = new ArrayList<>();
    for (DataSet each = reader.next(); each != null; each = reader.next()) {
      all.add(each);
    }
    return all;
  }

  private static List<DataSet> all(String text) {
    return all(text, DataLimits.DEFAULT);
  }

  private static DataSet set(String address, Value... values) {
    return new DataSet(address, List.of(values));
  }

  private static Value value(String text, String unit) {
    return new Value(text, unit);
  }

  private static int refusedAt(String text) {
    Iec21Exception refused = assertThrows(Iec21Exception.class, () -> all(text));
    assertTrue(refused.clause().startsWith("IEC 62056-21"), refused.clause());
    return refused.octetOffset();
  }

  @Test
  void aBlockIsReadLineByLineUpToTheExclamationMark() {
    assertEquals(
        List.of(
            set("0.0.0", value("12345678", "")),
            set("F.F", value("00", "")),
            set("1-0:1.8.0*255", value("000123.4", "kWh"))),
        all("0.0.0(12345678)\r\nF.F(00)\r\n\r\n1-0:1.8.0*255(000123.4*kWh)\r\n!\r\n"));
  }

  @Test
  void aLineMayHaveSeveralDataSetsAndADataSetSeveralValues() {
    assertEquals(
        List.of(
            set("1.6.1", value("012.34", "kW"), value("2611201715", "")),
            set("2.6.1", value("0", "kW")),
            set("", value("1", ""), value("", "")),
            set("", value("2", ""))),
        all("1.6.1(012.34*kW)(2611201715)2.6.1(0*kW)\r\n(1)()\r\n(2)"));
  }

  @Test
  void whatStandsBehindTheExclamationMarkIsNotLookedAt() {
    assertEquals(List.of(set("a", value("1", ""))), all("a(1)\r\n!5A3C\r\n((("));
  }

  @Test
  void aTextWithoutAnythingHasNoDataSets() {
    assertEquals(List.of(), all(""));
    assertEquals(List.of(), all("\r\n!\r\n"));
  }

  @Test
  void anOffsetSaysWhereTheTextIsWrong() {
    assertEquals(5, refusedAt("1.8.0"));
    assertEquals(6, refusedAt("1.8.0("));
    assertEquals(3, refusedAt("1.8)"));
    assertEquals(3, refusedAt("1.8\r\n(1)"));
    assertEquals(2, refusedAt("a(()"));
    assertEquals(3, refusedAt("a(1\r\n)"));
    assertEquals(1, refusedAt("a!"));
    assertEquals(6, refusedAt("a(1)\r\n/(1)"));
  }

  @Test
  void aWrongDataSetIsRefusedAgainWhenReadAgain() {
    DataSetReader reader = new DataSetReader("a(1)b(");
    assertEquals(set("a", value("1", "")), reader.next());
    assertThrows(Iec21Exception.class, reader::next);
    assertThrows(Iec21Exception.class, reader::next);
  }

  @Test
  void partsMayBeAsLongAsTheLimitsSayAndNoLonger() {
    DataLimits limits = new DataLimits(3, 4, 2, 2);
    String fits = "abc(1234*56)(1)";
    assertEquals(List.of(set("abc", value("1234", "56"), value("1", ""))), all(fits, limits));
    for (String longer :
        List.of("abcd(1)", "a(12345)", "a(12345*6)", "a(1*567)", "a(1)(2)(3)", "a(12345678901")) {
      Iec21Exception refused =
          assertThrows(Iec21Exception.class, () -> all(longer, limits), longer);
      assertTrue(String.valueOf(refused.getMessage()).contains("too"), refused::getMessage);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.8.0, -1, -1, 1, 8, 0, -1, false",
    "1-0:1.8.0*255, 1, 0, 1, 8, 0, 255, false",
    "1-1:1.6.1&02, 1, 1, 1, 6, 1, 2, true",
    "0:1.2.3, -1, 0, 1, 2, 3, -1, false",
    "1.8, -1, -1, 1, 8, -1, -1, false",
    "1.8.0*01, -1, -1, 1, 8, 0, 1, false"
  })
  void anAddressOfObisIsParsed(
      String text, int a, int b, int c, int d, int e, int f, boolean manualReset) {
    assertEquals(new ReducedObis(a, b, c, d, e, f, manualReset), ReducedObis.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "F.F",
        "C.1.0",
        "1",
        "1.",
        "1.256",
        "1-0:1.8.0*",
        "1.8.0*256",
        "1.8.0 ",
        "1-1.8.0.0",
        "0001.8.0",
        "-1.8.0",
        "1.8.0.0",
        "1:2:1.8.0"
      })
  void anyOtherAddressStaysText(String text) {
    assertNull(ReducedObis.parse(text));
    assertNull(set(text, value("", "")).obis());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.8.0", "1-0:1.8.0*255", "1-1:1.6.1&2", "0:1.2.3", "1.8"})
  void anAddressOfObisIsWrittenAsItWasRead(String text) {
    assertEquals(text, Objects.requireNonNull(ReducedObis.parse(text)).toString());
  }

  @Test
  void aValueIsANumberWithItsDecimalsIfItIsJustDigits() {
    assertEquals(new BigDecimal("123.40"), value("000123.40", "kWh").decimal());
    assertEquals(new BigDecimal("-1"), value("-1", "").decimal());
    for (String text : List.of("", "-", ".", "1.2.3", "1e9", "1E9", "12-3", "ERROR", "１")) {
      assertNull(value(text, "").decimal(), text);
    }
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefusedWithinItself(
      @ForAll
          @StringLength(max = 60)
          @Chars({'(', ')', '*', '!', '/', '\r', '\n', '.', '\u0007'})
          @CharRange(from = '0', to = '9')
          String text) {
    try {
      for (DataSet each : all(text)) {
        assertTrue(!each.values().isEmpty());
      }
    } catch (Iec21Exception refused) {
      assertTrue(refused.octetOffset() >= 0 && refused.octetOffset() <= text.length());
    }
  }
}
