package io.dlms4j.omnipower.store;

import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/** A string of octets of the permanent memory, or none. Used by one thread at a time. */
public final class OctetCell {
  /** The longest string that is kept. */
  public static final int MOST_OCTETS = 255;

  private final String name;
  private @Nullable Octets value;

  OctetCell(String name) {
    this.name = name;
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
      throw new IllegalArgumentException(name + " of " + octets.length() + " octets is too long");
    }
    value = octets;
  }

  /** Whether it has another value than another time: strings are immutable. */
  void restore(@Nullable Octets octets) {
    value = octets;
  }
}
