package io.dlms4j.omnipower.engine.bench;

import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/** A clock for tests, which counts seconds and knows no backup. */
public final class PlainClock implements MeterClock {
  private final Cells cells;

  PlainClock(PermanentMemory memory) {
    cells = memory.cells("plain clock", 1);
  }

  long tick() {
    return cells.add(0, 1);
  }

  void set(long time) {
    cells.set(0, time);
  }

  @Override
  public long normalTime() {
    return cells.get(0);
  }
}
