package io.dlms4j.axdr;

import static io.dlms4j.axdr.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of a profile's buffer, compressed and restored (Blue Book, class 7: buffer; 4.1.5). */
class BufferCompressionTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private static CosemData data(String hex) {
    return CosemData.decode(Octets.ofHex(hex));
  }

  /** Restores rows that are written one after the other. */
  private static List<String> restored(ProfileColumns columns, String... rows) {
    BufferDecompressor decompressor = new BufferDecompressor(columns);
    List<String> restored = new ArrayList<>();
    for (String row : rows) {
      restored.add(decompressor.restore(data(row)).encode().toString().replace(" ", ""));
    }
    return restored;
  }

  private static String hex(String spaced) {
    return spaced.replace(" ", "");
  }

  @Test
  void rowsAreRestoredFromNullDataDeltasAndTheCapturePeriod() {
    // clock, status, counter: in full; nothing new but the counter's 5; minus 1; in full again
    assertEquals(
        List.of(
            hex("02 03 09 0C 07DD0A18 04 172D00FF 8000 80 12 0001 06 00000100"),
            hex("02 03 09 0C 07DD0A19 05 000000FF 8000 80 12 0001 06 00000105"),
            hex("02 03 09 0C 07DD0A19 05 000F00FF 8000 80 12 0002 06 00000104"),
            hex("02 03 09 0C 07DD0A19 05 001E00FF 8000 80 12 0002 06 00000104"),
            hex("02 03 09 0C 07DD0A19 05 003A00FF 8000 00 12 0002 06 00010103"),
            hex("02 03 09 0C 07DD0A19 05 010D00FF 8000 00 12 0000 06 00010102")),
        restored(
            ProfileColumns.clockFirst(3, QUARTER),
            "02 03 09 0C 07DD0A18 04 172D00FF 8000 80 12 0001 06 00000100",
            "02 03 00 00 1F 05",
            "02 03 00 12 0002 1C FF",
            "02 03 00 00 00",
            "02 03 09 0C 07DD0A19 05 003A00FF 8000 00 00 20 FFFF",
            "02 03 00 1D FFFE 1E FFFFFFFF"));
  }

  @ParameterizedTest
  @CsvSource({
    // every type of number that a delta can be added to, keeps its type
    "0F 7E, 1C 01, 0F 7F",
    "0F 80, 1F FF, 0F 7F",
    "10 8000, 20 FFFF, 10 7FFF",
    "05 80000000, 21 FFFFFFFF, 05 7FFFFFFF",
    "14 7FFFFFFFFFFFFFFE, 1F 01, 14 7FFFFFFFFFFFFFFF",
    "14 8000000000000001, 1C FF, 14 8000000000000000",
    "11 00, 1F FF, 11 FF",
    "11 FF, 1D FF01, 11 00",
    "12 0100, 1C 80, 12 0080",
    "06 FFFFFFFE, 1F 01, 06 FFFFFFFF",
    "06 80000000, 1E 80000000, 06 00000000",
    "15 FFFFFFFFFFFFFFFE, 1F 01, 15 FFFFFFFFFFFFFFFF",
    "15 8000000000000000, 1C FF, 15 7FFFFFFFFFFFFFFF",
    "15 7FFFFFFFFFFFFFFF, 1F 01, 15 8000000000000000",
  })
  void aDeltaIsAddedAndTheTypeStays(String before, String delta, String after) {
    assertEquals(
        hex("02 01" + after),
        restored(ProfileColumns.of(1), "02 01" + before, "02 01" + delta).get(1));
  }

  @ParameterizedTest
  @CsvSource({
    "0F 7F, 1C 01, integer 127 plus delta-integer 1 is more than integer holds",
    "0F 80, 1C FF, integer -128 plus delta-integer -1 is more than integer holds",
    "10 7FFF, 1F 01, long 32767 plus delta-unsigned 1 is more than long holds",
    "05 7FFFFFFF, 1F 01, double-long 2147483647 plus delta-unsigned 1 is more than double-long holds",
    "11 00, 1C FF, unsigned 0 plus delta-integer -1 is more than unsigned holds",
    "12 FFFF, 1F 01, long-unsigned 65535 plus delta-unsigned 1 is more than long-unsigned holds",
    "06 00000000, 1C FF, double-long-unsigned 0 plus delta-integer -1 is more than double-long-unsigned holds",
    "14 7FFFFFFFFFFFFFFF, 1F 01, long64 9223372036854775807 plus delta-unsigned 1 is more than long64 holds",
    "14 8000000000000000, 1C FF, long64 -9223372036854775808 plus delta-integer -1 is more than long64 holds",
    "15 FFFFFFFFFFFFFFFF, 1F 01, long64-unsigned 18446744073709551615 plus delta-unsigned 1 is more than long64-unsigned holds",
    "15 0000000000000000, 1C FF, long64-unsigned 0 plus delta-integer -1 is more than long64-unsigned holds",
    "16 05, 1F 01, enum 5 is no number to add delta-unsigned 1 to",
    "09 01 05, 1F 01, octet-string 05 is no number to add delta-unsigned 1 to",
    "17 00000000, 1F 01, float32 0.0 is no number to add delta-unsigned 1 to",
  })
  void aDeltaThatDoesNotFitIsRefused(String before, String delta, String sentence) {
    BufferDecompressor decompressor = new BufferDecompressor(ProfileColumns.of(1));
    decompressor.restore(data("02 01" + before));
    AxdrException refusal =
        assertRefused(
            Kind.MALFORMED,
            AxdrException.NO_OFFSET,
            () -> decompressor.restore(data("02 01" + delta)));
    assertEquals("column 0: " + sentence + " (Blue Book, class 7, buffer)", refusal.getMessage());
  }

  @Test
  void aFirstRowWithoutAValueIsRefused() {
    for (String row : List.of("02 01 00", "02 01 1C 01")) {
      BufferDecompressor decompressor =
          new BufferDecompressor(ProfileColumns.clockFirst(1, QUARTER));
      assertRefused(Kind.MALFORMED, AxdrException.NO_OFFSET, () -> decompressor.restore(data(row)));
    }
  }

  @Test
  void aRowThatIsRefusedChangesNothing() {
    BufferDecompressor decompressor = new BufferDecompressor(ProfileColumns.of(2));
    decompressor.restore(data("02 02 11 01 11 FF"));
    assertThrows(AxdrException.class, () -> decompressor.restore(data("02 02 1F 01 1F 01")));
    assertThrows(AxdrException.class, () -> decompressor.restore(data("02 01 11 05")));
    assertThrows(AxdrException.class, () -> decompressor.restore(data("01 02 11 05 11 05")));
    assertEquals(data("02 02 11 02 11 FF"), decompressor.restore(data("02 02 1F 01 00")));
  }

  @Test
  void withoutACapturePeriodTheTimeOfARowStaysUnknown() {
    assertEquals(
        List.of(hex("02 02 06 00000010 11 05"), hex("02 02 00 11 05"), hex("02 02 00 11 06")),
        restored(
            ProfileColumns.clockFirst(2, null),
            "02 02 06 00000010 11 05",
            "02 02 00 00",
            "02 02 00 1C 01"));
  }

  @ParameterizedTest
  @CsvSource({
    // as a date-time, over the end of a leap year's February, deviation and status kept
    "PT15M, 19 07E0021C 07 173B00FF FFC4 80, 19 07E0021D 01 000E00FF FFC4 80",
    // hundredths that are specified advance
    "PT0.5S, 19 07E0021D 01 000E0032 8000 00, 19 07E0021D 01 000E0100 8000 00",
    // what is not specified stays so: day of week; seconds; minutes; the time of day
    "PT1H, 19 07E00C1F FF 170000FF 8000 FF, 19 07E10101 FF 000000FF 8000 FF",
    "PT15M, 19 07E0021D 01 000FFFFF 8000 00, 19 07E0021D 01 001EFFFF 8000 00",
    "PT1H, 19 07E0021D 01 17FFFFFF 8000 00, 19 07E00301 02 00FFFFFF 8000 00",
    "P1D, 19 07E0021D 01 FFFFFFFF 8000 00, 19 07E00301 02 FFFFFFFF 8000 00",
    // in an octet-string, and as seconds of a UNIX clock
    "PT1H, 09 0C 07E0021D 01 170000FF 8000 00, 09 0C 07E00301 02 000000FF 8000 00",
    "PT1H, 06 00000010, 06 00000E20",
  })
  void aTimeIsAdvancedByTheCapturePeriod(Duration period, String before, String after) {
    assertEquals(
        hex("02 01" + after),
        restored(ProfileColumns.clockFirst(1, period), "02 01" + before, "02 01 00").get(1));
  }

  @ParameterizedTest
  @CsvSource({
    "PT15M, 19 FFFF0A18 FF 172D00FF 8000 80", // any year
    "PT15M, 19 07DD021F FF 172D00FF 8000 80", // 31 February
    "PT15M, 19 FFFE0C1F FF 173B00FF 8000 80", // the last year there is
    "PT30S, 19 07DD0A18 FF 172DFFFF 8000 80", // half of what the second leaves open
    "PT15M, 19 07DD0A18 FF 17FFFFFF 8000 80",
    "PT0.5S, 19 07DD0A18 FF 172D00FF 8000 80",
    "PT0.005S, 19 07DD0A18 FF 172D0000 8000 80",
    "PT0.5S, 06 00000010",
    "PT15M, 06 FFFFFFFF",
    "PT15M, 09 0C 07DD0D18 FF 172D00FF 8000 80", // no date-time
    "PT15M, 09 04 07DD0D18",
    "PT15M, 12 0005",
  })
  void aTimeThatCannotBeAdvancedIsRefused(Duration period, String before) {
    BufferDecompressor decompressor = new BufferDecompressor(ProfileColumns.clockFirst(1, period));
    decompressor.restore(data("02 01" + before));
    AxdrException refusal =
        assertRefused(
            Kind.MALFORMED, AxdrException.NO_OFFSET, () -> decompressor.restore(data("02 01 00")));
    assertTrue(refusal.toString().contains("column 0: "), refusal::toString);
  }

  @Test
  void whatSaysTheSameInLessOctetsIsWritten() {
    BufferCompressor compressor = new BufferCompressor(ProfileColumns.clockFirst(4, QUARTER), true);
    String clock = "09 0C 07DD0A18 04 17%s00FF 8000 80";
    assertEquals(
        data("02 04" + clock.formatted("00") + "12 0001 06 00000100 11 05"),
        compressor.compress(data("02 04" + clock.formatted("00") + "12 0001 06 00000100 11 05")));
    assertEquals(
        data("02 04 00 00 1F FF 11 06"),
        compressor.compress(data("02 04" + clock.formatted("0F") + "12 0001 06 000001FF 11 06")));
    compressor.compress(data("02 04" + clock.formatted("1E") + "12 0081 06 000001FF 11 06"));
    assertEquals(
        data("02 04 00 1C 80 1D FEFF 00"),
        compressor.compress(data("02 04" + clock.formatted("2D") + "12 0001 06 000000FE 11 06")));
    assertEquals(
        data("02 04" + clock.formatted("2D") + "12 FFFF 20 0100 00"),
        compressor.compress(data("02 04" + clock.formatted("2D") + "12 FFFF 06 000001FE 11 06")));
  }

  @Test
  void aPeerThatDoesNotKnowDeltasGetsNone() {
    BufferCompressor compressor = new BufferCompressor(ProfileColumns.of(2), false);
    compressor.compress(data("02 02 06 00000001 12 0007"));
    assertEquals(
        data("02 02 06 00000002 00"), compressor.compress(data("02 02 06 00000002 12 0007")));
  }

  @Test
  void whatCouldNotBeToldFromACompressedValueIsOurOwnError() {
    BufferCompressor compressor = new BufferCompressor(ProfileColumns.of(1), true);
    for (String row : List.of("02 01 00", "02 01 1C 01", "02 02 11 01 11 02", "01 01 11 01")) {
      assertThrows(IllegalArgumentException.class, () -> compressor.compress(data(row)));
    }
  }

  @Test
  void columnsThatThereAreNotAreOurOwnError() {
    assertThrows(IllegalArgumentException.class, () -> ProfileColumns.of(0));
    assertThrows(IllegalArgumentException.class, () -> new ProfileColumns(2, Set.of(2), QUARTER));
    for (Duration none :
        List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(1L << 32))) {
      assertThrows(IllegalArgumentException.class, () -> ProfileColumns.clockFirst(1, none));
    }
  }

  @Property(tries = 300)
  void everyBufferComesBackFromItsCompressedRows(
      @ForAll("rows") List<List<CosemData>> rows,
      @ForAll boolean deltas,
      @ForAll boolean periodic) {
    ProfileColumns columns = new ProfileColumns(4, Set.of(0, 3), periodic ? QUARTER : null);
    BufferCompressor compressor = new BufferCompressor(columns, deltas);
    BufferDecompressor decompressor = new BufferDecompressor(columns);
    for (List<CosemData> values : rows) {
      CosemData row = CosemData.structure(values);
      Octets sent = compressor.compress(row).encode();
      assertTrue(sent.length() <= row.encode().length());
      assertEquals(row, decompressor.restore(CosemData.decode(sent)));
    }
  }

  /** Columns whose values often are, or follow from, those before. */
  @Provide
  Arbitrary<List<List<CosemData>>> rows() {
    Arbitrary<CosemData> values =
        Arbitraries.oneOf(
            Arbitraries.of(3, 258).map(CosemData::longUnsigned),
            Arbitraries.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)
                .map(CosemData.Long64Data::new),
            Arbitraries.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE)
                .map(CosemData.Long64UnsignedData::new),
            Arbitraries.of(0L, 40L, 300L, 70_000L, 0xFFFF_FFFFL).map(CosemData::doubleLongUnsigned),
            Arbitraries.of(Integer.MIN_VALUE, -7, 250, Integer.MAX_VALUE)
                .map(CosemData::doubleLong),
            DataArbitraries.leaf(DataTag.OCTET_STRING),
            DataArbitraries.dateTimes().map(CosemData::dateTime),
            Arbitraries.of(0, 15, 30)
                .map(minute -> data("09 0C 07DD0A18 04 17%02X00FF 8000 80".formatted(minute))));
    return values.list().ofSize(4).list().ofMaxSize(12);
  }
}
