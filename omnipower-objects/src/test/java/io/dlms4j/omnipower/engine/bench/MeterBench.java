package io.dlms4j.omnipower.engine.bench;

import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.CapturePeriod;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.DataQuality;
import io.dlms4j.omnipower.engine.core.EnergyKind;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.engine.demand.DemandMeter;
import io.dlms4j.omnipower.engine.demand.PhaseMeans;
import io.dlms4j.omnipower.engine.loggers.EventLoggers;
import io.dlms4j.omnipower.engine.loggers.LoggerBank;
import io.dlms4j.omnipower.engine.supply.PowerSupply;
import io.dlms4j.omnipower.engine.supply.VoltageWatch;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.Measurement.Phase;
import io.dlms4j.omnipower.store.MemoryAfterPowerLoss;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Supply, demand and loggers put together as a meter has them, over energies that a test can work
 * out in its head: U times I, and nothing else.
 */
public final class MeterBench {
  public static final int HOUR = 3_600;
  public static final int DAY = 24 * HOUR;

  /** A meter as it is sold most. */
  public static final MeterSettings THREE_PHASE =
      MeterSettings.of(MeterVariant.THREE_PHASE).build();

  /** 230 V and no current. */
  public static final Measurement IDLE = load(0);

  /** No voltage. */
  public static final Measurement DARK = Measurement.balanced(Phase.NONE, 0);

  public final MeterSettings settings;
  public final PermanentMemory memory;
  public final PlainClock clock;
  public final Readings readings = new Readings();
  public final LoggerBank loggers;
  public final EventLoggers events;
  public final PlainEnergy energy;
  public final CapturePeriod integrationPeriod;
  public int tariff = 1;

  /** Whether the clock stands still without mains, for want of a backup. */
  public boolean clockStandsWithoutMains;

  private final Catalogue catalogue;
  private final Second second = new Second();
  private final List<Concern> concerns;

  private MeterBench(MeterSettings settings, PermanentMemory memory, long now) {
    this.settings = settings;
    this.memory = memory;
    catalogue = Catalogue.of(settings.variant());
    clock = new PlainClock(memory);
    DataQuality quality = new DataQuality(memory);
    integrationPeriod =
        new CapturePeriod(memory, "integration period", settings.integrationPeriod());
    CapturePeriod interval =
        new CapturePeriod(memory, "analysis interval", settings.analysisInterval());
    events = new EventLoggers(catalogue, memory, clock);
    energy = new PlainEnergy(memory, settings);
    DemandMeter demand = new DemandMeter(catalogue, memory, energy, integrationPeriod);
    loggers =
        new LoggerBank(
            settings,
            catalogue,
            memory,
            clock,
            quality,
            events,
            integrationPeriod,
            interval,
            demand);
    concerns =
        List.of(
            new PowerSupply(),
            energy,
            new VoltageWatch(settings, memory, quality),
            demand,
            new PhaseMeans(catalogue, memory, energy, interval),
            loggers);
    concerns.forEach(each -> each.describe(readings));
    loggers.bind(readings);
    if (memory.condition() == PermanentMemory.Condition.NEW) {
      clock.set(now);
    } else {
      long before = clock.normalTime();
      clock.set(now);
      concerns.forEach(each -> each.restarted(before, now));
    }
  }

  /** A new meter, in the middle of winter unless said otherwise. */
  public static MeterBench of(MeterSettings settings, long now) {
    return new MeterBench(settings, new PermanentMemory(), now);
  }

  public static MeterBench midwinter() {
    return of(THREE_PHASE, at(2025, 1, 15, 0, 0, 0));
  }

  public static long at(int year, int month, int day, int hour, int minute, int second) {
    return LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
  }

  /** An active load at 230 V in L1 of so many whole watts, a multiple of 23. */
  public static Measurement load(int watts) {
    return new Measurement(
        new Phase(230_000, watts * 100 / 23, 0),
        new Phase(230_000, 0, 0),
        new Phase(230_000, 0, 0),
        50_000);
  }

  public static Measurement volts(double l1, double l2, double l3) {
    return new Measurement(
        new Phase((int) (l1 * 1_000), 0, 0),
        new Phase((int) (l2 * 1_000), 0, 0),
        new Phase((int) (l3 * 1_000), 0, 0),
        50_000);
  }

  /** The same meter, when power is back. */
  public MeterBench afterPowerLoss(long now) {
    return afterPowerLoss(settings, now, PermanentMemory.Condition.SOUND);
  }

  public MeterBench afterPowerLoss(
      MeterSettings changed, long now, PermanentMemory.Condition condition) {
    return new MeterBench(changed, new MemoryAfterPowerLoss(memory, condition), now);
  }

  public void step(Measurement measurement) {
    boolean stands = clockStandsWithoutMains && !second.isSupplied();
    second.begin(stands ? now() : clock.tick(), measurement);
    second.setTariff(tariff);
    for (Concern concern : concerns) {
      concern.step(second);
    }
  }

  public void run(Measurement measurement, long seconds) {
    for (long i = 0; i < seconds; i++) {
      step(measurement);
    }
  }

  /** Goes on until the clock shows a time. */
  public void runUntil(Measurement measurement, long time) {
    run(measurement, time - clock.normalTime());
  }

  public void setClock(long time) {
    long before = clock.normalTime();
    clock.set(time);
    concerns.forEach(each -> each.clockChanged(before, time));
  }

  public long now() {
    return clock.normalTime();
  }

  public long read(String name) {
    return readings.number(name).orElseThrow().getAsLong();
  }

  public long timeOf(String name) {
    return readings.time(name).orElseThrow().getAsLong();
  }

  public long total(EnergyKind kind) {
    return energy.total(kind);
  }

  public MeterLogger logger(String name) {
    return loggers.logger(catalogue.entry(name)).orElseThrow();
  }

  public boolean hasLogger(String name) {
    return catalogue.find(name).flatMap(loggers::logger).isPresent();
  }

  public List<LoggerRow> rows(String logger) {
    List<LoggerRow> rows = new ArrayList<>();
    var chosen = logger(logger).rows();
    for (int i = 0; i < chosen.size(); i++) {
      rows.add(chosen.row(i));
    }
    return rows;
  }

  public int rowCount(String logger) {
    return logger(logger).rows().size();
  }

  public LoggerRow last(String logger) {
    List<LoggerRow> rows = rows(logger);
    return rows.get(rows.size() - 1);
  }

  /** A column of all rows, {@code A14:2} for instance. */
  public List<Long> column(String logger, String column) {
    int index = columns(logger).indexOf(column);
    return rows(logger).stream().map(row -> row.value(index).integralValue()).toList();
  }

  public List<String> columns(String logger) {
    return logger(logger).columns().stream().map(CapturedAttribute::toString).toList();
  }

  public List<Long> statuses(String logger) {
    return column(logger, logger + ":-1");
  }

  public List<Long> qualities(String logger) {
    return column(logger, logger + ":-2");
  }

  public List<Long> times(String logger) {
    return rows(logger).stream().map(LoggerRow::time).toList();
  }
}
