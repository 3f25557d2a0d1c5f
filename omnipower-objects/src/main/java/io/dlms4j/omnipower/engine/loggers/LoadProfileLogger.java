package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.CapturePeriod;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.store.Cells;
import java.util.Set;

/**
 * The load profile (technical description 4.5.1): the legal registers at the end of each
 * integration period, or what they have gained since the row before (Z27). What happens to it goes
 * into a logger of its own (DLMS description 3.4.6).
 */
final class LoadProfileLogger extends PeriodicLogger {
  private static final int DELETED_BY_RECONFIGURATION = 2;
  private static final int DELETED_MANUALLY = 4;
  private static final int INTERVAL_CHANGED = 5;
  private static final int DISABLED = 6;
  private static final int ENABLED = 7;

  private static final int IS_DISABLED = 0;
  private static final int FIRST_REGISTER = 1;

  /** Format_KMP_Energy, which is captured before the registers, and never a difference. */
  private static final int BEFORE_REGISTERS = 1;

  private static final int TEN = 10;

  private final EventLoggers events;
  private final Cells cells;
  private final boolean differences;

  /** Where each column goes on at 0, in its own steps. */
  private final long[] rollovers;

  LoadProfileLogger(
      Parts parts,
      CapturePeriod period,
      Set<Long> periods,
      EventLoggers events,
      MeterSettings settings) {
    super(parts, period, periods);
    this.events = events;
    this.differences = settings.differencesInLoadProfile();
    this.rollovers =
        columns().stream()
            .filter(each -> each.attribute() > 0)
            .skip(1)
            .mapToLong(each -> rollover(each.entry(), settings.energyResolution()))
            .toArray();
    this.cells = parts.memory().cells("load profile registers", parts.layout().width());
  }

  /** Secondary registers have digits of their own, before the decimal point. */
  private static long rollover(CatalogueEntry entry, EnergyResolution energies) {
    EnergyResolution digits =
        entry.name().endsWith(OrderedLoggers.SECONDARY) ? EnergyResolution.DIGITS_5_2 : energies;
    long rollover = digits.rollover() * digits.step();
    int scaler = entry.scalerUnit(energies).scaler();
    for (int i = 0; i < Math.abs(scaler); i++) {
      rollover = scaler > 0 ? rollover / TEN : rollover * TEN;
    }
    return rollover;
  }

  /** Differences begin with what the registers are now, not with 0. */
  void beginDifferences(Readings readings) {
    int next = FIRST_REGISTER;
    for (int column = 0; column < columns().size(); column++) {
      if (layout().kind(column) == RowLayout.Kind.NUMBER) {
        String name = columns().get(column).entry().name();
        cells.set(next++, readings.number(name).map(each -> each.getAsLong()).orElse(0L));
      }
    }
  }

  @Override
  void refine(long[] read) {
    if (!differences) {
      return;
    }
    for (int i = BEFORE_REGISTERS; i < read.length; i++) {
      long register = read[i];
      long before = cells.get(FIRST_REGISTER + i);
      read[i] = register >= before ? register - before : register + rollovers[i] - before;
      cells.set(FIRST_REGISTER + i, register);
    }
  }

  @Override
  void captureRow(long now) {
    if (cells.get(IS_DISABLED) == 0) {
      super.captureRow(now);
    } else {
      missRow();
    }
  }

  @Override
  void periodChanged() {
    events.log(EventLoggers.LOAD_PROFILE, INTERVAL_CHANGED);
  }

  /** Tells that rows have gone because others are captured now. */
  void reconfigured() {
    events.log(EventLoggers.LOAD_PROFILE, DELETED_BY_RECONFIGURATION);
  }

  /** Deletes all rows, as it is done in production. */
  void delete() {
    clear();
    events.log(EventLoggers.LOAD_PROFILE, DELETED_MANUALLY);
  }

  /** Switches it on or off; without effect if it is so already. */
  void setEnabled(boolean enabled) {
    if (enabled != (cells.get(IS_DISABLED) == 0)) {
      cells.set(IS_DISABLED, enabled ? 0 : 1);
      events.log(EventLoggers.LOAD_PROFILE, enabled ? ENABLED : DISABLED);
    }
  }
}
