package io.dlms4j.server.profile;

import static io.dlms4j.server.profile.Reads.CLOCK;
import static io.dlms4j.server.profile.Reads.ENERGY;
import static io.dlms4j.server.profile.Reads.quarter;
import static io.dlms4j.server.profile.Reads.read;
import static io.dlms4j.server.profile.Reads.rows;
import static io.dlms4j.server.profile.Reads.time;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.cosem.classes.RangeDescriptor;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProfileObjectTest {
  private static final ObisCode NAME = ObisCode.of("1.0.99.1.0.255");

  /** Row n has the quarter n and the energy 10 n, modulo 70: up and down. */
  private static final class Quarters implements RowSource<Integer> {
    final int size;
    int fetched;

    Quarters(int size) {
      this.size = size;
    }

    @Override
    public Rows<Integer> rows() {
      return new Rows<>() {
        @Override
        public int size() {
          return size;
        }

        @Override
        public Integer row(int position) {
          fetched++;
          return Objects.checkIndex(position, size);
        }
      };
    }

    @Override
    public long capacity() {
      return 100_000;
    }
  }

  private static ProfileObject.Builder<Integer> builder(RowSource<Integer> source) {
    return ProfileObject.builder(NAME, source)
        .column(CLOCK, Reads::quarter)
        .column(ENERGY, row -> CosemData.doubleLongUnsigned(row * 10L % 70));
  }

  private static CosemObject profile(int size) {
    return builder(new Quarters(size)).rising(CLOCK).capturePeriod(900).build();
  }

  private static SelectiveAccess range(
      CaptureObjectDefinition column,
      CosemData from,
      CosemData to,
      CaptureObjectDefinition... selected) {
    return new RangeDescriptor(column, from, to, List.of(selected)).toSelectiveAccess();
  }

  private static SelectiveAccess entries(long from, long to, int firstColumn, int lastColumn) {
    return new EntryDescriptor(from, to, firstColumn, lastColumn).toSelectiveAccess();
  }

  @Test
  void theWholeBufferIsReadWithoutSelectorOrWithSelectorZero() {
    List<String> all = List.of("00:00 0", "00:15 10", "00:30 20");
    assertEquals(all, rows(profile(3), null));
    assertEquals(
        all, rows(profile(3), new SelectiveAccess(0, EncodedData.of(CosemData.nullData()))));
    assertEquals(List.of(), rows(profile(0), null));
  }

  @Test
  void rowsAreSelectedByTheRangeOfAClock() {
    assertEquals(
        List.of("00:30 20", "00:45 30"), rows(profile(10), range(CLOCK, quarter(2), quarter(3))));
    assertEquals(List.of("02:00 10"), rows(profile(9), range(CLOCK, quarter(8), quarter(50))));
    assertEquals(List.of(), rows(profile(9), range(CLOCK, quarter(9), quarter(50))));
    assertEquals(List.of(), rows(profile(9), range(CLOCK, quarter(3), quarter(2))));
    assertEquals(List.of(), rows(profile(0), range(CLOCK, quarter(0), quarter(2))));
  }

  @Test
  void aRangeInAnotherDistanceFromUtcMeansTheSameRows() {
    // 01:30 where 60 minutes have to be taken off is 00:30 of UTC.
    assertEquals(List.of("00:30 20"), rows(profile(9), range(CLOCK, time(6, -60), time(6, -60))));
  }

  @Test
  void rowsAreSelectedByTheRangeOfAnyColumnWhetherItRisesOrNot() {
    assertEquals(
        List.of("00:45 30", "01:00 40", "02:30 30", "02:45 40"),
        rows(profile(14), range(ENERGY, CosemData.unsigned(25), CosemData.longUnsigned(40))));
  }

  @Test
  void columnsAreReturnedInTheOrderInWhichTheyAreNamed() {
    assertEquals(
        List.of("20 00:30"), rows(profile(9), range(CLOCK, quarter(2), quarter(2), ENERGY, CLOCK)));
    assertEquals(List.of("30"), rows(profile(9), range(CLOCK, quarter(3), quarter(3), ENERGY)));
  }

  @Test
  void entriesAreNumberedFromTheOldestAsTheBlueBookHasIt() {
    assertEquals(List.of("00:15 10", "00:30 20"), rows(profile(4), entries(2, 3, 1, 0)));
    assertEquals(List.of("30"), rows(profile(4), entries(4, 0, 2, 2)));
    assertEquals(List.of(), rows(profile(4), entries(5, 9, 1, 1)));
  }

  @Test
  void entriesAreNumberedFromTheNewestWhereAMeterDoesSo() {
    CosemObject profile =
        builder(new Quarters(4)).entryNumbering(EntryNumbering.NEWEST_IS_ZERO).build();
    assertEquals(List.of("00:45", "00:30"), rows(profile, entries(0, 1, 1, 1)));
    assertEquals(List.of("00:15", "00:30"), rows(profile, entries(2, 1, 1, 1)));
  }

  @Test
  void whatIsNotInTheProfileIsOutOfScope() {
    CaptureObjectDefinition other = new CaptureObjectDefinition(ENERGY.attribute(), 1);
    for (SelectiveAccess selection :
        List.of(
            range(other, quarter(0), quarter(1)),
            range(CLOCK, quarter(0), quarter(1), CLOCK, other),
            entries(1, 2, 0, 1),
            entries(1, 2, 2, 1),
            entries(1, 2, 1, 3))) {
      assertEquals(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED, read(profile(3), 2, selection));
    }
  }

  @Test
  void aRangeOfAnotherTypeThanTheColumnIsDeclared() {
    CosemData pattern =
        CosemData.octetString(io.dlms4j.axdr.Octets.ofHex("FFFFFFFFFFFFFFFFFF800000"));
    for (int size : new int[] {0, 3}) {
      for (SelectiveAccess selection :
          List.of(
              range(CLOCK, CosemData.unsigned(1), quarter(1)),
              range(CLOCK, CosemData.array(), CosemData.array()),
              range(CLOCK, pattern, pattern))) {
        assertThrows(AxdrException.class, () -> read(profile(size), 2, selection));
      }
    }
    assertThrows(
        AxdrException.class,
        () -> read(profile(3), 2, range(CLOCK, CosemData.unsigned(1), CosemData.unsigned(2))));
    for (int selector : new int[] {1, 2}) {
      assertThrows(
          AxdrException.class,
          () ->
              read(
                  profile(3),
                  2,
                  new SelectiveAccess(selector, EncodedData.of(CosemData.structure()))));
    }
  }

  @Test
  void aRowWithoutValueIsInNoRange() {
    CosemObject profile =
        ProfileObject.builder(NAME, new Quarters(4))
            .column(CLOCK, row -> row == 1 ? CosemData.nullData() : quarter(row))
            .column(ENERGY, CosemData::doubleLongUnsigned)
            .rising(CLOCK)
            .build();
    assertEquals(
        List.of("00:00 0", "00:30 2"), rows(profile, range(CLOCK, quarter(0), quarter(2))));
  }

  @Test
  void aRangeOfLocalTimeFindsBothTheHoursThatAutumnHasTwice() {
    // Row 4 is at 01:00 of summer time, row 8 at 01:00 of winter time.
    CosemObject profile =
        ProfileObject.builder(NAME, new Quarters(12))
            .column(CLOCK, row -> row < 8 ? time(row, -60) : time(row - 4, 0))
            .column(ENERGY, CosemData::doubleLongUnsigned)
            .rising(CLOCK)
            .build();
    CosemData one = time(4, io.dlms4j.axdr.CosemDateTime.NOT_SPECIFIED);
    assertEquals(List.of("01:00 4", "01:00 8"), rows(profile, range(CLOCK, one, one)));
    assertEquals(List.of("01:00 8"), rows(profile, range(CLOCK, time(4, 0), time(4, 0))));
  }

  @Property
  void halvingFindsWhatLookingAtEveryRowFinds(
      @ForAll @IntRange(max = 40) int size,
      @ForAll @IntRange(max = 45) int from,
      @ForAll @IntRange(max = 45) int to) {
    SelectiveAccess selection = range(CLOCK, quarter(from), quarter(to));
    assertEquals(
        rows(builder(new Quarters(size)).build(), selection), rows(profile(size), selection));
  }

  @Test
  void rowsAreFetchedOneByOneAsTheClientTakesThem() {
    Quarters source = new Quarters(50_000);
    CosemObject profile = builder(source).rising(CLOCK).build();
    SelectiveAccess year = range(CLOCK, quarter(10), quarter(40_000));
    ReadResult result =
        profile
            .read(new ReadRequest(2, year, Reads.client(Reads.device(profile))))
            .toCompletableFuture()
            .join();
    assertTrue(source.fetched < 2 * 17 + 2, () -> source.fetched + " rows to find a range");
    DataStream stream = ((ReadResult.Value) result).value();
    int before = source.fetched;
    AxdrWriter writer = new AxdrWriter();
    assertTrue(stream.writeNext(writer));
    assertEquals(before, source.fetched);
    assertTrue(stream.writeNext(writer));
    assertTrue(stream.writeNext(writer));
    assertEquals(before + 2, source.fetched);
  }

  @Test
  void aSourceWithAnIndexFindsItsRowsItself() {
    RowSource<Integer> indexed =
        new RowSource<>() {
          @Override
          public Rows<Integer> rows() {
            throw new AssertionError("all rows are asked for");
          }

          @Override
          public long capacity() {
            return 9;
          }

          @Override
          public Optional<Rows<Integer>> between(
              CaptureObjectDefinition column, CosemData from, CosemData to) {
            assertEquals(CLOCK, column);
            return Optional.of(new Quarters(2).rows());
          }
        };
    assertEquals(
        List.of("00:00 0", "00:15 10"),
        rows(builder(indexed).build(), range(CLOCK, quarter(0), quarter(1))));
  }

  @Test
  void theOtherAttributesSayWhatTheProfileIs() {
    CosemObject profile = profile(3);
    assertEquals("7:1.0.99.1.0.255", profile.toString());
    assertEquals(CosemData.array(CLOCK.encode(), ENERGY.encode()), read(profile, 3, null));
    assertEquals(CosemData.doubleLongUnsigned(900), read(profile, 4, null));
    assertEquals(CosemData.enumerated(1), read(profile, 5, null));
    assertEquals(
        "structure {long-unsigned 0, octet-string 00 00 00 00 00 00, integer 0, long-unsigned 0}",
        read(profile, 6, null).toString());
    assertEquals(CosemData.doubleLongUnsigned(3), read(profile, 7, null));
    assertEquals(CosemData.doubleLongUnsigned(100_000), read(profile, 8, null));
    assertEquals(List.of(), profile.methods());
    assertTrue(profile.attributes().stream().noneMatch(CosemObject.Attribute::writable));
    CosemObject sorted = builder(new Quarters(1)).sorted(SortMethod.LARGEST, ENERGY).build();
    assertEquals(CosemData.enumerated(3), read(sorted, 5, null));
    assertEquals(ENERGY.encode(), read(sorted, 6, null));
  }

  @Test
  void aProfileThatMakesNoSenseIsRefused() {
    ProfileObject.Builder<Integer> empty = ProfileObject.builder(NAME, new Quarters(1));
    assertThrows(IllegalArgumentException.class, empty::build);
    ProfileObject.Builder<Integer> builder = builder(new Quarters(1));
    assertThrows(IllegalArgumentException.class, () -> builder.column(CLOCK, Reads::quarter));
    assertThrows(IllegalArgumentException.class, () -> builder.capturePeriod(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.sorted(SortMethod.SMALLEST, null));
    builder.rising(new CaptureObjectDefinition(CLOCK.attribute(), 3));
    assertThrows(IllegalArgumentException.class, builder::build);
  }
}
