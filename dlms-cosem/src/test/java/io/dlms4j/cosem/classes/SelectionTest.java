package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.EntryNumbering.NEWEST_IS_ZERO;
import static io.dlms4j.cosem.classes.EntryNumbering.OLDEST_IS_ONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  private static final CaptureObjectDefinition CLOCK = column(8, "0.0.1.0.0.255", 0);
  private static final CaptureObjectDefinition IMPORT = column(3, "1.0.1.8.0.255", 0);
  private static final CaptureObjectDefinition EXPORT = column(3, "1.0.2.8.0.255", 0);
  private static final List<CaptureObjectDefinition> COLUMNS = List.of(CLOCK, IMPORT, EXPORT);

  private static CaptureObjectDefinition column(int classId, String name, int dataIndex) {
    return new CaptureObjectDefinition(AttributeRef.of(classId, name, 2), dataIndex);
  }

  /** Positions in a buffer of ten rows, 0 the oldest, 9 the newest. */
  @ParameterizedTest
  @CsvSource({
    "OLDEST_IS_ONE, 1, 3, 0 1 2",
    "OLDEST_IS_ONE, 8, 0, 7 8 9",
    "OLDEST_IS_ONE, 10, 10, 9",
    "OLDEST_IS_ONE, 9, 4294967295, 8 9",
    "OLDEST_IS_ONE, 0, 2, 0 1",
    "OLDEST_IS_ONE, 11, 0, ''",
    "OLDEST_IS_ONE, 3, 2, ''",
    "NEWEST_IS_ZERO, 1, 3, 8 7 6",
    "NEWEST_IS_ZERO, 1, 0, 8 9",
    "NEWEST_IS_ZERO, 0, 0, 9",
    "NEWEST_IS_ZERO, 0, 2, 9 8 7",
    "NEWEST_IS_ZERO, 3, 1, 6 7 8",
    "NEWEST_IS_ZERO, 9, 9, 0",
    "NEWEST_IS_ZERO, 8, 4294967295, 1 0",
    "NEWEST_IS_ZERO, 4294967295, 8, 0 1",
    "NEWEST_IS_ZERO, 10, 11, ''",
    "NEWEST_IS_ZERO, 11, 10, ''",
  })
  void entriesAreNumberedAsTheMeterNumbersThem(
      EntryNumbering numbering, long from, long to, String positions) {
    RowSelection rows = new EntryDescriptor(from, to, 1, 0).rows(numbering, 10);
    assertEquals(
        positions, positions(rows).stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  private static List<Long> positions(RowSelection rows) {
    return LongStream.range(0, rows.size()).mapToObj(rows::position).toList();
  }

  /** Against a buffer that is really there, with a number written on every row. */
  @Property(tries = 1000)
  void theRowsAreThoseWhoseNumbersAreAskedForInThatOrder(
      @ForAll @IntRange(max = 12) int from,
      @ForAll @IntRange(max = 12) int to,
      @ForAll @IntRange(max = 10) int inUse) {
    List<Long> standard = new ArrayList<>();
    List<Long> newestFirst = new ArrayList<>();
    for (long position = 0; position < inUse; position++) {
      long fromOldest = position + 1;
      if (fromOldest >= from && (fromOldest <= to || to == 0)) {
        standard.add(position);
      }
      long fromNewest = inUse - 1 - position;
      if (fromNewest >= Math.min(from, to) && fromNewest <= Math.max(from, to)) {
        newestFirst.add(position);
      }
    }
    if (from < to) {
      Collections.reverse(newestFirst);
    }
    assertEquals(standard, positions(OLDEST_IS_ONE.rows(from, to, inUse)));
    assertEquals(newestFirst, positions(NEWEST_IS_ZERO.rows(from, to, inUse)));
  }

  @Test
  void anEmptyBufferHasNoRowsHoweverItsEntriesAreNumbered() {
    for (EntryNumbering numbering : EntryNumbering.values()) {
      assertEquals(RowSelection.NONE, numbering.rows(0, 0, 0));
      assertEquals(RowSelection.NONE, numbering.rows(1, 0, 0));
      assertThrows(IllegalArgumentException.class, () -> numbering.rows(-1, 0, 5));
      assertThrows(IllegalArgumentException.class, () -> numbering.rows(0, -1, 5));
      assertThrows(IllegalArgumentException.class, () -> numbering.rows(0, 0, -1));
    }
  }

  @Test
  void aRowSelectionHasNoRowsOutsideTheBuffer() {
    assertThrows(IllegalArgumentException.class, () -> new RowSelection(-1, true, 1));
    assertThrows(IllegalArgumentException.class, () -> new RowSelection(2, false, 4));
    assertThrows(IllegalArgumentException.class, () -> new RowSelection(2, true, -1));
    RowSelection rows = new RowSelection(2, false, 3);
    assertEquals(0, rows.position(2));
    assertThrows(IndexOutOfBoundsException.class, () -> rows.position(3));
    assertThrows(IndexOutOfBoundsException.class, () -> rows.position(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0 1 2",
    "1, 3, 0 1 2",
    "2, 2, 1",
    "3, 0, 2",
    "0, 1,",
    "1, 4,",
    "3, 2,",
    "4, 0,",
  })
  void columnsAreCountedFromOne(int from, int to, String indices) {
    Optional<String> selected =
        new EntryDescriptor(1, 0, from, to)
            .columns(3)
            .map(list -> list.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    assertEquals(Optional.ofNullable(indices), selected);
  }

  @Test
  void aRangeNamesItsColumnsInItsOwnOrder() {
    assertEquals(Optional.of(List.of(0, 1, 2)), range(CLOCK).columns(COLUMNS));
    assertEquals(Optional.of(List.of(2, 0)), range(CLOCK, EXPORT, CLOCK).columns(COLUMNS));
    CaptureObjectDefinition part = column(3, "1.0.2.8.0.255", 1);
    assertEquals(Optional.empty(), range(CLOCK, CLOCK, part).columns(COLUMNS));
    assertEquals(OptionalInt.of(1), range(IMPORT).restrictingColumn(COLUMNS));
    assertEquals(OptionalInt.empty(), range(part).restrictingColumn(COLUMNS));
  }

  private static RangeDescriptor range(
      CaptureObjectDefinition restricting, CaptureObjectDefinition... selected) {
    return new RangeDescriptor(
        restricting, CosemData.unsigned(1), CosemData.unsigned(2), List.of(selected));
  }

  @Test
  void aRangeOfAnyObjectComesBackFromItsOctets() {
    // Written down by hand: Blue Book 4.3.6, range_descriptor.
    Octets octets =
        Octets.ofHex(
            "02 04"
                + "02 04 12 0003 09 06 0100010800FF 0F 02 12 0000" // restricting_object
                + "06 00000064" // from_value 100
                + "15 FFFFFFFFFFFFFFFF" // to_value 2^64-1
                + "01 01"
                + "02 04 12 0003 09 06 0100020800FF 0F 02 12 0000"); // selected_values
    RangeDescriptor range =
        new RangeDescriptor(
            IMPORT,
            CosemData.doubleLongUnsigned(100),
            new CosemData.Long64UnsignedData(-1),
            List.of(EXPORT));
    assertEquals(range, RangeDescriptor.decode(CosemData.decode(octets)));
    assertEquals(octets, range.toSelectiveAccess().accessParameters().octets());
    assertTrue(range.includes(CosemData.longUnsigned(100)));
    assertFalse(range.includes(CosemData.unsigned(99)));
  }

  /** Winter is UTC+1, summer UTC+2: deviations FFC4 and FF88. */
  @ParameterizedTest
  @CsvSource({
    // numbers of any type, by value
    "06 0000000A, 06 00000014, 12 000A, true",
    "06 0000000A, 06 00000014, 12 0014, true",
    "06 0000000A, 06 00000014, 12 0009, false",
    "06 0000000A, 06 00000014, 12 0015, false",
    "0F F6, 15 FFFFFFFFFFFFFFFF, 14 7FFFFFFFFFFFFFFF, true",
    "14 0000000000000000, 14 7FFFFFFFFFFFFFFF, 15 8000000000000000, false",
    "17 3F000000, 17 3FC00000, 11 01, true",
    "17 3F000000, 17 3FC00000, 11 02, false",
    "16 01, 16 03, 16 02, true",
    "11 01, 11 03, 16 04, false",
    // texts, octet strings, booleans
    "0A 01 41, 0A 01 43, 0A 02 4242, true",
    "0A 01 41, 0A 01 43, 0A 02 4341, false",
    "09 02 0001, 09 02 80FF, 09 02 8000, true",
    "09 02 0001, 09 02 80FF, 09 02 8100, false",
    "03 01, 03 01, 03 01, true",
    "03 01, 03 01, 03 00, false",
    // date-times, in either form
    "090C 07DD0A19FF000000FF800080, 090C 07DD0A1AFF000000FF800080,"
        + " 090C 07DD0A19050F0000FF800080, true",
    "090C 07DD0A19FF000000FF800080, 090C 07DD0A1AFF000000FF800080,"
        + " 090C 07DD0A1A06000001FF800080, false",
    "090C 07DD0A19FF000000FF800080, 090C 07DD0A1AFF000000FF800080,"
        + " 19 07DD0A18041700000080 00 80, false",
    "19 07DD0A19FF000000FF800080, 090C 07DD0A1AFF000000FF800080,"
        + " 090C 07DD0A19050000000000 00 00, true",
    // both have a deviation: 01:30 in winter is after 02:10 in summer
    "090C 07DD0A1BFF021E0000FF8880, 090C 07DD0A1BFF02280000FFC400,"
        + " 090C 07DD0A1BFF020A0000FFC400, true",
    "090C 07DD0A1BFF021E0000FF8880, 090C 07DD0A1BFF02280000FFC400,"
        + " 090C 07DD0A1BFF020A0000FF8880, false",
    // a row whose time is not known is in no range
    "090C 07DD0A19FF000000FF800080, 090C 07DD0A1AFF000000FF800080,"
        + " 090C FFFFFFFFFFFFFFFFFF8000FF, false",
    // dates and times
    "1A 07DD0A19FF, 1A 07DD0A1AFF, 1A 07DD0A1906, true",
    "1A 07DD0A19FF, 1A 07DD0A1AFF, 1A 07DD0B1906, false",
    "1B 08000000, 1B 10000000, 1B 0C000000, true",
    "1B 08000000, 1B 10000000, 1B 10000001, false",
  })
  void aRowIsInTheRangeIfItsValueIs(String from, String to, String value, boolean expected) {
    assertEquals(
        expected,
        new RangeDescriptor(CLOCK, data(from), data(to), List.of()).includes(data(value)));
  }

  @ParameterizedTest
  @CsvSource({
    "00, 00, 11 01",
    "11 01, 11 02, 0A 01 31",
    "11 01, 11 02, 090C 07DD0A19050F0000FF800080",
    "090C 07DD0A19FF000000FF800080, 11 01, 090C 07DD0A19050F0000FF800080",
    "090C 07DD0A19FF000000FF800080, 090C FFFFFFFFFFFFFFFFFF8000FF,"
        + " 090C 07DD0A19050F0000FF800080",
    "01 00, 01 00, 01 00",
    "17 7FC00000, 17 7FC00000, 11 01",
    "1A 07DD0A19FF, 1A FFFFFFFFFF, 1A 07DD0A1906",
  })
  void aRangeThatCannotBeComparedWithIsRefused(String from, String to, String value) {
    RangeDescriptor range = new RangeDescriptor(CLOCK, data(from), data(to), List.of());
    AxdrException refusal = assertThrows(AxdrException.class, () -> range.includes(data(value)));
    assertTrue(refusal.clause().startsWith("Blue Book"));
  }

  private static CosemData data(String hex) {
    return CosemData.decode(Octets.ofHex(hex));
  }
}
