package io.dlms4j.omnipower.store;

import java.util.Arrays;

/**
 * Rows of a logger in a ring, each of the same number of words of 32 bits. Rows are numbered on and
 * on, from 1 to 2^32-1; the newest {@link #depth()} of them are in use, and a few more stay
 * readable for a reader who chose them just before. Memory is taken as rows come. Used by one
 * thread at a time.
 */
public final class Ring {
  /** The last number that a row can have: no row follows it. */
  public static final long LAST_NUMBER = 0xFFFF_FFFFL;

  /** How many rows no longer in use stay readable: most of a day of quarters. */
  public static final int SPARE_ROWS = 64;

  private static final int FIRST_ALLOCATION = 64;

  private final String name;
  private final int words;
  private final int depth;

  /** The number of the oldest row that has not been deleted. */
  private long first = 1;

  private long next = 1;
  private int[] rows;

  Ring(String name, int words, int depth) {
    this.name = name;
    this.words = words;
    this.depth = depth;
    this.rows = new int[Math.min(FIRST_ALLOCATION, capacity()) * words];
  }

  /**
   * What it is called in the memory.
   *
   * @return the name
   */
  public String name() {
    return name;
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
      throw new IllegalStateException(name + " has no more row numbers");
    }
    int row = index(next);
    while (row * words >= rows.length) {
      rows = Arrays.copyOf(rows, Math.min(rows.length * 2, capacity() * words));
    }
    Arrays.fill(rows, row * words, (row + 1) * words, 0);
    return next++;
  }

  /**
   * Sets a word of the newest row.
   *
   * @param word 0..words-1
   * @param value any
   */
  public void set(int word, int value) {
    rows[index(next - 1) * words + word] = value;
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
      throw new IllegalArgumentException(name + " has no row " + number);
    }
    return rows[index(number) * words + word];
  }

  /** Deletes all rows. Numbers go on. */
  public void clear() {
    first = next;
  }

  /** Begins with such numbers: what a memory is restored from. */
  void restore(long firstNumber, long nextNumber) {
    first = firstNumber;
    next = nextNumber;
  }

  long first() {
    return first;
  }

  private int index(long number) {
    return (int) ((number - 1) % capacity());
  }

  private int capacity() {
    return depth + SPARE_ROWS;
  }
}
