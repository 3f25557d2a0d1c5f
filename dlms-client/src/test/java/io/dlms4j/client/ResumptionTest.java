package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.EntryNumbering;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which rows are asked for after a cut, and which of them are given. */
class ResumptionTest {
  private static final CaptureObjectDefinition CLOCK =
      new CaptureObjectDefinition(AttributeRef.of(8, "0.0.1.0.0.255", 2));
  private static final CaptureObjectDefinition NUMBER =
      new CaptureObjectDefinition(AttributeRef.of(1, "0.0.96.1.0.255", 2));
  private static final ProfileSelection.Rows RANGE =
      new ProfileSelection.Rows.Range(null, time(0), time(400));

  private static CosemData time(int number) {
    return CosemData.octetString(TestMeter.time(number).encode());
  }

  private static List<CosemData> row(int time, int number) {
    return List.of(time(time), CosemData.doubleLongUnsigned(number));
  }

  private static Resumption begin(ProfileSelection.Rows rows) {
    return new Resumption(rows, EntryNumbering.OLDEST_IS_ONE, List.of(CLOCK, NUMBER));
  }

  /** Steps of time from row to row: nothing at all quite often. */
  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.of(0, 0, 0, 1, 2).list().ofMinSize(1).ofMaxSize(40);
  }

  /** After how many rows each reading is cut off. */
  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 9).list().ofMinSize(1).ofMaxSize(8);
  }

  @Property
  void rowsOfOneTimeComeOnceHoweverOftenTheReadingIsCutOff(
      @ForAll("steps") List<Integer> steps, @ForAll("cuts") List<Integer> cuts) {
    List<List<CosemData>> buffer = new ArrayList<>();
    List<Integer> times = new ArrayList<>();
    int time = 0;
    for (int step : steps) {
      time += step;
      times.add(time);
      buffer.add(row(time, buffer.size()));
    }
    Resumption resumption = begin(RANGE);
    List<List<CosemData>> given = new ArrayList<>();
    int first = 0;
    for (int cut : cuts) {
      for (int i = first; i < Math.min(buffer.size(), first + cut); i++) {
        if (resumption.take(buffer.get(i))) {
          given.add(buffer.get(i));
        }
      }
      ProfileSelection.Rows.Range next =
          (ProfileSelection.Rows.Range) resumption.next().orElseThrow();
      first = 0;
      while (!time(times.get(first)).equals(next.from()) && !next.from().equals(time(0))) {
        first++;
      }
    }
    for (List<CosemData> row : buffer.subList(first, buffer.size())) {
      if (resumption.take(row)) {
        given.add(row);
      }
    }
    resumption.end();
    assertEquals(buffer, given);
    assertEquals(buffer.size(), resumption.given());
  }

  @Test
  void rowsByNumberGoOnFromTheLastOneWhichHasToBeThereStill() {
    Resumption resumption = begin(new ProfileSelection.Rows.Entries(10, 20));
    assertTrue(resumption.take(row(1, 10)));
    assertTrue(resumption.take(row(2, 11)));
    assertEquals(Optional.of(new ProfileSelection.Rows.Entries(11, 20)), resumption.next());
    assertFalse(resumption.take(row(2, 11)));
    assertTrue(resumption.take(row(3, 12)));
    assertEquals(Optional.of(new ProfileSelection.Rows.Entries(12, 20)), resumption.next());
    DlmsException moved = assertThrows(DlmsException.class, () -> resumption.take(row(4, 13)));
    assertTrue(String.valueOf(moved.getMessage()).contains("has moved"), moved::toString);
  }

  @Test
  void aBufferThatHasLostTheLastRowHasMoved() {
    Resumption resumption = begin(new ProfileSelection.Rows.All());
    assertTrue(resumption.take(row(1, 1)));
    assertEquals(Optional.of(new ProfileSelection.Rows.Entries(1, 0)), resumption.next());
    assertThrows(DlmsException.class, resumption::end);
  }

  @Test
  void entriesThatRunBackGoOnBackwards() {
    Resumption resumption =
        new Resumption(
            new ProfileSelection.Rows.Entries(9, 0),
            EntryNumbering.NEWEST_IS_ZERO,
            List.of(NUMBER));
    resumption.take(row(0, 1));
    resumption.take(row(0, 2));
    assertEquals(Optional.of(new ProfileSelection.Rows.Entries(8, 0)), resumption.next());
  }

  @Test
  void aClockThatRunsBackOrIsMissingAllowsNoGoingOn() {
    Resumption back = begin(RANGE);
    back.take(row(5, 1));
    back.take(row(4, 2));
    assertTrue(back.next().isEmpty());
    Resumption compressed = begin(RANGE);
    compressed.take(row(5, 1));
    compressed.take(List.of(CosemData.nullData(), CosemData.unsigned(1)));
    assertTrue(compressed.next().isEmpty());
    Resumption without = new Resumption(RANGE, EntryNumbering.OLDEST_IS_ONE, List.of(NUMBER));
    assertEquals(Optional.of(RANGE), without.next());
    without.take(List.of(CosemData.unsigned(1)));
    assertTrue(without.next().isEmpty());
  }
}
