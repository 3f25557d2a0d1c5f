package io.dlms4j.omnipower.backend;

import java.util.Iterator;
import java.util.List;

/**
 * Rows chosen from a load profile: how many, and the rows themselves one after the other.
 *
 * <p>The choice is made once; rows that are logged later do not join it. So the number of rows can
 * be sent before the first of them. Rows are fetched when the iterator comes to them, never all at
 * once. Each iterator is used by one thread; the meter may log meanwhile.
 */
public interface LoadProfileSelection extends Iterable<LoadProfileRow> {
  /**
   * How many rows have been chosen.
   *
   * @return what the iterator will give, 0 or more
   */
  int size();

  /**
   * The rows in the order that was asked for.
   *
   * @return an iterator, whose {@code next} throws {@link RowsOverwrittenException} if the meter
   *     has overwritten a chosen row before the iterator came to it
   */
  @Override
  Iterator<LoadProfileRow> iterator();

  /**
   * A selection of rows that are at hand.
   *
   * @param rows the rows, copied
   * @return the selection
   */
  static LoadProfileSelection of(List<LoadProfileRow> rows) {
    List<LoadProfileRow> copy = List.copyOf(rows);
    return new LoadProfileSelection() {
      @Override
      public int size() {
        return copy.size();
      }

      @Override
      public Iterator<LoadProfileRow> iterator() {
        return copy.iterator();
      }
    };
  }
}
