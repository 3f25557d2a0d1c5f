package io.dlms4j.omnipower.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import org.junit.jupiter.api.Test;

/** What can be claimed of a memory, and how it behaves. */
class PermanentMemoryTest {
  private final PermanentMemory memory = new PermanentMemory();

  @Test
  void aMemoryThatForgetsIsNewAndNeverFails() {
    memory.cells("a", 1).set(0, 1);
    memory.commit();
    memory.requireKept();
    assertEquals(Condition.NEW, memory.condition());
    assertTrue(memory.beganEmpty());
  }

  @Test
  void aNameIsClaimedOnceWhateverItIsFor() {
    memory.cells("a", 1);
    memory.octets("b");
    memory.ring("c", 1, 1);
    assertThrows(IllegalStateException.class, () -> memory.cells("a", 1));
    assertThrows(IllegalStateException.class, () -> memory.octets("a"));
    assertThrows(IllegalStateException.class, () -> memory.ring("b", 1, 1));
    assertThrows(IllegalStateException.class, () -> memory.cells("c", 1));
  }

  @Test
  void impossibleClaimsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> memory.cells("", 1));
    assertThrows(IllegalArgumentException.class, () -> memory.cells("x".repeat(128), 1));
    assertThrows(IllegalArgumentException.class, () -> memory.cells("a", 0));
    assertThrows(IllegalArgumentException.class, () -> memory.ring("a", 0, 1));
    assertThrows(IllegalArgumentException.class, () -> memory.ring("a", 1, 0));
    assertThrows(IllegalStateException.class, () -> memory.ring("a", 1 << 16, 1 << 16));
    assertThrows(IllegalStateException.class, () -> memory.cells("a", Integer.MAX_VALUE));
    for (int i = 0; i < PartTable.MOST_PARTS; i++) {
      memory.cells("x" + i, 1);
    }
    assertThrows(IllegalStateException.class, () -> memory.cells("a", 1));
  }

  @Test
  void cellsBeginAtZeroAndGoOnAtTheSmallestNumberAfterTheGreatest() {
    Cells cells = memory.cells("a", 3);
    assertEquals(3, cells.size());
    assertEquals("a", cells.name());
    assertEquals(0, cells.get(2));
    cells.set(1, Long.MAX_VALUE);
    assertEquals(Long.MIN_VALUE, cells.add(1, 1));
    assertEquals(Long.MIN_VALUE, cells.get(1));
  }

  @Test
  void aStringIsNoneBeforeItIsSet() {
    OctetCell cell = memory.octets("a");
    assertNull(cell.get());
    cell.set(Octets.EMPTY);
    assertEquals(Octets.EMPTY, cell.get());
    cell.set(Octets.view(new byte[OctetCell.MOST_OCTETS]));
    Octets tooLong = Octets.view(new byte[OctetCell.MOST_OCTETS + 1]);
    assertThrows(IllegalArgumentException.class, () -> cell.set(tooLong));
  }

  @Test
  void aRingHoldsTheNewestRowsAndAFewMoreForWhoChoseThemBefore() {
    Ring ring = memory.ring("a", 2, 10);
    for (int row = 1; row <= 200; row++) {
      assertEquals(row, ring.append());
      ring.set(1, -row);
      assertEquals(Math.min(row, 10), ring.inUse());
      assertEquals(Math.max(1, row - 9), ring.oldest());
      assertEquals(row + 1, ring.next());
      long oldestReadable = Math.max(1, row - 9 - Ring.SPARE_ROWS);
      for (long each = oldestReadable; each <= row; each++) {
        assertEquals(0, ring.get(each, 0));
        assertEquals(-each, ring.get(each, 1));
      }
      assertFalse(ring.isReadable(oldestReadable - 1));
      assertFalse(ring.isReadable(row + 1));
    }
    assertThrows(IllegalArgumentException.class, () -> ring.get(1, 0));
  }

  @Test
  void aRingThatIsClearedGoesOnWithItsNumbers() {
    Ring ring = memory.ring("a", 1, 3);
    ring.append();
    ring.append();
    ring.clear();
    assertEquals(0, ring.inUse());
    assertEquals(3, ring.oldest());
    assertFalse(ring.isReadable(2));
    assertEquals(3, ring.append());
    assertEquals(1, ring.inUse());
    assertEquals(3, ring.oldest());
  }
}
