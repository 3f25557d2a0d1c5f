package io.dlms4j.omnipower.engine.energy;

import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.configuration.CalculationMethod;
import io.dlms4j.omnipower.configuration.MeasuringSystems;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.EnergyTotals;
import io.dlms4j.omnipower.engine.core.EventLog;
import io.dlms4j.omnipower.engine.core.Powers;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.store.PermanentMemory;
import org.jspecify.annotations.Nullable;

/**
 * Powers and energies in four quadrants (technical description 4.4.1 to 4.4.3).
 *
 * <p>A power of a second is an energy of that second: uW become uWs. Phases are put together by the
 * calculation method of the meter, anew in each second, and active, reactive and apparent energy in
 * the same way:
 *
 * <ul>
 *   <li>Individual import/export: each phase goes to the registers of its own quadrant.
 *   <li>Vector summation: the active and reactive powers of all phases are added with their signs.
 *       The quadrant of the sum selects the registers; apparent power is the length of the sum.
 *   <li>Total summation: the absolute values of all phases go to the registers of quadrant 1.
 * </ul>
 *
 * <p>The two measuring systems of an Aron meter are always added with their signs: neither of them
 * has a meaning of its own. Then the sum is treated like a single phase.
 */
public final class EnergyMeter implements Concern, EnergyTotals, Powers {
  /**
   * A phase below this apparent power, in uVA, registers nothing. The description (4.6.2.13) gives
   * about 2.3 W and speaks of the current: 10 mA at 230 V. Apparent power is that current at any
   * angle, so a purely reactive load starts as an active one does.
   */
  private static final long START_UP = 2_300_000;

  /** The same for a meter with transformers. */
  private static final long START_UP_WITH_TRANSFORMERS = 600_000;

  private static final int PERCENT = 100;

  private final MeterSettings settings;
  private final CalculationMethod method;
  private final boolean singlePhase;
  private final boolean aron;
  private final long startUp;
  private final Accumulators accumulators;
  private final TransformerRatio transformers;
  private final TariffRegisters tariffs;
  private final @Nullable TariffRegisters secondaryTariffs;
  private final EnergyCells tripOffsets;
  private final Instantaneous instantaneous;

  private long active1;
  private long active2;
  private long active3;
  private long reactive1;
  private long reactive2;
  private long reactive3;
  private long apparent1;
  private long apparent2;
  private long apparent3;

  /** What goes to the registers of the meter in this second. */
  private long activePositive;

  private long activeNegative;
  private long reactive1stQuadrant;
  private long reactive2ndQuadrant;
  private long reactive3rdQuadrant;
  private long reactive4thQuadrant;
  private long apparentPositive;
  private long apparentNegative;

  /**
   * Makes a meter that goes on where its memory says.
   *
   * @param settings how it was ordered
   * @param memory what it has kept
   * @param log takes changes of the transformer ratio
   */
  public EnergyMeter(MeterSettings settings, PermanentMemory memory, EventLog log) {
    this.settings = settings;
    method = settings.calculationMethod();
    singlePhase = settings.measuringSystems() == MeasuringSystems.ONE;
    aron = settings.measuringSystems() == MeasuringSystems.ARON;
    boolean hasTransformers = settings.variant().hasTransformers();
    startUp = hasTransformers ? START_UP_WITH_TRANSFORMERS : START_UP;
    accumulators = new Accumulators(memory);
    transformers = new TransformerRatio(settings, memory, accumulators, log);
    tariffs = new TariffRegisters(memory, "energy tariffs", this::primary);
    secondaryTariffs =
        hasTransformers
            ? new TariffRegisters(memory, "secondary energy tariffs", this::secondary)
            : null;
    tripOffsets = new EnergyCells(memory, "trip counters", Accumulators.KINDS);
    instantaneous = new Instantaneous(this);
  }

  @Override
  public void step(Second second) {
    if (second.tariff() != tariffs.active()) {
      tariffs.change(second.tariff());
      if (secondaryTariffs != null) {
        secondaryTariffs.change(second.tariff());
      }
    }
    if (!second.isSupplied()) {
      instantaneous.clear();
      clear();
      return;
    }
    Measurement measurement = second.measurement();
    instantaneous.set(measurement);
    measure(measurement);
    countPhase(1, active1, reactive1, apparent1);
    if (!singlePhase) {
      countPhase(2, active2, reactive2, apparent2);
      countPhase(3, active3, reactive3, apparent3);
    }
    combine();
    accumulators.add(Accumulators.A14, activePositive);
    accumulators.add(Accumulators.A23, activeNegative);
    accumulators.add(Accumulators.R1, reactive1stQuadrant);
    accumulators.add(Accumulators.R2, reactive2ndQuadrant);
    accumulators.add(Accumulators.R3, reactive3rdQuadrant);
    accumulators.add(Accumulators.R4, reactive4thQuadrant);
    accumulators.add(Accumulators.E14, apparentPositive);
    accumulators.add(Accumulators.E23, apparentNegative);
  }

  private void measure(Measurement measurement) {
    Measurement.Phase l1 = measurement.l1();
    boolean started1 = l1.apparent() >= startUp;
    active1 = started1 ? l1.active() : 0;
    reactive1 = started1 ? l1.reactive() : 0;
    apparent1 = started1 ? l1.apparent() : 0;
    if (singlePhase) {
      return;
    }
    Measurement.Phase l2 = measurement.l2();
    boolean started2 = !aron && l2.apparent() >= startUp;
    active2 = started2 ? l2.active() : 0;
    reactive2 = started2 ? l2.reactive() : 0;
    apparent2 = started2 ? l2.apparent() : 0;
    Measurement.Phase l3 = measurement.l3();
    boolean started3 = l3.apparent() >= startUp;
    active3 = started3 ? l3.active() : 0;
    reactive3 = started3 ? l3.reactive() : 0;
    apparent3 = started3 ? l3.apparent() : 0;
  }

  private void clear() {
    active1 = 0;
    active2 = 0;
    active3 = 0;
    reactive1 = 0;
    reactive2 = 0;
    reactive3 = 0;
    apparent1 = 0;
    apparent2 = 0;
    apparent3 = 0;
    clearSums();
  }

  private void clearSums() {
    activePositive = 0;
    activeNegative = 0;
    reactive1stQuadrant = 0;
    reactive2ndQuadrant = 0;
    reactive3rdQuadrant = 0;
    reactive4thQuadrant = 0;
    apparentPositive = 0;
    apparentNegative = 0;
  }

  private void countPhase(int phase, long active, long reactive, long apparent) {
    int first = Accumulators.ofPhase(phase);
    accumulators.add(first, Math.max(active, 0));
    accumulators.add(first + 1, Math.max(-active, 0));
    accumulators.add(first + 2, Math.max(reactive, 0));
    accumulators.add(first + 3, Math.max(-reactive, 0));
    accumulators.add(first + 4, active >= 0 ? apparent : 0);
    accumulators.add(first + 5, active >= 0 ? 0 : apparent);
  }

  private void combine() {
    clearSums();
    if (singlePhase || aron || method == CalculationMethod.VECTOR_SUMMATION) {
      long active = active1 + active2 + active3;
      long reactive = reactive1 + reactive2 + reactive3;
      long apparent = singlePhase ? apparent1 : Vectors.length(active, reactive);
      if (method == CalculationMethod.TOTAL_SUMMATION) {
        addTo(Math.abs(active), Math.abs(reactive), apparent);
      } else {
        addTo(active, reactive, apparent);
      }
    } else if (method == CalculationMethod.INDIVIDUAL_IMPORT_EXPORT) {
      addTo(active1, reactive1, apparent1);
      addTo(active2, reactive2, apparent2);
      addTo(active3, reactive3, apparent3);
    } else {
      addTo(Math.abs(active1), Math.abs(reactive1), apparent1);
      addTo(Math.abs(active2), Math.abs(reactive2), apparent2);
      addTo(Math.abs(active3), Math.abs(reactive3), apparent3);
    }
  }

  /** Adds to the registers of the quadrant in which these powers are. */
  private void addTo(long active, long reactive, long apparent) {
    if (active >= 0) {
      activePositive += active;
      apparentPositive += apparent;
      reactive1stQuadrant += Math.max(reactive, 0);
      reactive4thQuadrant += Math.max(-reactive, 0);
    } else {
      activeNegative -= active;
      apparentNegative += apparent;
      reactive2ndQuadrant += Math.max(reactive, 0);
      reactive3rdQuadrant += Math.max(-reactive, 0);
    }
  }

  /**
   * Resets the trip counters: what holding the left push-button for six seconds does (technical
   * description, table 5).
   */
  public void resetTripCounters() {
    for (EnergyKind kind : EnergyKind.values()) {
      tripOffsets.set(Accumulators.indexOf(kind), Energy.NONE.minus(primary(kind)));
    }
  }

  Energy trip(EnergyKind kind) {
    return primary(kind).plus(tripOffsets.get(Accumulators.indexOf(kind)));
  }

  /** A register of the meter as it shows it: of the primary side. */
  Energy primary(EnergyKind kind) {
    return switch (kind) {
      case A14 -> transformers.primary(Accumulators.A14);
      case A23 -> transformers.primary(Accumulators.A23);
      case R12 -> transformers.primary(Accumulators.R1).plus(transformers.primary(Accumulators.R2));
      case R34 -> transformers.primary(Accumulators.R3).plus(transformers.primary(Accumulators.R4));
      case E14 -> transformers.primary(Accumulators.E14);
      case E23 -> transformers.primary(Accumulators.E23);
    };
  }

  /** A register without the ratio of the transformers. */
  Energy secondary(EnergyKind kind) {
    return switch (kind) {
      case A14 -> accumulators.get(Accumulators.A14);
      case A23 -> accumulators.get(Accumulators.A23);
      case R12 -> accumulators.get(Accumulators.R1).plus(accumulators.get(Accumulators.R2));
      case R34 -> accumulators.get(Accumulators.R3).plus(accumulators.get(Accumulators.R4));
      case E14 -> accumulators.get(Accumulators.E14);
      case E23 -> accumulators.get(Accumulators.E23);
    };
  }

  /** One of the {@link Accumulators}, of the primary side. */
  Energy primary(int accumulator) {
    return transformers.primary(accumulator);
  }

  /** One of the {@link Accumulators}, of the secondary side. */
  Energy secondary(int accumulator) {
    return accumulators.get(accumulator);
  }

  Energy tariff(EnergyKind kind, int tariff) {
    return tariffs.get(kind, tariff);
  }

  Energy secondaryTariff(EnergyKind kind, int tariff) {
    return (secondaryTariffs == null ? tariffs : secondaryTariffs).get(kind, tariff);
  }

  @Override
  public long total(EnergyKind kind) {
    return switch (kind) {
      case A14 -> transformers.wrappedPrimary(Accumulators.A14);
      case A23 -> transformers.wrappedPrimary(Accumulators.A23);
      case R12 ->
          transformers.wrappedPrimary(Accumulators.R1)
              + transformers.wrappedPrimary(Accumulators.R2);
      case R34 ->
          transformers.wrappedPrimary(Accumulators.R3)
              + transformers.wrappedPrimary(Accumulators.R4);
      case E14 -> transformers.wrappedPrimary(Accumulators.E14);
      case E23 -> transformers.wrappedPrimary(Accumulators.E23);
    };
  }

  @Override
  public long total(EnergyKind kind, int phase) {
    return transformers.wrappedPrimary(Accumulators.ofPhase(phase, kind));
  }

  /** The power that goes to a register, in uW, of the primary side. */
  long power(EnergyKind kind) {
    long secondary =
        switch (kind) {
          case A14 -> activePositive;
          case A23 -> activeNegative;
          case R12 -> reactive1stQuadrant + reactive2ndQuadrant;
          case R34 -> reactive3rdQuadrant + reactive4thQuadrant;
          case E14 -> apparentPositive;
          case E23 -> apparentNegative;
        };
    return secondary * transformers.ratio();
  }

  @Override
  public long active(int phase) {
    return ofPhase(phase, active1, active2, active3) * transformers.ratio();
  }

  @Override
  public long reactive(int phase) {
    return ofPhase(phase, reactive1, reactive2, reactive3) * transformers.ratio();
  }

  @Override
  public long apparent(int phase) {
    return ofPhase(phase, apparent1, apparent2, apparent3) * transformers.ratio();
  }

  private static long ofPhase(int phase, long l1, long l2, long l3) {
    return switch (phase) {
      case 1 -> l1;
      case 2 -> l2;
      case 3 -> l3;
      default -> throw new IllegalArgumentException("there is no phase L" + phase);
    };
  }

  /**
   * {@inheritDoc} That of all together is the sum of their active powers by the sum of their
   * apparent ones. Without load it is 100, as in the vendor's example (DLMS description 3.2).
   */
  @Override
  public int powerFactor(int phase) {
    if (phase == 0) {
      long active = active1 + active2 + active3;
      long apparent =
          aron ? Vectors.length(active, reactive1 + reactive3) : apparent1 + apparent2 + apparent3;
      return powerFactor(active, apparent);
    }
    return powerFactor(
        ofPhase(phase, active1, active2, active3), ofPhase(phase, apparent1, apparent2, apparent3));
  }

  private static int powerFactor(long active, long apparent) {
    return apparent == 0 ? PERCENT : (int) ((Math.abs(active) * PERCENT + apparent / 2) / apparent);
  }

  /** Whether it has a measuring system for this phase. */
  boolean measures(int phase) {
    return phase == 1 || (!singlePhase && !(aron && phase == 2));
  }

  /** What the transformers multiply currents by. */
  int ratio() {
    return transformers.ratio();
  }

  @Override
  public void describe(Readings readings) {
    Catalogue catalogue = Catalogue.of(settings.variant());
    new EnergyReadings(settings, catalogue, this).describe(readings);
    instantaneous.describe(catalogue, readings);
    transformers.describe(readings);
  }
}
