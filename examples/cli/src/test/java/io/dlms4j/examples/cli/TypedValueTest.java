package io.dlms4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.classes.ValueType;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

/** Each type's values in text. */
class TypedValueTest {
  private static CosemData read(ValueType<?> type, String text) {
    return TypedValue.read(Dlms.commandLine(), "it", type, text);
  }

  @Test
  void octetsAreHexadecimal() {
    assertEquals(CosemData.octetString(Octets.of(1, 0xAB)), read(ValueType.OCTET_STRING, "01AB"));
    assertEquals(CosemData.octetString(Octets.of(1, 0xAB)), read(ValueType.OCTET_STRING, "0x01ab"));
    assertThrows(ParameterException.class, () -> read(ValueType.OCTET_STRING, "0x1"));
  }

  @Test
  void textIsText() {
    assertEquals(CosemData.visibleString("on 1"), read(ValueType.VISIBLE_STRING, "on 1"));
  }

  @Test
  void numbersAreOfTheirTypeAndWithinIt() {
    assertEquals(CosemData.unsigned(255), read(ValueType.UNSIGNED, "255"));
    assertEquals(
        CosemData.doubleLongUnsigned(0xFFFF_FFFFL),
        read(ValueType.DOUBLE_LONG_UNSIGNED, "4294967295"));
    assertThrows(ParameterException.class, () -> read(ValueType.UNSIGNED, "256"));
    assertThrows(ParameterException.class, () -> read(ValueType.UNSIGNED, "-1"));
    assertThrows(ParameterException.class, () -> read(ValueType.UNSIGNED, "99999999999999999999"));
  }

  @Test
  void datesTimesAndNamesAreOctetStrings() {
    assertEquals(
        CosemData.octetString(Octets.ofHex("07EA0B1C06")), read(ValueType.DATE, "2026-11-28"));
    assertEquals(CosemData.octetString(Octets.ofHex("0A1E00FF")), read(ValueType.TIME, "10:30"));
    assertEquals(
        CosemData.octetString(Octets.ofHex("07EA0B1C060A0000FF8000FF")),
        read(ValueType.DATE_TIME, "2026-11-28T10:00"));
    assertEquals(
        CosemData.octetString(Octets.ofHex("0100010800FF")),
        read(ValueType.LOGICAL_NAME, "1.0.1.8.0.255"));
  }

  @Test
  void bitsAreDigitsInTheirOrder() {
    assertEquals(
        new CosemData.BitStringData(Octets.of(0xA0), 4), read(ValueType.bitString(4), "1010"));
    assertThrows(ParameterException.class, () -> read(ValueType.bitString(4), "101"));
    assertThrows(ParameterException.class, () -> read(ValueType.BIT_STRING, "12"));
  }

  @Test
  void whatMayBeNullIsNullOrItself() {
    assertEquals(CosemData.nullData(), read(ValueType.UNSIGNED.orNull(), "null"));
    assertEquals(CosemData.unsigned(7), read(ValueType.UNSIGNED.orNull(), "7"));
  }
}
