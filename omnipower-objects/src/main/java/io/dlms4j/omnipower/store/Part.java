package io.dlms4j.omnipower.store;

/** Something of the permanent memory that has a name: what journal and snapshots are made of. */
abstract sealed class Part permits Cells, OctetCell, Ring {
  /** The longest name, in octets of UTF-8. */
  static final int LONGEST_NAME = 127;

  /** The most that one part, or all of one memory, may take: 32 MiB. */
  static final long MOST_OCTETS = 32L << 20;

  private final String name;

  private boolean claimed;
  private boolean known;

  Part(String name) {
    this.name = name;
  }

  /**
   * What it is called in the memory.
   *
   * @return the name
   */
  public final String name() {
    return name;
  }

  /** Whether its name and shape have been written. */
  final boolean isKnown() {
    return known;
  }

  final void makeKnown() {
    known = true;
  }

  final boolean isClaimed() {
    return claimed;
  }

  final void claim() {
    claimed = true;
  }

  /** How much it takes in memory and in a snapshot at most. */
  abstract long octets();

  /** Writes its kind and shape, from which {@link PartTable} makes it anew. */
  abstract void writeShape(RecordWriter out);

  /** Whether it has changed since {@link #writeChanges} was called last. */
  abstract boolean isChanged();

  /** Writes what has changed since the last time, and remembers what that was. */
  abstract void writeChanges(RecordWriter out);

  /** Writes all, as changes of a part that has just been made. */
  abstract void writeAll(RecordWriter out);

  /** Takes over changes. */
  abstract void read(RecordReader in) throws MalformedRecordException;

  @Override
  public final String toString() {
    return name;
  }
}
