package io.dlms4j.omnipower.engine.bench;

import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.EnergyTotals;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.List;

/**
 * Energies for tests: U times I of each phase, which is A14 and E14 at 0 degrees, R12 at 90, A23
 * and E23 at 180, and R34 at 270.
 */
public final class PlainEnergy implements Concern, EnergyTotals {
  private static final EnergyKind[] KINDS = EnergyKind.values();

  private final Cells cells;
  private final EnergyResolution resolution;

  PlainEnergy(PermanentMemory memory, MeterSettings settings) {
    cells = memory.cells("plain energy", KINDS.length * 4);
    resolution = settings.energyResolution();
  }

  private static int cell(EnergyKind kind, int phase) {
    return List.of(KINDS).indexOf(kind) * 4 + phase;
  }

  /** What a register begins with. */
  public void set(EnergyKind kind, long wattHours) {
    cells.set(cell(kind, 0), wattHours * WATT_HOUR);
  }

  @Override
  public void step(Second second) {
    if (second.isSupplied()) {
      Measurement measurement = second.measurement();
      add(1, measurement.l1());
      add(2, measurement.l2());
      add(3, measurement.l3());
    }
  }

  private void add(int phase, Phase measured) {
    long power = (long) measured.voltage() * measured.current();
    switch (measured.angle()) {
      case 0 -> {
        add(EnergyKind.A14, phase, power);
        add(EnergyKind.E14, phase, power);
      }
      case 9_000 -> {
        add(EnergyKind.R12, phase, power);
        add(EnergyKind.E14, phase, power);
      }
      case 18_000 -> {
        add(EnergyKind.A23, phase, power);
        add(EnergyKind.E23, phase, power);
      }
      default -> {
        add(EnergyKind.R34, phase, power);
        add(EnergyKind.E14, phase, power);
      }
    }
  }

  private void add(EnergyKind kind, int phase, long power) {
    cells.add(cell(kind, 0), power);
    cells.add(cell(kind, phase), power);
  }

  @Override
  public long total(EnergyKind kind) {
    return cells.get(cell(kind, 0));
  }

  @Override
  public long total(EnergyKind kind, int phase) {
    return cells.get(cell(kind, phase));
  }

  /** What the register shows. */
  public long register(EnergyKind kind) {
    return resolution.register(total(kind) / WATT_HOUR);
  }

  @Override
  public void describe(Readings readings) {
    for (EnergyKind kind : KINDS) {
      readings.number(kind.name(), () -> register(kind));
    }
    readings.number("A14 - secondary", () -> 7);
  }
}
