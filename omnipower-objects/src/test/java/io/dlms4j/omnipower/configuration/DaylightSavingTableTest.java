package io.dlms4j.omnipower.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.configuration.DaylightSavingTable.Season;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DaylightSavingTableTest {
  @Test
  void clk05TwentyYearsFitAndTwentyOneDoNot() {
    List<Season> twentyOne = IntStream.range(2020, 2041).mapToObj(each -> northern(each)).toList();
    DaylightSavingTable table = new DaylightSavingTable(twentyOne.subList(0, 20));
    for (int year = 2020; year < 2040; year++) {
      assertEquals(normal(year, 4, 2, 3, 0), table.begin(year));
      assertEquals(normal(year, 9, 3, 1, 0), table.end(year));
    }
    refused("more than the 20", twentyOne);
  }

  @Test
  void clk05DaylightSavingBeginsAndEndsWithTheSecondOfTheTable() {
    DaylightSavingTable table = new DaylightSavingTable(List.of(northern(2026)));
    assertFalse(table.isDaylight(normal(2026, 4, 2, 3, 0) - 1));
    assertTrue(table.isDaylight(normal(2026, 4, 2, 3, 0)));
    assertTrue(table.isDaylight(normal(2026, 9, 3, 1, 0) - 1));
    assertFalse(table.isDaylight(normal(2026, 9, 3, 1, 0)));
    assertFalse(table.isSouthernHemisphere());
  }

  @Test
  void clk05AYearOutsideTheTableHasNoDaylightSaving() {
    DaylightSavingTable table = new DaylightSavingTable(List.of(northern(2026)));
    for (int day = 0; day < 365; day++) {
      assertFalse(table.isDaylight(normal(2027, 1, 1, 0, 0) + day * 86_400L));
    }
    assertEquals(normal(2027, 1, 1, 0, 0), table.begin(2027));
    assertEquals(normal(2027, 1, 1, 0, 0), table.end(2027));
  }

  @Test
  void clk05OnTheSouthernHemisphereDaylightSavingGoesOnOverNewYear() {
    DaylightSavingTable table =
        new DaylightSavingTable(List.of(southern(2027), southern(2026), southern(2028)));
    assertTrue(table.isSouthernHemisphere());
    assertTrue(table.isDaylight(normal(2026, 1, 1, 0, 0)));
    assertFalse(table.isDaylight(normal(2026, 4, 5, 2, 0)));
    assertFalse(table.isDaylight(normal(2026, 10, 4, 2, 0) - 1));
    assertTrue(table.isDaylight(normal(2026, 10, 4, 2, 0)));
    assertTrue(table.isDaylight(normal(2027, 1, 1, 0, 0)));
    assertTrue(table.isDaylight(normal(2028, 12, 31, 23, 59)));
    assertFalse(table.isDaylight(normal(2029, 1, 1, 0, 0)));
  }

  @Test
  void seasonsThatNoClockCanFollowAreRefusedWithTheReason() {
    refused("has two seasons", List.of(northern(2026), northern(2026)));
    refused("other hemisphere", List.of(northern(2026), southern(2027)));
    LocalDateTime april = LocalDateTime.of(2026, 4, 2, 3, 0);
    refusedSeason("not of one year", april, april.plusYears(1));
    refusedSeason("less than a day apart", april, april.plusHours(24));
    refusedSeason("first or last day", april, LocalDateTime.of(2026, 12, 31, 12, 0));
    refusedSeason("first or last day", LocalDateTime.of(2026, 1, 1, 12, 0), april);
    refusedSeason("2000 to 2099", april.withYear(1999), april.withYear(1999).plusMonths(5));
    refusedSeason("2000 to 2099", april.withYear(2100), april.withYear(2100).plusMonths(5));
  }

  private static void refused(String reason, List<Season> seasons) {
    Refusals.refused(reason, () -> new DaylightSavingTable(seasons));
  }

  private static void refusedSeason(String reason, LocalDateTime begin, LocalDateTime end) {
    Refusals.refused(reason, () -> new Season(begin, end));
  }

  private static Season northern(int year) {
    return new Season(LocalDateTime.of(year, 4, 2, 3, 0), LocalDateTime.of(year, 9, 3, 2, 0));
  }

  private static Season southern(int year) {
    return new Season(LocalDateTime.of(year, 10, 4, 2, 0), LocalDateTime.of(year, 4, 5, 3, 0));
  }

  private static long normal(int year, int month, int day, int hour, int minute) {
    return LocalDateTime.of(year, month, day, hour, minute).toEpochSecond(ZoneOffset.UTC);
  }
}
