package io.dlms4j.omnipower.engine.demand;

import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.engine.core.CapturePeriod;
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
import java.util.function.LongSupplier;

/**
 * Means of each phase over the interval of the analysis logger: powers, voltage, current, power
 * factor and distortion, and the frequency (technical description 4.4.4, 4.5.4, 4.9.1, 4.9.7,
 * 4.9.9).
 *
 * <p>Powers are energies over the seconds with mains. The mean power factor is active over apparent
 * energy of the interval, so that a second without load has no say in it. Voltage, current,
 * distortion and frequency are added up second by second, and only those seconds that the running
 * process has seen are in their mean.
 */
public final class PhaseMeans implements Concern {
  private static final int PHASES = 3;
  private static final int ALL = PHASES + 1;
  private static final List<EnergyKind> KINDS = List.of(EnergyKind.values());

  /** In the order of the kinds. */
  private static final List<String> POWERS =
      List.of("P14_Avg_L", "P23_Avg_L", "Q12_Avg_L", "Q34_Avg_L", "S14_Avg_L", "S23_Avg_L");

  private static final long MICRO = 1_000_000;

  /** mV of a V. */
  private static final int VOLT = 1_000;

  /** mA of a hundredth of an A, mHz of a hundredth of a Hz. */
  private static final int HUNDREDTH = 10;

  private static final int WHOLE = 100;

  private static final int FIRST_POWER = 0;
  private static final int FIRST_VOLTAGE = FIRST_POWER + PHASES * KINDS.size();
  private static final int FIRST_CURRENT = FIRST_VOLTAGE + PHASES;
  private static final int FIRST_FACTOR = FIRST_CURRENT + PHASES;
  private static final int FIRST_VOLTAGE_DISTORTION = FIRST_FACTOR + PHASES + 1;
  private static final int FIRST_CURRENT_DISTORTION = FIRST_VOLTAGE_DISTORTION + PHASES;
  private static final int FREQUENCY = FIRST_CURRENT_DISTORTION + PHASES;

  /** The ratio that currents are multiplied by, where there are transformers. */
  private static final String RATIO = "Trafo ratio current numerator";

  private final Catalogue catalogue;
  private final CapturePeriod interval;
  private final MeteredSpan span;
  private final Cells cells;
  private long voltage1;
  private long voltage2;
  private long voltage3;
  private long current1;
  private long current2;
  private long current3;
  private long distortionOfVoltage1;
  private long distortionOfVoltage2;
  private long distortionOfVoltage3;
  private long distortionOfCurrent1;
  private long distortionOfCurrent2;
  private long distortionOfCurrent3;
  private long frequency;
  private long samples;
  private LongSupplier ratio = () -> 1;
  private long nextEnd = Long.MIN_VALUE;

  /**
   * Makes means that are 0 until the first interval has passed.
   *
   * @param catalogue says which of them can be read
   * @param memory where they are kept
   * @param totals what has been accumulated
   * @param interval of the analysis logger
   */
  public PhaseMeans(
      Catalogue catalogue, PermanentMemory memory, EnergyTotals totals, CapturePeriod interval) {
    this.catalogue = catalogue;
    this.interval = interval;
    this.cells = memory.cells("phase means", FREQUENCY + 1);
    LongSupplier[] sources = new LongSupplier[(PHASES + 1) * KINDS.size()];
    for (EnergyKind kind : KINDS) {
      for (int phase = 1; phase <= PHASES; phase++) {
        int of = phase;
        sources[power(phase, kind)] = () -> totals.total(kind, of);
      }
      sources[power(ALL, kind)] = () -> totals.total(kind);
    }
    this.span = new MeteredSpan(memory, "analysis", sources);
  }

  /** Phases 1..3, and then all of them. */
  private static int power(int phase, EnergyKind kind) {
    return (phase - 1) * KINDS.size() + KINDS.indexOf(kind);
  }

  @Override
  public void step(Second second) {
    long now = second.now();
    span.pass(now, second.isSupplied());
    if (second.isSupplied()) {
      Measurement measurement = second.measurement();
      Phase l1 = measurement.l1();
      Phase l2 = measurement.l2();
      Phase l3 = measurement.l3();
      voltage1 += l1.voltage();
      voltage2 += l2.voltage();
      voltage3 += l3.voltage();
      current1 += l1.current();
      current2 += l2.current();
      current3 += l3.current();
      distortionOfVoltage1 += l1.voltageDistortion();
      distortionOfVoltage2 += l2.voltageDistortion();
      distortionOfVoltage3 += l3.voltageDistortion();
      distortionOfCurrent1 += l1.currentDistortion();
      distortionOfCurrent2 += l2.currentDistortion();
      distortionOfCurrent3 += l3.currentDistortion();
      frequency += measurement.frequency();
      samples++;
    }
    if (now >= nextEnd) {
      span.beginIfNew(second.isSupplied() ? now - 1 : now);
      if (second.isSupplied() && interval.endsAt(now)) {
        endInterval(now);
      }
      nextEnd = CapturePeriod.nextFiveMinutes(now);
    }
  }

  private void endInterval(long now) {
    long metered = span.seconds(now);
    for (int phase = 1; phase <= PHASES; phase++) {
      for (EnergyKind kind : KINDS) {
        int power = power(phase, kind);
        cells.set(FIRST_POWER + power, span.gained(power) / (metered * MICRO));
      }
      cells.set(FIRST_FACTOR + phase, factor(phase));
    }
    cells.set(FIRST_FACTOR, factor(ALL));
    cells.set(FIRST_VOLTAGE, mean(voltage1, VOLT));
    cells.set(FIRST_VOLTAGE + 1, mean(voltage2, VOLT));
    cells.set(FIRST_VOLTAGE + 2, mean(voltage3, VOLT));
    cells.set(FIRST_CURRENT, mean(current1 * ratio.getAsLong(), HUNDREDTH));
    cells.set(FIRST_CURRENT + 1, mean(current2 * ratio.getAsLong(), HUNDREDTH));
    cells.set(FIRST_CURRENT + 2, mean(current3 * ratio.getAsLong(), HUNDREDTH));
    cells.set(FIRST_VOLTAGE_DISTORTION, mean(distortionOfVoltage1, 1));
    cells.set(FIRST_VOLTAGE_DISTORTION + 1, mean(distortionOfVoltage2, 1));
    cells.set(FIRST_VOLTAGE_DISTORTION + 2, mean(distortionOfVoltage3, 1));
    cells.set(FIRST_CURRENT_DISTORTION, mean(distortionOfCurrent1, 1));
    cells.set(FIRST_CURRENT_DISTORTION + 1, mean(distortionOfCurrent2, 1));
    cells.set(FIRST_CURRENT_DISTORTION + 2, mean(distortionOfCurrent3, 1));
    cells.set(FREQUENCY, mean(frequency, HUNDREDTH));
    voltage1 = 0;
    voltage2 = 0;
    voltage3 = 0;
    current1 = 0;
    current2 = 0;
    current3 = 0;
    distortionOfVoltage1 = 0;
    distortionOfVoltage2 = 0;
    distortionOfVoltage3 = 0;
    distortionOfCurrent1 = 0;
    distortionOfCurrent2 = 0;
    distortionOfCurrent3 = 0;
    frequency = 0;
    samples = 0;
    span.begin(now);
  }

  /** To the nearest unit; the second that ends an interval is always a sample of it. */
  private long mean(long sum, int unit) {
    long of = samples * unit;
    return (sum + of / 2) / of;
  }

  /** Hundredths, to the nearest; 1.00 where there was no load at all. */
  private long factor(int phase) {
    long active =
        span.gained(power(phase, EnergyKind.A14)) + span.gained(power(phase, EnergyKind.A23));
    long apparent =
        span.gained(power(phase, EnergyKind.E14)) + span.gained(power(phase, EnergyKind.E23));
    // Divided first: an interval's energy times 100 may be more than a long has room for.
    long hundredth = apparent / WHOLE;
    return hundredth == 0 ? WHOLE : Math.min((active + hundredth / 2) / hundredth, WHOLE);
  }

  @Override
  public void clockChanged(long before, long after) {
    span.jump(before, after);
    nextEnd = Long.MIN_VALUE;
  }

  @Override
  public void restarted(long before, long after) {
    clockChanged(before, after);
  }

  @Override
  public void describe(Readings readings) {
    ratio = readings.number(RATIO).orElse(ratio);
    for (int phase = 1; phase <= PHASES; phase++) {
      for (EnergyKind kind : KINDS) {
        mean(readings, POWERS.get(KINDS.indexOf(kind)) + phase, FIRST_POWER + power(phase, kind));
      }
      mean(readings, "U_Avg_L" + phase, FIRST_VOLTAGE + phase - 1);
      mean(readings, "I_Avg_L" + phase, FIRST_CURRENT + phase - 1);
      mean(readings, "PowerFactor_Avg_L" + phase, FIRST_FACTOR + phase);
      mean(readings, "THD_Avg_U_L" + phase, FIRST_VOLTAGE_DISTORTION + phase - 1);
      mean(readings, "THD_Avg_I_L" + phase, FIRST_CURRENT_DISTORTION + phase - 1);
    }
    mean(readings, "PowerFactor_Avg_Total", FIRST_FACTOR);
    mean(readings, "Freq_Avg", FREQUENCY);
  }

  private void mean(Readings readings, String name, int cell) {
    if (catalogue.find(name).isPresent()) {
      readings.number(name, () -> cells.get(cell));
    }
  }
}
