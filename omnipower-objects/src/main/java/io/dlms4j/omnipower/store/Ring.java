package io.dlms4j.omnipower.store;

import java.util.Arrays;

/**
 * Rows of a logger in a ring, each of the same number of words of 32 bits. Rows are numbered on and
 * on, from 1 to 2^32-1; the newest {@link #depth()} of them are in use, and a few more stay
 * readable for a reader who chose them just before. Memory is taken as rows come. Used by one
 * thread at a time.
 */
public final class Ring extends Part {
  /** The last number that a row can have: no row follows it. */
  public static final long LAST_NUMBER = 0xFFFF_FFFFL;

  /** How many rows no longer in use stay readable: most of a day of quarters. */
  public static final int SPARE_ROWS = 64;

  private static final int FIRST_ALLOCATION = 64;

  private final int words;
  private final int depth;

  /** The number of the oldest row that has not been deleted. */
  private long first = 1;

  private long next = 1;
  private int[] rows;

  private boolean changed;

  /** The number of the oldest row that has not been written as it is; {@link #next} if all have. */
  private long changedFrom = 1;

  Ring(String name, int words, int depth) {
    super(name);
    this.words = words;
    this.depth = depth;
    this.rows = new int[Math.min(FIRST_ALLOCATION, capacity()) * words];
  }

  /**
   * The width of a row.
   *
   * @return words of 32 bits
   */
  public int words() {
    return words;
  }

  /**
   * How many rows are kept.
   *
   * @return 1 or more
   */
  public int depth() {
    return depth;
  }

  /**
   * How many rows are in use.
   *
   * @return 0..depth
   */
  public int inUse() {
    return (int) Math.min(next - first, depth);
  }

  /**
   * The number of the oldest row in use.
   *
   * @return 1 or more; {@link #next()} if there is none
   */
  public long oldest() {
    return next - inUse();
  }

  /**
   * The number of the row that comes next.
   *
   * @return 1..2^32
   */
  public long next() {
    return next;
  }

  /**
   * Whether row numbers are used up.
   *
   * @return true if no row can be appended any more
   */
  public boolean isFull() {
    return next > LAST_NUMBER;
  }

  /**
   * Appends a row of zeros, to be filled by {@link #set} before the memory is committed.
   *
   * @return its number
   * @throws IllegalStateException if row numbers are used up
   */
  public long append() {
    if (isFull()) {
      throw new IllegalStateException(this + " has no more row numbers");
    }
    int row = index(next);
    makeRoom(row);
    changed = true;
    Arrays.fill(rows, row * words, (row + 1) * words, 0);
    return next++;
  }

  private void makeRoom(int row) {
    while (row * words >= rows.length) {
      rows = Arrays.copyOf(rows, Math.min(rows.length * 2, capacity() * words));
    }
  }

  /**
   * Sets a word of the newest row.
   *
   * @param word 0..words-1
   * @param value any
   */
  public void set(int word, int value) {
    rows[index(next - 1) * words + word] = value;
    changed = true;
    changedFrom = Math.min(changedFrom, next - 1);
  }

  /**
   * Whether a row can still be read.
   *
   * @param number any
   * @return false if it has been overwritten or deleted, or is still to come
   */
  public boolean isReadable(long number) {
    return number >= Math.max(first, next - capacity()) && number < next;
  }

  /**
   * A word of a row.
   *
   * @param number of a row that {@linkplain #isReadable is readable}
   * @param word 0..words-1
   * @return its value
   * @throws IllegalArgumentException if the row cannot be read
   */
  public int get(long number, int word) {
    if (!isReadable(number)) {
      throw new IllegalArgumentException(this + " has no row " + number);
    }
    return rows[index(number) * words + word];
  }

  /** Deletes all rows. Numbers go on. */
  public void clear() {
    changed |= first != next;
    first = next;
  }

  @Override
  long octets() {
    return octets(words, depth);
  }

  /** What a ring of such a shape takes. */
  static long octets(long words, long depth) {
    return 4 * words * (depth + SPARE_ROWS);
  }

  @Override
  void writeShape(RecordWriter out) {
    out.octet(PartTable.RING);
    out.number(words);
    out.number(depth);
  }

  @Override
  boolean isChanged() {
    return changed;
  }

  @Override
  void writeChanges(RecordWriter out) {
    write(out, changedFrom);
    changed = false;
    changedFrom = next;
  }

  @Override
  void writeAll(RecordWriter out) {
    write(out, 1);
  }

  /** Writes the numbers, and the rows that can be read, from such a one on. */
  private void write(RecordWriter out, long from) {
    long row = Math.max(from, Math.max(first, next - capacity()));
    out.number(first);
    out.number(next);
    out.number(row);
    for (; row < next; row++) {
      int at = index(row) * words;
      for (int word = 0; word < words; word++) {
        out.word(rows[at + word]);
      }
    }
  }

  @Override
  void read(RecordReader in) throws MalformedRecordException {
    long newFirst = in.number(LAST_NUMBER + 1);
    long newNext = in.number(LAST_NUMBER + 1);
    long row = in.number(newNext);
    boolean follows =
        newFirst >= first
            && newNext >= newFirst
            && newNext >= next
            && row >= Math.max(newFirst, newNext - capacity())
            && row <= Math.max(next, Math.max(newFirst, newNext - capacity()));
    if (!follows) {
      throw in.malformed(this + " cannot go on with " + newFirst + ", " + newNext + ", " + row);
    }
    for (; row < newNext; row++) {
      makeRoom(index(row));
      for (int word = 0; word < words; word++) {
        rows[index(row) * words + word] = in.word();
      }
    }
    first = newFirst;
    next = newNext;
    changedFrom = next;
  }

  private int index(long number) {
    return (int) ((number - 1) % capacity());
  }

  private int capacity() {
    return depth + SPARE_ROWS;
  }
}
