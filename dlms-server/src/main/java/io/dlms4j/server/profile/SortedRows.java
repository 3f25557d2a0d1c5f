package io.dlms4j.server.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rows in an order of their own; those who read have the array that was there when they chose. */
final class SortedRows<R> implements RowStore<R> {
  private final Comparator<? super R> order;

  /** Both change together, under this object's lock. */
  private int capacity;

  /** An immutable list, replaced as a whole. */
  private List<R> rows = List.of();

  SortedRows(long capacity, Comparator<? super R> order) {
    this.capacity = RingRows.required(capacity);
    this.order = order;
  }

  @Override
  public synchronized void add(R row) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (order.compare(rows.get(middle), row) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < capacity) {
      ArrayList<R> more = new ArrayList<>(rows.size() + 1);
      more.addAll(rows);
      more.add(low, row);
      rows = List.copyOf(more.subList(0, Math.min(more.size(), capacity)));
    }
  }

  @Override
  public synchronized void clear() {
    rows = List.of();
  }

  @Override
  public synchronized void resize(long wanted) {
    capacity = RingRows.required(wanted);
    rows = List.copyOf(rows.subList(0, Math.min(rows.size(), capacity)));
  }

  @Override
  public synchronized long capacity() {
    return capacity;
  }

  @Override
  public synchronized Rows<R> rows() {
    List<R> chosen = rows;
    return new Rows<>() {
      @Override
      public int size() {
        return chosen.size();
      }

      @Override
      public R row(int position) {
        return chosen.get(position);
      }
    };
  }
}
