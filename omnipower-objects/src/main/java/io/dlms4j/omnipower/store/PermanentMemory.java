package io.dlms4j.omnipower.store;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The permanent memory of one meter. Parts of it are claimed by name, once each; what was kept
 * under the same name and in the same shape before is in them then. Used by one thread at a time.
 */
public class PermanentMemory {
  private final Map<String, Cells> cells = new LinkedHashMap<>();
  private final Map<String, OctetCell> octets = new LinkedHashMap<>();
  private final Map<String, Ring> rings = new LinkedHashMap<>();

  /** Makes a memory that forgets everything when the process ends. */
  public PermanentMemory() {}

  /**
   * Claims numbers.
   *
   * @param name what they are, a name that nothing else has
   * @param size how many
   * @return the numbers, 0 if nothing was kept
   * @throws IllegalStateException if the name is taken
   */
  public Cells cells(String name, int size) {
    Cells made = new Cells(name, size);
    claim(cells, name, made);
    restore(made);
    return made;
  }

  /**
   * Claims a string of octets.
   *
   * @param name what it is, a name that nothing else has
   * @return the string, none if nothing was kept
   * @throws IllegalStateException if the name is taken
   */
  public OctetCell octets(String name) {
    OctetCell made = new OctetCell(name);
    claim(octets, name, made);
    restore(made);
    return made;
  }

  /**
   * Claims a ring of rows.
   *
   * @param name what it is, a name that nothing else has
   * @param words the width of a row in words of 32 bits
   * @param depth how many rows are kept
   * @return the ring; empty if nothing was kept, or in rows of another width or number
   * @throws IllegalStateException if the name is taken
   */
  public Ring ring(String name, int words, int depth) {
    Ring made = new Ring(name, words, depth);
    claim(rings, name, made);
    restore(made);
    return made;
  }

  private static <T> void claim(Map<String, T> all, String name, T made) {
    if (all.putIfAbsent(name, made) != null) {
      throw new IllegalStateException(name + " is claimed already");
    }
  }

  /**
   * What was kept when the memory was opened.
   *
   * @return {@link Condition#NEW} of a memory that forgets
   */
  public Condition condition() {
    return Condition.NEW;
  }

  /** Keeps what has changed since the last time: called at the end of each second. */
  public void commit() {}

  /** Puts into cells what was kept of them. */
  void restore(Cells made) {}

  /** Puts into a string what was kept of it. */
  void restore(OctetCell made) {}

  /** Puts into a ring what was kept of it. */
  void restore(Ring made) {}

  final Map<String, Cells> cells() {
    return cells;
  }

  final Map<String, OctetCell> octets() {
    return octets;
  }

  final Map<String, Ring> rings() {
    return rings;
  }

  /** In which condition a memory was found when it was opened. */
  public enum Condition {
    /** Nothing had been kept. */
    NEW,
    /** All that had been kept is there. */
    SOUND,
    /** Some of it was damaged: the newest sound state is there. */
    DAMAGED
  }
}
