package io.dlms4j.omnipower.engine.energy;

import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/** Energies in the permanent memory, two cells each, which change now and then. */
final class EnergyCells {
  private final Cells cells;

  EnergyCells(PermanentMemory memory, String name, int count) {
    cells = memory.cells(name, 2 * count);
  }

  Energy get(int index) {
    return new Energy(cells.get(2 * index), cells.get(2 * index + 1));
  }

  void set(int index, Energy energy) {
    cells.set(2 * index, energy.wattHours());
    cells.set(2 * index + 1, energy.rest());
  }
}
