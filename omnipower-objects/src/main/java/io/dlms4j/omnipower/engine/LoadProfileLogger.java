package io.dlms4j.omnipower.engine;

import io.dlms4j.omnipower.backend.EnergyKind;
import io.dlms4j.omnipower.backend.LoadProfileRow;
import java.util.List;
import java.util.Set;

/**
 * Logs the load profile: a row at the end of each integration period, whenever it began (technical
 * description 4.5.1). Periods end where the clock's normal time is a multiple of them. A meter that
 * is without mains when a period ends does not log it, then or later, and says so in its next row
 * (LoggerStatus bit 6).
 */
final class LoadProfileLogger implements Concern {
  /** Memory of the load profile, in octets; with the two below it gives table 11's depths. */
  private static final int MEMORY = 554_400;

  private static final int ROW_OVERHEAD = 17;
  private static final int REGISTER_SIZE = 4;

  private static final Set<Integer> CAPTURE_PERIODS = Set.of(900, 1_800, 3_600);
  private static final Set<List<EnergyKind>> LAYOUTS =
      Set.of(
          List.of(EnergyKind.A_PLUS),
          List.of(EnergyKind.A_PLUS, EnergyKind.A_MINUS),
          List.of(EnergyKind.A_PLUS, EnergyKind.R_PLUS),
          List.of(EnergyKind.A_PLUS, EnergyKind.A_MINUS, EnergyKind.R_PLUS, EnergyKind.R_MINUS));

  private final PowerSupply supply;
  private final PeriodQuality quality;
  private final int capturePeriod;
  private final List<EnergyKind> kinds;
  private final EnergyRegister[] registers;
  private final LoadProfileBuffer buffer;
  private boolean rowsAreMissing;

  LoadProfileLogger(
      PowerSupply supply,
      PeriodQuality quality,
      EnergyMeter energy,
      int capturePeriod,
      List<EnergyKind> kinds,
      LoadProfileBuffer buffer) {
    this.supply = supply;
    this.quality = quality;
    this.capturePeriod = capturePeriod;
    this.kinds = kinds;
    this.registers = kinds.stream().map(energy::register).toArray(EnergyRegister[]::new);
    this.buffer = buffer;
  }

  static int depth(int columns) {
    return MEMORY / (ROW_OVERHEAD + REGISTER_SIZE * columns);
  }

  static void checkCapturePeriod(int seconds) {
    if (!CAPTURE_PERIODS.contains(seconds)) {
      throw new IllegalArgumentException(
          "integration period " + seconds + " s is not 900, 1800 or 3600 s");
    }
  }

  static void checkLayout(List<EnergyKind> kinds) {
    if (!LAYOUTS.contains(kinds)) {
      throw new IllegalArgumentException("no load profile has the energies " + kinds);
    }
  }

  @Override
  public void step(long now, Measurement measurement) {
    if (now % capturePeriod != 0 || buffer.isClosed()) {
      return;
    }
    if (!supply.isOn()) {
      rowsAreMissing = true;
      return;
    }
    buffer.append(
        now, rowsAreMissing ? LoadProfileRow.STATUS_TIME_DISCONTINUITY : 0, quality.take());
    for (int i = 0; i < registers.length; i++) {
      buffer.setEnergy(i, registers[i].unsigned32());
    }
    rowsAreMissing = false;
  }

  int capturePeriod() {
    return capturePeriod;
  }

  List<EnergyKind> kinds() {
    return kinds;
  }

  LoadProfileBuffer buffer() {
    return buffer;
  }
}
