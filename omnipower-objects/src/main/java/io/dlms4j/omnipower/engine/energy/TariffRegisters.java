package io.dlms4j.omnipower.engine.energy;

import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.function.Function;

/**
 * The registers of eight tariffs beside the totals of six energies (technical description 4.4.6).
 *
 * <p>The register of a tariff that is not active is kept; that of the active one is the total, less
 * what the total was when it became active, plus what the register was then. So nothing is to be
 * done but when tariffs change, and all eight always add up to the total.
 */
final class TariffRegisters {
  static final int TARIFFS = 8;

  private final Cells active;
  private final EnergyCells kept;
  private final Function<EnergyKind, Energy> totals;

  TariffRegisters(PermanentMemory memory, String name, Function<EnergyKind, Energy> totals) {
    active = memory.cells(name + " active", 1);
    kept = new EnergyCells(memory, name, Accumulators.KINDS * TARIFFS);
    this.totals = totals;
  }

  /** The tariff that energy goes to, 1..8; 0 before the first second. */
  int active() {
    return (int) active.get(0);
  }

  /** Closes the register of the active tariff, and opens another. */
  void change(int tariff) {
    for (EnergyKind kind : EnergyKind.values()) {
      Energy total = totals.apply(kind);
      if (active() > 0) {
        int closed = index(kind, active());
        kept.set(closed, kept.get(closed).plus(total));
      }
      int opened = index(kind, tariff);
      kept.set(opened, kept.get(opened).minus(total));
    }
    active.set(0, tariff);
  }

  /** The register of a tariff, 1..8. */
  Energy get(EnergyKind kind, int tariff) {
    Energy register = kept.get(index(kind, tariff));
    return tariff == active() ? register.plus(totals.apply(kind)) : register;
  }

  private static int index(EnergyKind kind, int tariff) {
    return Accumulators.indexOf(kind) * TARIFFS + tariff - 1;
  }
}
