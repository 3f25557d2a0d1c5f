package io.dlms4j.omnipower.store;

import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/** A string of octets of the permanent memory, or none. Used by one thread at a time. */
public final class OctetCell extends Part {
  /** The longest string that is kept. */
  public static final int MOST_OCTETS = 255;

  private @Nullable Octets value;
  private boolean changed;

  OctetCell(String name) {
    super(name);
  }

  /**
   * The string.
   *
   * @return null before it is set for the first time
   */
  public @Nullable Octets get() {
    return value;
  }

  /**
   * Sets the string.
   *
   * @param octets up to {@value #MOST_OCTETS}
   * @throws IllegalArgumentException if it is longer
   */
  public void set(Octets octets) {
    if (octets.length() > MOST_OCTETS) {
      throw new IllegalArgumentException(this + " of " + octets.length() + " octets is too long");
    }
    changed |= value == null || !octets.equals(value);
    value = octets;
  }

  @Override
  long octets() {
    return MOST_OCTETS;
  }

  @Override
  void writeShape(RecordWriter out) {
    out.octet(PartTable.OCTETS);
  }

  @Override
  boolean isChanged() {
    return changed;
  }

  @Override
  void writeChanges(RecordWriter out) {
    changed = false;
    writeAll(out);
  }

  @Override
  void writeAll(RecordWriter out) {
    Octets octets = value;
    if (octets == null) {
      out.number(0);
    } else {
      out.number(octets.length() + 1L);
      out.octets(octets);
    }
  }

  @Override
  void read(RecordReader in) throws MalformedRecordException {
    long length = in.number(MOST_OCTETS + 1) - 1;
    value = length < 0 ? null : in.octets((int) length);
  }
}
