package io.dlms4j.server.profile;

import java.util.Comparator;

/**
 * A source of rows that rows are put into. For all threads.
 *
 * @param <R> a row, immutable
 */
public interface RowStore<R> extends RowSource<R> {
  /** The most rows that there can be room for. */
  int MOST_ROWS = 1 << 24;

  /**
   * Puts a row where it belongs. If there is no room, the least interesting one goes, which in a
   * sorted profile may be this one.
   *
   * @param row the row
   */
  void add(R row);

  /** Takes all rows out (method 1, reset). */
  void clear();

  /**
   * Changes how many rows there is room for; if there are more, the least interesting ones go.
   *
   * @param capacity 0..{@link #MOST_ROWS}
   * @throws IllegalArgumentException if it is out of range
   */
  void resize(long capacity);

  /**
   * Rows in the order in which they were put in: the newest go on, the oldest is overwritten.
   *
   * @param capacity how many rows there is room for, 0..{@link #MOST_ROWS}
   * @param newestFirst whether the newest row is the first (sort_method 2) or the last (1)
   * @param <R> a row
   * @return an empty store
   * @throws IllegalArgumentException if the capacity is out of range
   */
  static <R> RowStore<R> ring(long capacity, boolean newestFirst) {
    return new RingRows<>(capacity, newestFirst);
  }

  /**
   * Rows in an order of their own (sort_method 3 to 6): the first ones stay, the last one goes.
   * Rows that the order does not tell apart stand as they were put in.
   *
   * @param capacity how many rows there is room for, 0..{@link #MOST_ROWS}
   * @param order what comes first
   * @param <R> a row
   * @return an empty store
   * @throws IllegalArgumentException if the capacity is out of range
   */
  static <R> RowStore<R> sorted(long capacity, Comparator<? super R> order) {
    return new SortedRows<>(capacity, order);
  }
}
