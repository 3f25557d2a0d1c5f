package io.dlms4j.omnipower.store;

/**
 * The permanent memory of one meter. Parts of it are claimed by name, once each; what was kept
 * under the same name and in the same shape before is in them then. Used by one thread at a time.
 *
 * <p>This one keeps nothing beyond the process; {@link FileMemory} does.
 */
public class PermanentMemory {
  private final PartTable parts;

  /** Makes a memory that forgets everything when the process ends. */
  public PermanentMemory() {
    this(new PartTable());
  }

  PermanentMemory(PartTable parts) {
    this.parts = parts;
  }

  /**
   * Claims numbers.
   *
   * @param name what they are, a name that nothing else has; up to 127 octets
   * @param size how many, 1 or more
   * @return the numbers; all 0 if nothing was kept, or another number of them
   * @throws IllegalStateException if the name is taken, or there is no room for all
   */
  public final Cells cells(String name, int size) {
    requirePositive(name, size);
    return parts.claim(
        name,
        Cells.class,
        kept -> kept.size() == size,
        Cells.octets(size),
        () -> new Cells(name, size));
  }

  /**
   * Claims a string of octets.
   *
   * @param name what it is, a name that nothing else has; up to 127 octets
   * @return the string, none if nothing was kept
   * @throws IllegalStateException if the name is taken, or there is no room for all
   */
  public final OctetCell octets(String name) {
    return parts.claim(
        name, OctetCell.class, kept -> true, OctetCell.MOST_OCTETS, () -> new OctetCell(name));
  }

  /**
   * Claims a ring of rows.
   *
   * @param name what it is, a name that nothing else has; up to 127 octets
   * @param words the width of a row in words of 32 bits, 1 or more
   * @param depth how many rows are kept, 1 or more
   * @return the ring; empty if nothing was kept, or in rows of another width or number
   * @throws IllegalStateException if the name is taken, or there is no room for all
   */
  public final Ring ring(String name, int words, int depth) {
    requirePositive(name, words);
    requirePositive(name, depth);
    return parts.claim(
        name,
        Ring.class,
        kept -> kept.words() == words && kept.depth() == depth,
        Ring.octets(words, depth),
        () -> new Ring(name, words, depth));
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " of " + value);
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

  /**
   * Whether there was nothing in it when it was opened: it was new, or so damaged that nothing
   * could be saved.
   *
   * @return true of a memory that forgets
   */
  public boolean beganEmpty() {
    return true;
  }

  /**
   * Keeps what has changed since the last time: called at the end of each second.
   *
   * @throws MemoryFailureException if it could not be kept, now or earlier
   */
  public void commit() {}

  /**
   * Makes sure that what is in the memory is kept: called before anybody is told of it.
   *
   * @throws MemoryFailureException if it could not be kept
   */
  public void requireKept() {}

  final PartTable parts() {
    return parts;
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
