package io.dlms4j.server.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a ring, numbered on and on. Those in use are the newest {@code capacity} ones; a few more
 * stay readable for whoever chose them just before.
 */
final class RingRows<R> implements RowStore<R> {
  /** How many rows no longer in use stay readable: most of a day of quarters. */
  static final int SPARE_ROWS = 64;

  private final boolean newestFirst;

  /** Guards itself and all that is below; grows up to capacity and spare. */
  private final List<@Nullable R> ring = new ArrayList<>();

  private int capacity;

  /** The number of the row that comes next. */
  private long next;

  /** The number of the oldest row that is in use. */
  private long oldest;

  /** The number of the oldest row that is in the ring. */
  private long readable;

  RingRows(long capacity, boolean newestFirst) {
    this.capacity = required(capacity);
    this.newestFirst = newestFirst;
  }

  static int required(long capacity) {
    if (capacity < 0 || capacity > MOST_ROWS) {
      throw new IllegalArgumentException(
          "room for " + capacity + " rows is not within 0.." + MOST_ROWS);
    }
    return (int) capacity;
  }

  private int slots() {
    return capacity + SPARE_ROWS;
  }

  @Override
  public void add(R row) {
    synchronized (ring) {
      int slot = (int) (next % slots());
      if (slot == ring.size()) {
        ring.add(row);
      } else {
        ring.set(slot, row);
      }
      next++;
      oldest = Math.max(oldest, next - capacity);
      readable = Math.max(readable, next - slots());
    }
  }

  @Override
  public void clear() {
    synchronized (ring) {
      oldest = next;
      readable = next;
      // The numbers go on, and so do the slots that they stand for.
      Collections.fill(ring, null);
    }
  }

  @Override
  public void resize(long rows) {
    int wanted = required(rows);
    synchronized (ring) {
      List<R> kept = new ArrayList<>();
      long first = Math.max(oldest, next - wanted);
      for (long number = first; number < next; number++) {
        kept.add(at(number));
      }
      capacity = wanted;
      oldest = first;
      readable = first;
      ring.clear();
      // Rows go where their numbers say, so a ring that is not yet full begins with empty slots.
      int slots = slots();
      int used = (int) Math.min(next, slots);
      ring.addAll(Collections.nCopies(used, null));
      for (int i = 0; i < kept.size(); i++) {
        ring.set((int) ((first + i) % slots), kept.get(i));
      }
    }
  }

  private R at(long number) {
    return Objects.requireNonNull(ring.get((int) (number % slots())));
  }

  @Override
  public long size() {
    synchronized (ring) {
      return next - oldest;
    }
  }

  @Override
  public long capacity() {
    synchronized (ring) {
      return capacity;
    }
  }

  @Override
  public Rows<R> rows() {
    synchronized (ring) {
      return new Chosen(oldest, (int) (next - oldest));
    }
  }

  private final class Chosen implements Rows<R> {
    private final long first;
    private final int size;

    Chosen(long first, int size) {
      this.first = first;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public R row(int position) {
      Objects.checkIndex(position, size);
      long number = first + (newestFirst ? size - 1 - position : position);
      synchronized (ring) {
        if (number < readable) {
          throw new RowsOverwrittenException(position);
        }
        return at(number);
      }
    }
  }
}
