package io.dlms4j.cosem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0F 80, -3, -0.128",
    "10 8000, 0, -32768",
    "05 80000000, -1, -214748364.8",
    "14 8000000000000000, 0, -9223372036854775808",
    "14 7FFFFFFFFFFFFFFF, -18, 9.223372036854775807",
    "11 FF, 2, 25500",
    "12 FFFF, -2, 655.35",
    "06 FFFFFFFF, 3, 4294967295000",
    "15 FFFFFFFFFFFFFFFF, 0, 18446744073709551615",
    "15 8000000000000000, -3, 9223372036854775.808",
    "15 7FFFFFFFFFFFFFFF, -3, 9223372036854775.807",
    "17 4366199A, 0, 230.1",
    "17 3DCCCCCD, 0, 0.1",
    "17 42C80000, 0, 100",
    "17 4B800000, 0, 16777216",
    "17 80000000, 0, 0",
    "17 C2480000, -1, -5.0",
    "18 3FB999999999999A, 0, 0.1",
    "18 3FD3333333333334, 0, 0.30000000000000004",
    "18 4059000000000000, 1, 1000",
  })
  void everyTypeOfNumberIsScaledExactly(String hex, int scaler, String value) {
    Quantity quantity =
        new ScalerUnit(scaler, Unit.WATT_HOUR).quantity(CosemData.decode(Octets.ofHex(hex)));
    assertEquals(value, quantity.value().toPlainString());
    assertEquals(value + " Wh", quantity.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "00, null-data",
    "03 01, boolean",
    "16 1E, enum",
    "0A 01 31, visible-string",
    "09 0C 07DD0A19050E1E00FF800080, octet-string",
    "19 07DD0A19050E1E00FF800080, date-time",
    "02 01 11 01, structure",
    "17 7FC00000, NaN",
    "17 7F800000, Infinity",
    "18 FFF0000000000000, -Infinity",
  })
  void whatIsNoNumberIsRefused(String hex, String what) {
    CosemData data = CosemData.decode(Octets.ofHex(hex));
    AxdrException refusal = assertThrows(AxdrException.class, () -> ScalerUnit.NONE.quantity(data));
    assertTrue(String.valueOf(refusal.getMessage()).contains(what), refusal::getMessage);
    assertTrue(refusal.clause().contains("Blue Book"));
  }

  @Property(tries = 1000)
  void aFloatOf32BitsIsADecimalThatIsNoOther(@ForAll int bits) {
    float value = Float.intBitsToFloat(bits);
    if (Float.isFinite(value)) {
      BigDecimal decimal = ScalerUnit.NONE.quantity(new CosemData.Float32Data(value)).value();
      assertEquals(value, decimal.floatValue(), 0);
      assertTrue(decimal.stripTrailingZeros().precision() <= 9);
    }
  }

  @Property(tries = 1000)
  void aFloatOf64BitsIsADecimalThatIsNoOther(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      BigDecimal decimal = ScalerUnit.NONE.quantity(new CosemData.Float64Data(value)).value();
      assertEquals(value, decimal.doubleValue(), 0);
      assertTrue(decimal.stripTrailingZeros().precision() <= 17);
    }
  }

  @Property(tries = 300)
  void whatPeopleWriteComesBackFromAFloat(
      @ForAll @IntRange(min = -999_999, max = 999_999) int number,
      @ForAll @IntRange(max = 6) int decimals) {
    BigDecimal written = BigDecimal.valueOf(number, decimals);
    BigDecimal read =
        ScalerUnit.NONE.quantity(new CosemData.Float32Data(written.floatValue())).value();
    assertEquals(0, written.compareTo(read), () -> written + " came back as " + read);
  }

  @Property(tries = 256)
  void everyScalerUnitComesBackWithTheSameOctets(
      @ForAll byte scaler, @ForAll @IntRange(max = 255) int unit) {
    Octets octets = Octets.of(0x02, 2, 0x0F, scaler & 0xFF, 0x16, unit);
    ScalerUnit decoded = ScalerUnit.decode(CosemData.decode(octets));
    assertEquals(octets, decoded.encode().encode());
    assertEquals(scaler, decoded.scaler());
    assertEquals(unit, decoded.unit().code());
  }

  @Test
  void everyNumberIsOneUnit() {
    Set<String> symbols = new HashSet<>();
    for (int code = 0; code <= 255; code++) {
      Unit unit = Unit.of(code);
      assertSame(unit, Unit.of(code));
      assertEquals(code, unit.code());
      assertTrue(symbols.add(unit.symbol()), unit::symbol);
      assertEquals(Unit.ofCode(code).isPresent(), Unit.values().contains(unit));
    }
    assertThrows(IllegalArgumentException.class, () -> Unit.of(256));
    assertThrows(IllegalArgumentException.class, () -> Unit.of(-1));
    assertTrue(Unit.ofCode(256).isEmpty() && Unit.ofCode(-1).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "1, a",
    "9, °C",
    "27, W",
    "30, Wh",
    "33, A",
    "35, V",
    "44, Hz",
    "56, %",
    "57, Ah",
    "60, Wh/m³",
    "61, J/m³",
    "62, mol %",
    "63, g/m³",
    "64, Pa s",
    "65, J/kg",
    "66, g/cm²",
    "67, atm",
    "70, dBm",
    "71, dBµV",
    "72, dB",
    "253, extended",
    "254, other",
  })
  void theTableOfUnitsIsTheBlueBooks(int code, String symbol) {
    assertEquals(symbol, Unit.ofCode(code).orElseThrow().symbol());
  }

  @Test
  void theReservedNumbersHaveNoNameAndKeepTheirNumber() {
    for (int code : List.of(0, 58, 59, 68, 69, 73, 127, 252)) {
      assertFalse(Unit.ofCode(code).isPresent());
      assertEquals("5 unit " + code, new ScalerUnit(0, Unit.of(code)).quantity(5).toString());
    }
    assertEquals("5", ScalerUnit.NONE.quantity(5).toString());
    assertEquals("none", Unit.NONE.toString());
  }
}
