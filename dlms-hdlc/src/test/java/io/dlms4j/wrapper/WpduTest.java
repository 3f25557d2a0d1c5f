package io.dlms4j.wrapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Payload;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WpduTest {
  private static Payload hex(String octets) {
    return Payload.of(HexFormat.ofDelimiter(" ").parseHex(octets));
  }

  private static WrapperException refusal(String octets) {
    return assertThrows(WrapperException.class, () -> Wpdu.decode(hex(octets)));
  }

  @Test
  void theFourNumbersOfTheHeaderAndTheDataStandInTheirOrder() {
    Payload octets = hex("00 01 00 10 01 02 00 03 C0 01 C1");
    Wpdu unit = new Wpdu(0x0010, 0x0102, hex("C0 01 C1"));
    assertEquals(octets, unit.encode());
    assertEquals(unit, Wpdu.decode(octets));
  }

  @Test
  void aUnitInsideAnArrayIsReadFromWhereItIs() {
    Payload around = hex("FF FF 00 01 00 10 00 01 00 01 C0 FF");
    assertEquals(new Wpdu(16, 1, hex("C0")), Wpdu.decode(around.slice(2, 9)));
  }

  @Test
  void aShortHeaderIsRefusedWhereItEnds() {
    assertEquals(7, refusal("00 01 00 10 00 01 00").octetOffset());
    assertEquals(
        0, assertThrows(WrapperException.class, () -> Wpdu.decode(Payload.EMPTY)).octetOffset());
  }

  @Test
  void anotherVersionIsRefusedAndNamed() {
    for (String version : new String[] {"00 00", "00 02", "01 01", "01 00"}) {
      WrapperException refusal = refusal(version + " 00 10 00 01 00 01 C0");
      assertEquals(0, refusal.octetOffset());
      assertTrue(String.valueOf(refusal.getMessage()).startsWith("the version is 1, not "));
    }
  }

  @Test
  void aLengthThatIsNotThatOfTheDataIsRefused() {
    assertEquals(6, refusal("00 01 00 10 00 01 00 02 C0").octetOffset());
    assertEquals(6, refusal("00 01 00 10 00 01 00 00 C0").octetOffset());
    assertEquals(6, refusal("00 01 00 10 00 01 FF FF C0").octetOffset());
    assertTrue(refusal("00 01 00 10 00 01 00 02 C0").clause().startsWith("Green Book 7.3.3"));
  }

  @Test
  void whatDoesNotFitAHeaderCannotBeMade() {
    assertThrows(IllegalArgumentException.class, () -> new Wpdu(-1, 1, Payload.EMPTY));
    assertThrows(IllegalArgumentException.class, () -> new Wpdu(1, 0x10000, Payload.EMPTY));
    Payload tooLong = Payload.of(new byte[0x10000]);
    assertThrows(IllegalArgumentException.class, () -> new Wpdu(1, 1, tooLong));
  }

  @Test
  void theLongestUnitGoesBothWays() {
    Wpdu longest = new Wpdu(0xFFFF, 0xFFFF, Payload.of(new byte[0xFFFF]));
    assertEquals(longest, Wpdu.decode(longest.encode()));
  }

  @Property(tries = 200)
  void everyUnitComesBackAsItWas(
      @ForAll @IntRange(max = 0xFFFF) int source,
      @ForAll @IntRange(max = 0xFFFF) int destination,
      @ForAll @Size(max = 300) byte[] data) {
    Wpdu unit = new Wpdu(source, destination, Payload.of(data));
    assertEquals(unit, Wpdu.decode(unit.encode()));
  }

  @Property(tries = 500)
  void arbitraryOctetsAreReadOrRefusedAndWhatIsReadIsWrittenTheSame(
      @ForAll @Size(max = 40) byte[] octets) {
    try {
      assertEquals(Payload.of(octets), Wpdu.decode(Payload.of(octets)).encode());
    } catch (WrapperException refused) {
      assertTrue(refused.octetOffset() <= octets.length);
    }
  }
}
