package io.dlms4j.omnipower.store;

import java.util.Objects;

/** A memory that gives back what another one had, for tests of meters without power. */
public final class KeptMemory extends PermanentMemory {
  private final PermanentMemory before;
  private final Condition condition;

  /** Keeps what {@code before} has at the moment when it is claimed here. */
  public KeptMemory(PermanentMemory before, Condition condition) {
    this.before = Objects.requireNonNull(before);
    this.condition = condition;
  }

  /** A ring whose next row has such a number. */
  public static Ring ring(String name, int words, int depth, long next) {
    Ring ring = new Ring(name, words, depth);
    ring.restore(next, next);
    return ring;
  }

  @Override
  public Condition condition() {
    return condition;
  }

  @Override
  void restore(Cells made) {
    Cells kept = before.cells().get(made.name());
    if (kept != null && kept.size() == made.size()) {
      for (int i = 0; i < made.size(); i++) {
        made.set(i, kept.get(i));
      }
    }
  }

  @Override
  void restore(Ring made) {
    Ring kept = before.rings().get(made.name());
    if (kept == null || kept.words() != made.words() || kept.depth() != made.depth()) {
      return;
    }
    long first = kept.first();
    made.restore(first, kept.oldest());
    for (long number = kept.oldest(); number < kept.next(); number++) {
      made.append();
      for (int word = 0; word < made.words(); word++) {
        made.set(word, kept.get(number, word));
      }
    }
  }
}
