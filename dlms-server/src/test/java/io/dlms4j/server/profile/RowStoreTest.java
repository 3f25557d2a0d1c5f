package io.dlms4j.server.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.CosemData;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowStoreTest {
  private static <R> List<R> all(Rows<R> rows) {
    List<R> all = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      all.add(rows.row(i));
    }
    return all;
  }

  private static RowStore<Integer> filled(RowStore<Integer> store, int... rows) {
    for (int row : rows) {
      store.add(row);
    }
    return store;
  }

  @Test
  void theOldestRowMakesRoomForTheNewest() {
    assertEquals(List.of(2, 3, 4), all(filled(RowStore.ring(3, false), 1, 2, 3, 4).rows()));
    assertEquals(List.of(4, 3, 2), all(filled(RowStore.ring(3, true), 1, 2, 3, 4).rows()));
  }

  @Test
  void rowsThatWereChosenAreNotJoinedByLaterOnes() {
    for (boolean newestFirst : new boolean[] {true, false}) {
      RowStore<Integer> store = filled(RowStore.ring(3, newestFirst), 1, 2, 3);
      Rows<Integer> chosen = store.rows();
      List<Integer> before = all(chosen);
      filled(store, 4, 5);
      assertEquals(before, all(chosen));
    }
  }

  @Test
  void rowsThatWereOverwrittenSinceTheyWereChosenAreDeclared() {
    RowStore<Integer> store = filled(RowStore.ring(3, false), 1, 2, 3);
    Rows<Integer> chosen = store.rows();
    for (int i = 0; i < RingRows.SPARE_ROWS; i++) {
      store.add(0);
    }
    assertEquals(1, chosen.row(0));
    store.add(0);
    assertEquals(
        "row 0 has been overwritten since it was chosen",
        assertThrows(RowsOverwrittenException.class, () -> chosen.row(0)).getMessage());
    assertEquals(2, chosen.row(1));
    store.clear();
    assertThrows(RowsOverwrittenException.class, () -> chosen.row(1));
  }

  @Test
  void aStoreThatShrinksKeepsWhatIsMostInteresting() {
    RowStore<Integer> ring = filled(RowStore.ring(5, false), 1, 2, 3, 4, 5, 6);
    ring.resize(2);
    assertEquals(List.of(5, 6), all(ring.rows()));
    assertEquals(2, ring.capacity());
    ring.resize(3);
    assertEquals(List.of(6, 7, 8), all(filled(ring, 7, 8).rows()));

    RowStore<Integer> sorted = filled(RowStore.sorted(5, Integer::compare), 5, 3, 4, 1);
    sorted.resize(2);
    assertEquals(List.of(1, 3), all(sorted.rows()));
  }

  @Test
  void aSortedStoreLosesTheLastRowWhichMayBeTheNewOne() {
    RowStore<Integer> store = filled(RowStore.sorted(3, Integer::compare), 5, 3, 9);
    Rows<Integer> before = store.rows();
    assertEquals(List.of(3, 5, 9), all(before));
    assertEquals(List.of(3, 4, 5), all(filled(store, 4).rows()));
    assertEquals(List.of(3, 4, 5), all(filled(store, 7).rows()));
    assertEquals(List.of(3, 5, 9), all(before));
  }

  @Test
  void thereIsNoRoomForFewerThanNoRows() {
    RowStore<Integer> store = RowStore.ring(0, false);
    assertEquals(List.of(), all(filled(store, 1, 2).rows()));
    for (long capacity : new long[] {-1, RowStore.MOST_ROWS + 1L}) {
      assertThrows(IllegalArgumentException.class, () -> store.resize(capacity));
      assertThrows(IllegalArgumentException.class, () -> RowStore.ring(capacity, true));
      assertThrows(
          IllegalArgumentException.class, () -> RowStore.sorted(capacity, Integer::compare));
    }
  }

  @Property
  void aRingHoldsTheNewestRowsWhateverIsDoneToIt(
      @ForAll @Size(max = 300) List<@IntRange(min = -2, max = 12) Integer> steps) {
    RowStore<Integer> ring = RowStore.ring(4, false);
    List<Integer> model = new ArrayList<>();
    int capacity = 4;
    int row = 0;
    for (int step : steps) {
      if (step == -1) {
        ring.clear();
        model.clear();
      } else if (step == -2) {
        capacity = (capacity + 3) % 7;
        ring.resize(capacity);
      } else {
        for (int i = 0; i <= step * step; i++) {
          ring.add(row);
          model.add(row++);
        }
      }
      model = new ArrayList<>(model.subList(Math.max(0, model.size() - capacity), model.size()));
      assertEquals(model, all(ring.rows()));
      assertEquals(model.size(), ring.size());
    }
  }

  @Test
  void theSortMethodsPutRowsWhereTheBlueBookDoes() {
    assertEquals(List.of("5", "3", "-4", "-7", "-"), sorted(SortMethod.LARGEST));
    assertEquals(List.of("-7", "-4", "3", "5", "-"), sorted(SortMethod.SMALLEST));
    assertEquals(List.of("3", "-4", "5", "-7", "-"), sorted(SortMethod.NEAREST_TO_ZERO));
    assertEquals(List.of("-7", "5", "-4", "3", "-"), sorted(SortMethod.FARTHEST_FROM_ZERO));
  }

  private static List<String> sorted(SortMethod method) {
    RowStore<CosemData> store = RowStore.sorted(9, method::compare);
    store.add(CosemData.integer(3));
    store.add(CosemData.nullData());
    store.add(CosemData.doubleLong(-7));
    store.add(CosemData.unsigned(5));
    store.add(CosemData.longInteger(-4));
    return all(store.rows()).stream()
        .map(each -> each instanceof CosemData.NullData ? "-" : "" + each.integralValue())
        .toList();
  }
}
