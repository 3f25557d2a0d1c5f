package io.dlms4j.omnipower.engine.energy;

import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;

/**
 * What is counted each second, on the secondary side of transformers: nothing of it is ever lost,
 * and it neither runs backwards nor goes on at 0.
 *
 * <p>Each is two cells of the permanent memory, whole MWh and the rest in uWs, so that one of them
 * changes in most seconds and the other hardly ever.
 */
final class Accumulators {
  static final int A14 = 0;
  static final int A23 = 1;
  static final int R1 = 2;
  static final int R2 = 3;
  static final int R3 = 4;
  static final int R4 = 5;
  static final int E14 = 6;
  static final int E23 = 7;

  private static final int PHASES = 3;
  static final int KINDS = 6;
  private static final int OF_PHASES = 8;
  static final int COUNT = OF_PHASES + PHASES * KINDS;

  private static final long MEGAWATT_HOUR = 3_600_000_000_000_000L;
  private static final long WATT_HOURS = 1_000_000;

  private final Cells cells;

  Accumulators(PermanentMemory memory) {
    cells = memory.cells("energy", 2 * COUNT);
  }

  /** Where an energy is among the six of its kind; in permanent memory, so never changed. */
  static int indexOf(EnergyKind kind) {
    return switch (kind) {
      case A14 -> 0;
      case A23 -> 1;
      case R12 -> 2;
      case R34 -> 3;
      case E14 -> 4;
      case E23 -> 5;
    };
  }

  /** The accumulator of a phase, 1..3. */
  static int ofPhase(int phase, EnergyKind kind) {
    return ofPhase(phase) + indexOf(kind);
  }

  /** The first accumulator of a phase; the others follow by {@link #indexOf}. */
  static int ofPhase(int phase) {
    return OF_PHASES + (phase - 1) * KINDS;
  }

  /** Adds 0 or more uWs, less than a MWh. */
  void add(int index, long microWattSeconds) {
    int low = 2 * index;
    if (cells.add(low, microWattSeconds) >= MEGAWATT_HOUR) {
      cells.add(low, -MEGAWATT_HOUR);
      cells.add(low + 1, 1);
    }
  }

  /** All that was added. */
  Energy get(int index) {
    return Energy.of(cells.get(2 * index + 1) * WATT_HOURS, cells.get(2 * index));
  }

  /** All that was added, as a long that wraps. */
  long wrapped(int index) {
    return cells.get(2 * index + 1) * MEGAWATT_HOUR + cells.get(2 * index);
  }
}
