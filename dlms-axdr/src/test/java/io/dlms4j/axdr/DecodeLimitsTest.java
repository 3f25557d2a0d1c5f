package io.dlms4j.axdr;

import static io.dlms4j.axdr.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.AxdrException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeLimitsTest {
  private static final DecodeLimits WIDEST =
      new DecodeLimits(Integer.MAX_VALUE, DecodeLimits.MAX_DEPTH, Integer.MAX_VALUE);

  /** Reads and skips: both must refuse alike. */
  private static void assertDataRefused(Kind kind, int offset, Octets octets, DecodeLimits limits) {
    assertRefused(kind, offset, () -> AxdrReader.of(octets, limits).readData());
    assertRefused(kind, offset, () -> AxdrReader.of(octets, limits).skipData());
  }

  private static Octets repeat(String hex, int times) {
    return Octets.ofHex(hex.repeat(times));
  }

  @ParameterizedTest
  @ValueSource(strings = {"01 01", "02 01"})
  void aNestOfFourKilobytesIsRefusedAtTheFirstLevelTooMany(String level) {
    assertDataRefused(Kind.LIMIT, 32, repeat(level, 2048), DecodeLimits.DEFAULT);
    assertDataRefused(Kind.LIMIT, 512, repeat(level, 2048), WIDEST);
    // As many elements as there is room for, at every level.
    assertDataRefused(Kind.LIMIT, 32, repeat("01 40", 2048), DecodeLimits.DEFAULT);
  }

  @Test
  void asManyLevelsAsAllowedAreTaken() {
    DecodeLimits three = DecodeLimits.DEFAULT.withMaxDepth(3);
    Octets good = Octets.ofHex("01 01 02 01 01 01 11 05");
    CosemData five = AxdrReader.of(good, three).readData();
    for (int level = 0; level < 3; level++) {
      five = five.elements().get(0);
    }
    assertEquals(CosemData.unsigned(5), five);
    assertDataRefused(Kind.LIMIT, 6, Octets.ofHex("01 01 02 01 01 01 02 00"), three);
    assertDataRefused(Kind.LIMIT, 0, Octets.ofHex("01 00"), DecodeLimits.DEFAULT.withMaxDepth(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "02"})
  void anArrayThatClaimsAllElementsThereCanBeIsRefusedUnread(String tag) {
    assertDataRefused(Kind.LIMIT, 1, Octets.ofHex(tag + "84 FFFFFFFF 11 05"), DecodeLimits.DEFAULT);
    assertDataRefused(Kind.LIMIT, 1, Octets.ofHex(tag + "84 FFFFFFFF 11 05"), WIDEST);
    assertDataRefused(Kind.LIMIT, 6, Octets.ofHex(tag + "84 7FFFFFFF 11 05"), DecodeLimits.DEFAULT);
    // Nothing is allocated for two thousand million elements that are not there.
    assertDataRefused(Kind.LIMIT, 6, Octets.ofHex(tag + "84 7FFFFFFF 11 05"), WIDEST);
    assertDataRefused(Kind.TRUNCATED, 6, Octets.ofHex(tag + "84 70000000 11 05"), WIDEST);
  }

  @Test
  void aStringThatClaimsMoreThanIsThereIsRefusedUnread() {
    for (String tag : new String[] {"09", "0A", "0C"}) {
      assertDataRefused(Kind.TRUNCATED, 6, Octets.ofHex(tag + "84 70000000 11"), WIDEST);
      assertDataRefused(Kind.LIMIT, 6, Octets.ofHex(tag + "84 70000000 11"), DecodeLimits.DEFAULT);
    }
    assertDataRefused(Kind.TRUNCATED, 6, Octets.ofHex("04 84 7FFFFFFF 11"), WIDEST);
  }

  @Test
  void theElementsOfAllLevelsCountTogether() {
    DecodeLimits five = DecodeLimits.DEFAULT.withMaxElements(5);
    // An array of two structures, one of two elements and one of one, and then of two.
    Octets good = Octets.ofHex("01 02 02 02 00 00 02 01 00");
    assertEquals(2, AxdrReader.of(good, five).readData().elements().size());
    AxdrReader.of(good, five).skipData();
    assertDataRefused(Kind.LIMIT, 8, Octets.ofHex("01 02 02 02 00 00 02 02 00 00"), five);
    assertDataRefused(Kind.LIMIT, 2, Octets.ofHex("01 06 00 00 00 00 00 00"), five);
  }

  @Test
  void everyDataOfAReaderHasAllTheElementsForItself() {
    DecodeLimits two = DecodeLimits.DEFAULT.withMaxElements(2);
    AxdrReader r = AxdrReader.of(repeat("01 02 00 00", 3), two);
    r.readData();
    r.skipData();
    r.readData();
    r.expectEnd("the third array");
  }

  @Test
  void aYearOfQuarterHoursInEightColumnsIsWithinTheDefault() {
    AxdrWriter w = new AxdrWriter();
    Octets row =
        Octets.ofHex("02 08" + "06 00000000".repeat(6) + "09 0C" + "00".repeat(12) + "12 0000");
    w.writeUnsigned8(1).writeLength(366 * 96);
    for (int i = 0; i < 366 * 96; i++) {
      w.writeOctets(row);
    }
    AxdrReader r = AxdrReader.of(w.toOctets());
    r.skipData();
    r.expectEnd("the profile");
  }

  @Test
  void eachLimitIsChangedAlone() {
    DecodeLimits limits = new DecodeLimits(1, 2, 3);
    assertEquals(new DecodeLimits(9, 2, 3), limits.withMaxOctets(9));
    assertEquals(new DecodeLimits(1, 9, 3), limits.withMaxDepth(9));
    assertEquals(new DecodeLimits(1, 2, 9), limits.withMaxElements(9));
    assertEquals(limits, AxdrReader.of(Octets.EMPTY, limits).limits());
  }

  @Test
  void limitsThatNoDecoderCouldKeepAreOurOwnError() {
    assertThrows(IllegalArgumentException.class, () -> new DecodeLimits(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new DecodeLimits(1, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new DecodeLimits(1, 257, 1));
    assertThrows(IllegalArgumentException.class, () -> new DecodeLimits(1, 1, -1));
  }
}
