package io.dlms4j.omnipower.store;

import java.util.Objects;

/** Some numbers of the permanent memory, which belong together. Used by one thread at a time. */
public final class Cells {
  private final String name;
  private final long[] values;

  Cells(String name, int size) {
    this.name = name;
    this.values = new long[size];
  }

  /**
   * What they are called in the memory.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * How many there are.
   *
   * @return 1 or more
   */
  public int size() {
    return values.length;
  }

  /**
   * A number.
   *
   * @param index 0..size-1
   * @return its value; 0 before it is set for the first time
   */
  public long get(int index) {
    return values[index];
  }

  /**
   * Sets a number.
   *
   * @param index 0..size-1
   * @param value any
   */
  public void set(int index, long value) {
    values[index] = value;
  }

  /**
   * Adds to a number.
   *
   * @param index 0..size-1
   * @param increment any
   * @return the sum
   */
  public long add(int index, long increment) {
    return values[index] += increment;
  }

  /** The numbers themselves, for the journal. */
  long[] values() {
    return values;
  }

  @Override
  public String toString() {
    return Objects.toString(name);
  }
}
