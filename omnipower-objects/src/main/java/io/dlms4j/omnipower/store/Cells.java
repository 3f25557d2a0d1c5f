package io.dlms4j.omnipower.store;

import org.jspecify.annotations.Nullable;

/** Some numbers of the permanent memory, which belong together. Used by one thread at a time. */
public final class Cells extends Part {
  private final long[] values;

  /** What was written last; null in a memory that writes nothing. */
  private long @Nullable [] kept;

  private boolean changed;

  Cells(String name, int size) {
    super(name);
    this.values = new long[size];
  }

  /**
   * How many there are.
   *
   * @return 1 or more
   */
  public int size() {
    return values.length;
  }

  /**
   * A number.
   *
   * @param index 0..size-1
   * @return its value; 0 before it is set for the first time
   */
  public long get(int index) {
    return values[index];
  }

  /**
   * Sets a number.
   *
   * @param index 0..size-1
   * @param value any
   */
  public void set(int index, long value) {
    if (values[index] != value) {
      values[index] = value;
      changed = true;
    }
  }

  /**
   * Adds to a number.
   *
   * @param index 0..size-1
   * @param increment any
   * @return the sum
   */
  public long add(int index, long increment) {
    changed |= increment != 0;
    return values[index] += increment;
  }

  @Override
  long octets() {
    return octets(values.length);
  }

  /** What so many take. */
  static long octets(int size) {
    return 8L * size;
  }

  @Override
  void writeShape(RecordWriter out) {
    out.octet(PartTable.CELLS);
    out.number(values.length);
  }

  @Override
  boolean isChanged() {
    return changed;
  }

  /** Pairs of how many cells to go on, less 1, and what is added to that one; 0 and 0 ends them. */
  @Override
  void writeChanges(RecordWriter out) {
    changed = false;
    long[] before = kept();
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != before[i]) {
        out.number(i - last - 1);
        out.signed(values[i] - before[i]);
        before[i] = values[i];
        last = i;
      }
    }
    out.number(0);
    out.signed(0);
  }

  private long[] kept() {
    long[] before = kept;
    if (before == null) {
      before = new long[values.length];
      kept = before;
    }
    return before;
  }

  @Override
  void writeAll(RecordWriter out) {
    int last = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        out.number(i - last - 1);
        out.signed(values[i]);
        last = i;
      }
    }
    out.number(0);
    out.signed(0);
  }

  @Override
  void read(RecordReader in) throws MalformedRecordException {
    long[] before = kept();
    long index = -1;
    while (true) {
      long skipped = in.number(values.length);
      long added = in.signed();
      if (added == 0) {
        break;
      }
      index += skipped + 1;
      if (index >= values.length) {
        throw in.malformed(this + " has no cell " + index);
      }
      values[(int) index] += added;
      before[(int) index] = values[(int) index];
    }
  }
}
