package io.dlms4j.omnipower.engine.energy;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.EventLog;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import org.jspecify.annotations.Nullable;

/**
 * The ratio of current transformers (Z21, Z22; DLMS description 3.1), and what it makes of
 * secondary energies.
 *
 * <p>A primary energy is the secondary one times the ratio, plus an offset that changes together
 * with the ratio: so a new ratio counts from now on, and alters nothing that was counted before.
 */
final class TransformerRatio {
  /** The highest ratio (Z21). */
  private static final int HIGHEST = 600;

  /** Meters are ordered by the ratio, whatever currents make it. */
  private static final int DENOMINATOR = 1;

  private static final int NUMERATOR = 0;
  private static final int BEFORE = 1;

  private static final String LOGGER = "Trafo ratio logger";

  private final Accumulators secondary;
  private final boolean locked;
  private final EventLog log;
  private final @Nullable Cells cells;
  private final @Nullable EnergyCells offsets;

  /** The numerator in force, kept for speed. */
  private int ratio = 1;

  /** The offsets in uWs, as longs that wrap; kept for speed. */
  private final long[] wrappedOffsets = new long[Accumulators.COUNT];

  TransformerRatio(
      MeterSettings settings, PermanentMemory memory, Accumulators secondary, EventLog log) {
    this.secondary = secondary;
    this.log = log;
    locked = settings.transformerRatioLocked();
    if (!settings.variant().hasTransformers()) {
      cells = null;
      offsets = null;
      return;
    }
    cells = memory.cells("transformer ratio", 2);
    offsets = new EnergyCells(memory, "primary energy", Accumulators.COUNT);
    if (cells.get(NUMERATOR) == 0) {
      cells.set(NUMERATOR, settings.transformerRatio());
      cells.set(BEFORE, settings.transformerRatio());
    }
    ratio = (int) cells.get(NUMERATOR);
    for (int i = 0; i < Accumulators.COUNT; i++) {
      wrappedOffsets[i] = offsets.get(i).wrapped();
    }
  }

  /** 1..600; 1 of a meter without transformers. */
  int ratio() {
    return ratio;
  }

  /** An energy on the primary side. */
  Energy primary(int accumulator) {
    Energy counted = secondary.get(accumulator);
    return offsets == null ? counted : counted.times(ratio).plus(offsets.get(accumulator));
  }

  /** An energy on the primary side, as a long that wraps. */
  long wrappedPrimary(int accumulator) {
    return secondary.wrapped(accumulator) * ratio + wrappedOffsets[accumulator];
  }

  private DataAccessResult change(Cells kept, EnergyCells shifts, long numerator) {
    if (locked) {
      return DataAccessResult.READ_WRITE_DENIED;
    }
    if (numerator < 1 || numerator > HIGHEST) {
      return DataAccessResult.OTHER_REASON;
    }
    if (numerator == ratio) {
      return DataAccessResult.SUCCESS;
    }
    int before = ratio;
    for (int i = 0; i < Accumulators.COUNT; i++) {
      Energy offset = primary(i).minus(secondary.get(i).times((int) numerator));
      shifts.set(i, offset);
      wrappedOffsets[i] = offset.wrapped();
    }
    ratio = (int) numerator;
    kept.set(BEFORE, before);
    kept.set(NUMERATOR, numerator);
    log.log(LOGGER, before, numerator);
    return DataAccessResult.SUCCESS;
  }

  void describe(Readings readings) {
    Cells kept = cells;
    EnergyCells shifts = offsets;
    if (kept == null || shifts == null) {
      return;
    }
    readings.setting(
        "Trafo ratio current numerator", () -> ratio, value -> change(kept, shifts, value));
    readings.number("Trafo ratio current denominator", () -> DENOMINATOR);
    readings.number("Trafo ratio before change numerator", () -> kept.get(BEFORE));
    readings.number("TrafoRatioLock", () -> locked ? 1 : 0);
  }
}
