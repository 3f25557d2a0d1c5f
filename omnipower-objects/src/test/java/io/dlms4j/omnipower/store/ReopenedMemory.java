package io.dlms4j.omnipower.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A memory in which is what another one had kept: the meter after power has come back. */
public final class ReopenedMemory extends PermanentMemory {
  private final PermanentMemory before;

  public ReopenedMemory(PermanentMemory before) {
    this.before = before;
  }

  @Override
  public Condition condition() {
    return Condition.SOUND;
  }

  @Override
  void restore(Cells made) {
    @Nullable Cells kept = before.cells().get(made.name());
    if (kept != null) {
      for (int i = 0; i < made.size(); i++) {
        made.set(i, kept.get(i));
      }
    }
  }

  @Override
  void restore(OctetCell made) {
    @Nullable OctetCell kept = before.octets().get(made.name());
    if (kept != null && kept.get() != null) {
      made.set(Objects.requireNonNull(kept.get()));
    }
  }
}
