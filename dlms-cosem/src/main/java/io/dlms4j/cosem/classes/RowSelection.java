package io.dlms4j.cosem.classes;

/**
 * Rows of a profile's buffer that follow one another, and in which order they are returned.
 *
 * <p>Positions are counted from 0, the oldest row, upwards. (So they are in a buffer that is sorted
 * first in, first out; in any other, read "first" and "last" for "oldest" and "newest".)
 *
 * @param first position of the row that is returned first; 0 if there is none
 * @param ascending whether positions grow from row to row, else they fall
 * @param size how many rows there are, at least 0
 */
public record RowSelection(long first, boolean ascending, long size) {
  /** No rows. */
  public static final RowSelection NONE = new RowSelection(0, true, 0);

  /**
   * Checks that all positions are of rows.
   *
   * @throws IllegalArgumentException if a position or the size is negative
   */
  public RowSelection {
    if (first < 0 || size < 0 || (!ascending && size > first + 1)) {
      throw new IllegalArgumentException(
          size + (ascending ? " rows up from " : " rows down from ") + first);
    }
  }

  /**
   * Where a row of the answer is in the buffer.
   *
   * @param row which row of the answer, 0..size-1
   * @return its position in the buffer
   * @throws IndexOutOfBoundsException if the answer has no such row
   */
  public long position(long row) {
    if (row < 0 || row >= size) {
      throw new IndexOutOfBoundsException("row " + row + " of " + size);
    }
    return ascending ? first + row : first - row;
  }
}
