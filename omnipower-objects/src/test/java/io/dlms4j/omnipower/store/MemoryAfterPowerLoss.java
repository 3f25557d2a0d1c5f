package io.dlms4j.omnipower.store;

import java.util.Objects;

/** What a memory that was closed gives back, for tests: the cells of another one. */
public final class MemoryAfterPowerLoss extends PermanentMemory {
  private final PermanentMemory before;

  /** Keeps what {@code before} has at the moment when it is claimed here. */
  public MemoryAfterPowerLoss(PermanentMemory before) {
    this.before = Objects.requireNonNull(before);
  }

  @Override
  public Condition condition() {
    return Condition.SOUND;
  }

  @Override
  void restore(Cells made) {
    // The constructor of the super class claims nothing, so the other memory is known here.
    Cells kept = before.cells().get(made.name());
    if (kept != null && kept.size() == made.size()) {
      System.arraycopy(kept.values(), 0, made.values(), 0, made.size());
    }
  }
}
