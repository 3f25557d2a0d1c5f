package io.dlms4j.omnipower.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.omnipower.backend.LoadProfileRow;
import io.dlms4j.omnipower.backend.RowsOverwrittenException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LoadProfileBufferTest {
  private static final int PERIOD = 900;

  @Property(tries = 200)
  void lp03TheRingHoldsWhatAListOfTheNewestRowsHolds(
      @ForAll @IntRange(min = 1, max = 1_500) int depth,
      @ForAll @IntRange(min = 1, max = 4) int columns,
      @ForAll @IntRange(max = 3_500) int count) {
    LoadProfileBuffer buffer = new LoadProfileBuffer(depth, columns, 5, 1);
    List<LoadProfileRow> all = fill(buffer, columns, count);

    List<LoadProfileRow> newest = all.subList(Math.max(0, count - depth), count);
    assertEquals(newest.size(), buffer.inUse());
    List<LoadProfileRow> held = new ArrayList<>();
    for (long number = buffer.oldest(); number <= buffer.newest(); number++) {
      held.add(buffer.row(number));
    }
    assertEquals(newest, held);
  }

  @Property(tries = 200)
  void theFirstRowFromATimeIsTheOneThatALookAtEachRowFinds(
      @ForAll @IntRange(min = 1, max = 60) int depth,
      @ForAll @IntRange(max = 200) int count,
      @ForAll @IntRange(max = 201 * PERIOD) int time) {
    LoadProfileBuffer buffer = new LoadProfileBuffer(depth, 1, 5, 1);
    fill(buffer, 1, count);

    long expected = buffer.oldest();
    while (expected <= buffer.newest() && buffer.row(expected).time() < time) {
      expected++;
    }
    assertEquals(expected, buffer.firstFrom(time));
  }

  @Test
  void aFewRowsPastTheDepthStayReadableAndOlderOnesAreRefused() {
    LoadProfileBuffer buffer = new LoadProfileBuffer(10, 1, 5, 1);
    List<LoadProfileRow> all = fill(buffer, 1, 200);

    long oldestReadable = 200 - 10 - LoadProfileBuffer.SPARE_ROWS + 1;
    assertEquals(all.get((int) oldestReadable - 1), buffer.row(oldestReadable));
    assertThrows(RowsOverwrittenException.class, () -> buffer.row(oldestReadable - 1));
  }

  @Test
  void log02TheRowWithTheLastNumberSaysSoAndClosesTheLogger() {
    LoadProfileBuffer buffer = new LoadProfileBuffer(10, 1, 5, 0xFFFF_FFFEL);
    buffer.append(PERIOD, 0, 0);
    assertEquals(0, buffer.row(0xFFFF_FFFEL).loggerStatus());
    assertTrue(!buffer.isClosed());
    buffer.append(2 * PERIOD, LoadProfileRow.STATUS_TIME_DISCONTINUITY, 0);
    assertEquals(
        LoadProfileRow.STATUS_NO_FURTHER_LOGS | LoadProfileRow.STATUS_TIME_DISCONTINUITY,
        buffer.row(0xFFFF_FFFFL).loggerStatus());
    assertTrue(buffer.isClosed());
  }

  @Test
  void everyFieldComesBackUnsigned() {
    LoadProfileBuffer buffer = new LoadProfileBuffer(3, 2, 255, 1);
    buffer.append(13_569_465_600L, 0xFFFF, 0xFFFF_FFFFL);
    buffer.setEnergy(0, 0xFFFF_FFFFL);
    buffer.setEnergy(1, 0x8000_0000L);
    assertEquals(
        new LoadProfileRow(
            1, 13_569_465_600L, 0xFFFF, 0xFFFF_FFFFL, 255, 0xFFFF_FFFFL, 0x8000_0000L),
        buffer.row(1));
  }

  private static List<LoadProfileRow> fill(LoadProfileBuffer buffer, int columns, int count) {
    List<LoadProfileRow> rows = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      long[] energies = new long[columns];
      buffer.append((long) i * PERIOD, i & 0x1FF, 3L * i);
      for (int column = 0; column < columns; column++) {
        energies[column] = 1_000L * i + column;
        buffer.setEnergy(column, energies[column]);
      }
      rows.add(new LoadProfileRow(i, (long) i * PERIOD, i & 0x1FF, 3L * i, 5, energies));
    }
    return rows;
  }
}
