package io.dlms4j.omnipower.engine.parameters;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.CatalogueEntry.Access;
import io.dlms4j.omnipower.catalogue.ParameterRange;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps what can be written and no other concern knows: parameters of functions that a meter has
 * besides metering. A value outside its documented range, or one that does not go with another
 * parameter, is refused with other-reason, and nothing changes.
 *
 * <p>It has to be the last of all concerns to describe itself.
 */
public final class Parameters implements Concern {
  private static final int KEPT = 0;
  private static final int VALUE = 1;

  private static final String BREAKER = "CouplingState";
  private static final long CONNECTED = 4;

  private static final String FUNCTIONS = "CutoffBasis";
  private static final long PREPAYMENT = 0b10;

  /** Parameters of which none may be greater than the next one (technical description 4.8.8). */
  private static final List<List<String>> ASCENDING =
      List.of(
          List.of("T1_Time", "T2_Time", "T3_Time"), List.of("K3_Const", "K2_Const", "K1_Const"));

  /** Two of which the first has to be less (DLMS description 3.1). */
  private static final List<String> LESS =
      List.of("OvervoltageReconnectThreshold", "OvervoltageDisconnectThreshold");

  private final MeterSettings settings;
  private final Catalogue catalogue;
  private final PermanentMemory memory;
  private final Map<String, ParameterRange> ranges = ParameterRange.all();
  private final Map<String, Parameter> parameters = new HashMap<>();

  /**
   * Makes parameters that go on as they are.
   *
   * @param settings how the meter was ordered
   * @param catalogue the objects of the meter
   * @param memory where they are kept
   */
  public Parameters(MeterSettings settings, Catalogue catalogue, PermanentMemory memory) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.memory = memory;
  }

  /** A parameter: as it was written, or else as it is by default. */
  private record Parameter(Cells cells, long byDefault) {
    long value() {
      return cells.get(KEPT) == 1 ? cells.get(VALUE) : byDefault;
    }

    void set(long value) {
      cells.set(KEPT, 1);
      cells.set(VALUE, value);
    }
  }

  @Override
  public void step(Second second) {}

  @Override
  public void describe(Readings readings) {
    for (CatalogueEntry entry : catalogue.entries()) {
      String name = entry.name();
      if (!entry.holdsNumber() || !isWritten(entry.access()) || readings.has(name)) {
        continue;
      }
      if (name.equals(BREAKER)) {
        // What is written to it is a command. Nothing moves the breaker yet: it is connected.
        readings.number(name, () -> CONNECTED);
        continue;
      }
      ParameterRange range = ranges.get(name);
      Parameter parameter =
          new Parameter(
              memory.cells("parameter " + name, 2),
              range == null ? entry.numberByDefault() : range.byDefault());
      parameters.put(name, parameter);
      readings.setting(name, reader(readings, name, parameter), value -> write(name, value));
    }
  }

  private static boolean isWritten(Access access) {
    return access == Access.READ_AND_WRITE || access == Access.READ_AND_WRITE_BY_PRIMARY_MODULE;
  }

  private LongSupplier reader(Readings readings, String name, Parameter parameter) {
    if (!name.equals(FUNCTIONS)) {
      return parameter::value;
    }
    // Prepayment is disregarded on a meter that is configured for tariffs (technical description
    // 4.8.14): it is not among the functions as long as that lasts.
    LongSupplier mode =
        readings.number("ModeSelector_TariffCtrl").orElse(() -> settings.tariffControl());
    return () -> mode.getAsLong() == 0 ? parameter.value() : parameter.value() & ~PREPAYMENT;
  }

  private DataAccessResult write(String name, long value) {
    Parameter parameter = parameters.get(name);
    ParameterRange range = ranges.get(name);
    if (parameter == null || !(range == null || range.has(value)) || !goesWithOthers(name, value)) {
      return DataAccessResult.OTHER_REASON;
    }
    parameter.set(value);
    return DataAccessResult.SUCCESS;
  }

  private boolean goesWithOthers(String name, long value) {
    for (List<String> ascending : ASCENDING) {
      for (int i = 1; i < ascending.size(); i++) {
        if (valueWith(ascending.get(i - 1), name, value)
            > valueWith(ascending.get(i), name, value)) {
          return false;
        }
      }
    }
    return !LESS.contains(name)
        || valueWith(LESS.get(0), name, value) < valueWith(LESS.get(1), name, value);
  }

  /** The value of a parameter if another one is written; 0 if the meter does not have it. */
  private long valueWith(String asked, String written, long value) {
    Parameter parameter = parameters.get(asked);
    return asked.equals(written) ? value : parameter == null ? 0 : parameter.value();
  }
}
