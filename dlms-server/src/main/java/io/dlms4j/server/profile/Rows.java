package io.dlms4j.server.profile;

import io.dlms4j.cosem.classes.RowSelection;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Rows of a profile, chosen once: those that are captured later do not join them, so that their
 * number can be sent before the first of them. Each row is fetched when it is wanted, never all at
 * once. Used by one thread; rows may be captured meanwhile on another.
 *
 * @param <R> a row
 */
public interface Rows<R> {
  /**
   * How many rows have been chosen.
   *
   * @return 0 or more
   */
  int size();

  /**
   * Fetches a row.
   *
   * @param position from 0 on, in the order of the buffer
   * @return the row
   * @throws RowsOverwrittenException if it has made room for a newer one since it was chosen
   * @throws IndexOutOfBoundsException if there is no such position
   */
  R row(int position);

  /**
   * Rows of these, one after the other.
   *
   * @param selection which, all of them within 0..size-1
   * @return an iterator whose {@code next} throws what {@link #row} does
   */
  default Iterator<R> iterator(RowSelection selection) {
    return new Iterator<>() {
      private long given;

      @Override
      public boolean hasNext() {
        return given < selection.size();
      }

      @Override
      public R next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        R row = row((int) selection.position(given));
        given++;
        return row;
      }
    };
  }
}
