package io.dlms4j.axdr;

import static io.dlms4j.axdr.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException.Kind;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CosemDateTimeTest {
  /** The second row of a load profile as an OMNIPOWER sends it. */
  private static final Octets LOGGED = Octets.ofHex("07DD 0A 19 05 00 0F 00 FF 8000 80");

  @Test
  void theTimeOfALoggedRowIsAFridayInSummer() {
    CosemDateTime t = CosemDateTime.decode(LOGGED);
    assertEquals(new CosemDate(2013, 10, 25, 5), t.date());
    assertEquals(new CosemTime(0, 15, 0, CosemTime.NOT_SPECIFIED), t.time());
    assertEquals(CosemDateTime.NOT_SPECIFIED, t.deviation());
    assertEquals(0x80, t.clockStatus());
    assertTrue(t.isDaylightSaving());
    assertFalse(t.isInvalid());
    assertEquals(Optional.of(LocalDateTime.of(2013, 10, 25, 0, 15)), t.toLocalDateTime());
    assertEquals("2013-10-25 Fri 00:15:00 status 80", t.toString());
    assertEquals(LOGGED, t.encode());
  }

  @Test
  void aLocalTimeIsWrittenWithItsDayOfWeekAndWithoutHundredths() {
    LocalDateTime local = LocalDateTime.of(2013, 10, 25, 0, 15, 0, 999_999_999);
    assertEquals(LOGGED, CosemDateTime.of(local, CosemDateTime.NOT_SPECIFIED, 0x80).encode());
    assertThrows(
        IllegalArgumentException.class,
        () -> CosemDateTime.of(LocalDateTime.of(65535, 1, 1, 0, 0), 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> CosemDateTime.of(LocalDateTime.of(-1, 1, 1, 0, 0), 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "FFC4, -60, +01:00",
    "FD30, -720, +12:00",
    "0348, 840, -14:00",
    "0000, 0, +00:00",
    "001E, 30, -00:30"
  })
  void theDeviationIsWhatIsAddedToGetUtc(String hex, int minutes, String offset) {
    Octets octets = Octets.ofHex("07E80101 01 000000 00" + hex + "00");
    CosemDateTime t = CosemDateTime.decode(octets);
    assertEquals(minutes, t.deviation());
    assertEquals("2024-01-01 Mon 00:00:00.00" + offset + " status 00", t.toString());
    assertEquals(octets, t.encode());
  }

  @Test
  void aDateTimeOfWildcardsIsReadAndHasNoLocalTime() {
    Octets octets = Octets.ofHex("FFFF FF FF FF FF FF FF FF 8000 FF");
    CosemDateTime t = CosemDateTime.decode(octets);
    assertEquals("*-*-* *:*:*", t.toString());
    assertFalse(t.isDaylightSaving());
    assertFalse(t.isInvalid());
    assertEquals(Optional.empty(), t.toLocalDateTime());
    assertEquals(octets, t.encode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FFFF 0A 19 05 00 0F 00 00",
        "07DD FF 19 05 00 0F 00 00",
        "07DD FE 19 05 00 0F 00 00",
        "07DD 0A FE 05 00 0F 00 00",
        "07DD 0A 19 05 FF 0F 00 00",
        "07DD 0A 19 05 00 FF 00 00",
        "07DD 0A 19 05 00 0F FF 00",
        "07DD 02 1E FF 00 0F 00 00"
      })
  void aPatternOrADayThatNeverComesHasNoLocalTime(String hex) {
    Octets octets = Octets.ofHex(hex + "8000 00");
    CosemDateTime t = CosemDateTime.decode(octets);
    assertEquals(Optional.empty(), t.toLocalDateTime());
    assertEquals(octets, t.encode());
  }

  @Test
  void hundredthsAreKept() {
    CosemTime time = CosemTime.decode(Octets.ofHex("17 3B 3B 63"));
    assertEquals("23:59:59.99", time.toString());
    assertEquals(Optional.of(LocalTime.of(23, 59, 59, 990_000_000)), time.toLocalTime());
  }

  @ParameterizedTest
  @CsvSource({
    "07DD FD FF 07, 2013-DST end-* Sun",
    "07DD FE FF FF, 2013-DST begin-*",
    "FFFF FF FE FF, *-*-last",
    "FFFF 02 FD FF, *-02-last but one",
    "0001 01 01 FF, 0001-01-01"
  })
  void aPatternOfDatesIsReadable(String hex, String text) {
    Octets octets = Octets.ofHex(hex);
    assertEquals(text, CosemDate.decode(octets).toString());
    assertEquals(octets, CosemDate.decode(octets).encode());
  }

  @ParameterizedTest
  @CsvSource({
    "07DD 00 19 05 00 0F 00 FF 8000 80, 2",
    "07DD 0D 19 05 00 0F 00 FF 8000 80, 2",
    "07DD FC 19 05 00 0F 00 FF 8000 80, 2",
    "07DD 0A 00 05 00 0F 00 FF 8000 80, 3",
    "07DD 0A 20 05 00 0F 00 FF 8000 80, 3",
    "07DD 0A FC 05 00 0F 00 FF 8000 80, 3",
    "07DD 0A 19 00 00 0F 00 FF 8000 80, 4",
    "07DD 0A 19 08 00 0F 00 FF 8000 80, 4",
    "07DD 0A 19 05 18 0F 00 FF 8000 80, 5",
    "07DD 0A 19 05 00 3C 00 FF 8000 80, 6",
    "07DD 0A 19 05 00 0F 3C FF 8000 80, 7",
    "07DD 0A 19 05 00 0F 00 64 8000 80, 8",
    "07DD 0A 19 05 00 0F 00 FF FD2F 80, 9",
    "07DD 0A 19 05 00 0F 00 FF 0349 80, 9",
    "07DD 0A 19 05 00 0F 00 FF 8001 80, 9",
    "07DD 0A 19 05 00 0F 00 FF 8000 80 00, 12"
  })
  void aFieldThatTheStandardDoesNotKnowIsRefusedWithItsOffset(String hex, int offset) {
    assertRefused(Kind.MALFORMED, offset, () -> CosemDateTime.decode(Octets.ofHex(hex)));
  }

  @Test
  void tooFewOctetsAreTruncated() {
    for (int length = 0; length < LOGGED.length(); length++) {
      Octets part = LOGGED.slice(0, length);
      assertRefused(Kind.TRUNCATED, 0, () -> CosemDateTime.decode(part));
    }
    assertRefused(Kind.TRUNCATED, 0, () -> CosemDate.decode(Octets.of(7, 0xDD, 1, 1)));
    assertRefused(Kind.MALFORMED, 5, () -> CosemDate.decode(Octets.of(7, 0xDD, 1, 1, 1, 1)));
    assertRefused(Kind.TRUNCATED, 0, () -> CosemTime.decode(Octets.of(1, 1, 1)));
    assertRefused(Kind.MALFORMED, 4, () -> CosemTime.decode(Octets.of(1, 1, 1, 1, 1)));
  }

  @Test
  void theRecordsRefuseWhatHasNoWireForm() {
    CosemDate date = new CosemDate(2013, 10, 25, 5);
    CosemTime time = new CosemTime(0, 15, 0, 0);
    assertThrows(IllegalArgumentException.class, () -> new CosemDate(65536, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new CosemDate(-1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new CosemDate(2013, 13, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new CosemDate(2013, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new CosemDate(2013, 1, 1, 8));
    assertThrows(IllegalArgumentException.class, () -> new CosemDate(2013, 256, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new CosemTime(24, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new CosemTime(0, 60, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new CosemTime(0, 0, 60, 0));
    assertThrows(IllegalArgumentException.class, () -> new CosemTime(0, 0, 0, 100));
    assertThrows(IllegalArgumentException.class, () -> new CosemDateTime(date, time, 841, 0));
    assertThrows(IllegalArgumentException.class, () -> new CosemDateTime(date, time, -721, 0));
    assertThrows(IllegalArgumentException.class, () -> new CosemDateTime(date, time, -32768, 0));
    assertThrows(IllegalArgumentException.class, () -> new CosemDateTime(date, time, 0, 256));
  }

  @Test
  void aClockThatSaysItIsWrongIsBelieved() {
    CosemDateTime t = CosemDateTime.of(LocalDateTime.of(2013, 1, 1, 0, 0), 0, 0x01);
    assertTrue(t.isInvalid());
    assertFalse(t.isDaylightSaving());
  }
}
