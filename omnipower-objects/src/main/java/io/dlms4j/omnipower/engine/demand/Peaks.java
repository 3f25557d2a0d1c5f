package io.dlms4j.omnipower.engine.demand;

import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The highest mean powers since the last debiting stop, with the times at which they were reached,
 * on the whole and by tariff; and what has been accumulated of them at debiting stops (technical
 * description 4.4.5; DLMS description 3.2 and 3.3).
 *
 * <p>Which of them there are is as in the DLMS description: table 9 of the technical description
 * has other tariffs of Q+ and Q-.
 */
final class Peaks {
  private static final int VALUE = 0;
  private static final int TIME = 1;
  private static final int ACCUMULATED = 2;
  private static final int CELLS_OF_PEAK = 3;

  /** Accumulated peaks are Unsigned32, and go on at 0. */
  private static final long UNSIGNED_32 = 0xFFFF_FFFFL;

  private static final int ALL_TARIFFS = 0;
  private static final int TARIFFS = 8;

  /** Peaks that accumulate have a name for that, others an empty one. */
  private record Peak(String name, EnergyKind kind, int tariff, String accumulated) {}

  private static final List<Peak> PEAKS = peaks();

  private final Cells cells;

  Peaks(PermanentMemory memory) {
    cells = memory.cells("peaks", PEAKS.size() * CELLS_OF_PEAK);
  }

  private static List<Peak> peaks() {
    List<Peak> peaks = new ArrayList<>();
    peaks.add(new Peak("P14_Max", EnergyKind.A14, ALL_TARIFFS, "P14_MaxAcc"));
    for (int tariff = 1; tariff <= TARIFFS; tariff++) {
      String accumulated = tariff <= 2 ? "P14 - peak,akk T" + tariff : "";
      peaks.add(new Peak("P14_Ex_Max_Tariff" + tariff, EnergyKind.A14, tariff, accumulated));
    }
    peaks.add(new Peak("P23_Max", EnergyKind.A23, ALL_TARIFFS, "P23_MaxAcc"));
    peaks.add(new Peak("P23_Ex_Max_Tariff1", EnergyKind.A23, 1, "P23_Max_Tariff1_Acc"));
    peaks.add(new Peak("P23_Ex_Max_Tariff2", EnergyKind.A23, 2, "P23_Max_Tariff2_Acc"));
    peaks.add(new Peak("Q12_Max", EnergyKind.R12, ALL_TARIFFS, "Q12_MaxAcc"));
    peaks.add(new Peak("Q12_Ex_Max_Tariff1", EnergyKind.R12, 1, ""));
    peaks.add(new Peak("Q12_Ex_Max_Tariff2", EnergyKind.R12, 2, ""));
    peaks.add(new Peak("Q34_Max", EnergyKind.R34, ALL_TARIFFS, "Q34_MaxAcc"));
    peaks.add(new Peak("S14_Ex_Max", EnergyKind.E14, ALL_TARIFFS, ""));
    for (int tariff = 1; tariff <= TARIFFS; tariff++) {
      peaks.add(new Peak("S14_Ex_Max_Tariff" + tariff, EnergyKind.E14, tariff, ""));
    }
    peaks.add(new Peak("S23_Ex_Max", EnergyKind.E23, ALL_TARIFFS, ""));
    return List.copyOf(peaks);
  }

  private static int cell(int peak, int which) {
    return peak * CELLS_OF_PEAK + which;
  }

  /** Compares a mean power of a period that ends with the peaks of its kind. */
  void compare(EnergyKind kind, int tariff, long mean, long now) {
    for (int i = 0; i < PEAKS.size(); i++) {
      Peak peak = PEAKS.get(i);
      if (peak.kind == kind
          && (peak.tariff == ALL_TARIFFS || peak.tariff == tariff)
          && mean > cells.get(cell(i, VALUE))) {
        cells.set(cell(i, VALUE), mean);
        cells.set(cell(i, TIME), now);
      }
    }
  }

  /** Adds each peak to what has been accumulated of it, and begins anew. */
  void accumulateAndReset() {
    for (int i = 0; i < PEAKS.size(); i++) {
      long sum = cells.get(cell(i, ACCUMULATED)) + cells.get(cell(i, VALUE));
      cells.set(cell(i, ACCUMULATED), sum & UNSIGNED_32);
      cells.set(cell(i, VALUE), 0);
      cells.set(cell(i, TIME), 0);
    }
  }

  void describe(Readings readings, Catalogue catalogue) {
    for (int i = 0; i < PEAKS.size(); i++) {
      Peak peak = PEAKS.get(i);
      int value = cell(i, VALUE);
      int time = cell(i, TIME);
      int accumulated = cell(i, ACCUMULATED);
      if (catalogue.find(peak.name).isPresent()) {
        readings.peak(
            peak.name,
            () -> cells.get(value),
            () -> cells.get(value) == 0 ? Readings.NEVER : cells.get(time));
      }
      if (catalogue.find(peak.accumulated).isPresent()) {
        readings.number(peak.accumulated, () -> cells.get(accumulated));
      }
    }
  }
}
