package io.dlms4j.cosem.classes;

/** How the entries of a profile are numbered in an {@link EntryDescriptor}. */
public enum EntryNumbering {
  /**
   * As the Blue Book has it (4.3.6): entry 1 is the oldest, to_entry 0 is the last one there is,
   * and entries are returned as they stand in the buffer.
   */
  OLDEST_IS_ONE {
    @Override
    RowSelection existing(long from, long to, long inUse) {
      long first = Math.max(from, 1);
      long last = to == 0 ? inUse : Math.min(to, inUse);
      return first > last ? RowSelection.NONE : new RowSelection(first - 1, true, last - first + 1);
    }
  },

  /**
   * As some meters have it: entry 0 is the newest, and entries are returned in the order in which
   * the descriptor names them. From 1 to 3 they run back in time; from 1 to 0, forth.
   */
  NEWEST_IS_ZERO {
    @Override
    RowSelection existing(long from, long to, long inUse) {
      long oldest = inUse - 1;
      if (Math.min(from, to) > oldest) {
        return RowSelection.NONE;
      }
      long first = Math.min(from, oldest);
      long last = Math.min(to, oldest);
      return new RowSelection(oldest - first, first >= last, Math.abs(first - last) + 1);
    }
  };

  abstract RowSelection existing(long from, long to, long inUse);

  /**
   * Which rows a range of entries stands for. Entries that are not in use are left out: asking for
   * more than there is is no fault.
   *
   * @param fromEntry the first entry, 0..2^32-1
   * @param toEntry the last entry, 0..2^32-1
   * @param entriesInUse how many rows the buffer has
   * @return the rows, in the order in which they are returned
   * @throws IllegalArgumentException if a number is negative
   */
  public RowSelection rows(long fromEntry, long toEntry, long entriesInUse) {
    if (fromEntry < 0 || toEntry < 0 || entriesInUse < 0) {
      throw new IllegalArgumentException(
          "entries " + fromEntry + ".." + toEntry + " of " + entriesInUse);
    }
    return existing(fromEntry, toEntry, entriesInUse);
  }
}
