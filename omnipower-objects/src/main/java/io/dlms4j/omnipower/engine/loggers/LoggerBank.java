package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.CapturePeriod;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.DataQuality;
import io.dlms4j.omnipower.engine.core.DebitingStop;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.store.Cells;
import io.dlms4j.omnipower.store.PermanentMemory;
import io.dlms4j.omnipower.store.PermanentMemory.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All loggers of a meter, and its status. It is the last concern of a second, and of those that
 * describe themselves: it captures what the others have.
 *
 * <p>When several periods end at once, the load profile comes first and debiting logger 1 last,
 * since its stop resets the peaks.
 *
 * <p>Whatever the documents do not say of an outage or a clock that is set follows from one rule:
 * rows are not filled up. A period end that passes without the meter, or under a clock that jumps,
 * has no row, a debiting stop included; one that comes again under a clock that was set back has a
 * second one. Both is LoggerStatus bit 6 of the next row.
 */
public final class LoggerBank implements Concern {
  private static final String BILLING = "Billing logger";
  private static final String BILLING_2 = "Billing logger 2";
  private static final String LOAD_PROFILE = "Load Profile logger";
  private static final String ANALYSIS = "Analysis logger";
  private static final String ONLY_LAYOUT = "all";

  private static final int BILLING_ROWS = 36;
  private static final int BILLING_2_ROWS = 175;

  private static final int BILLING_PERIODS = 0;
  private static final int INTERVAL_2_ORDERED = 1;
  private static final int INTERVAL_2 = 2;
  private static final int UNSIGNED_8 = 0xFF;
  private static final int INTERVALS_2 = 3;

  /** Changes of the clock by this and more mark the periods of the loggers, in seconds. */
  private static final long CLOCK_SET = 7;

  private final MeterSettings settings;
  private final Catalogue catalogue;
  private final PermanentMemory memory;
  private final MeterClock clock;
  private final DataQuality quality;
  private final EventLoggers events;
  private final DebitingStop stop;
  private final Cells cells;
  private final LoadProfileLogger loadProfile;
  private final DataLogger billing;
  private final DataLogger billing2;

  /** In the order in which rows are captured. */
  private final List<DataLogger> dataLoggers;

  private final Map<CatalogueEntry, RingLogger> all = new LinkedHashMap<>();
  private boolean supplied = true;
  private long nextEnd = Long.MIN_VALUE;

  /**
   * Makes the loggers of a meter.
   *
   * @param settings how the meter was ordered
   * @param catalogue of the meter
   * @param memory where rows are kept
   * @param clock of the meter
   * @param quality what concerns mark in the running period
   * @param events the loggers of events
   * @param integrationPeriod of the load profile
   * @param analysisInterval of the analysis logger
   * @param stop is told of debiting stops
   */
  public LoggerBank(
      MeterSettings settings,
      Catalogue catalogue,
      PermanentMemory memory,
      MeterClock clock,
      DataQuality quality,
      EventLoggers events,
      CapturePeriod integrationPeriod,
      CapturePeriod analysisInterval,
      DebitingStop stop) {
    this.settings = settings;
    this.catalogue = catalogue;
    this.memory = memory;
    this.clock = clock;
    this.quality = quality;
    this.events = events;
    this.stop = stop;
    cells = memory.cells("billing", 3);
    if (cells.get(INTERVAL_2_ORDERED) != settings.debiting2Interval()) {
      cells.set(INTERVAL_2_ORDERED, settings.debiting2Interval());
      cells.set(INTERVAL_2, settings.debiting2Interval());
    }
    OrderedLoggers ordered = new OrderedLoggers(settings, catalogue);
    loadProfile = loadProfile(ordered, integrationPeriod);
    PeriodicLogger analysis = analysis(ordered, analysisInterval);
    billing2 =
        new DataLogger(
            debiting(
                BILLING_2,
                BILLING_2_ROWS,
                StatusWords.BILLING_2,
                new CalendarSchedule(
                    day -> OrderedLoggers.isDebiting2Day(day, cells.get(INTERVAL_2)))));
    billing =
        new DataLogger(
            debiting(
                BILLING,
                BILLING_ROWS,
                StatusWords.BILLING,
                new CalendarSchedule(ordered::isDebitingDay))) {
          @Override
          public DataAccessResult capture() {
            return debitingStop();
          }
        };
    dataLoggers = List.of(loadProfile, analysis, billing2, billing);
    all.put(catalogue.entry(LOAD_PROFILE), loadProfile);
    all.put(catalogue.entry(ANALYSIS), analysis);
    all.put(catalogue.entry(BILLING_2), billing2);
    all.put(catalogue.entry(BILLING), billing);
    events.putInto(all, catalogue);
  }

  private DataLogger.Parts parts(
      String name, RowLayout layout, int depth, String shape, int newData, Schedule schedule) {
    return new DataLogger.Parts(
        name,
        memory,
        layout,
        depth,
        settings.energyResolution() + shape,
        clock,
        events.status(),
        newData,
        schedule);
  }

  private DataLogger.Parts debiting(String name, int depth, int newData, Schedule schedule) {
    RowLayout layout = new RowLayout(catalogue.captured(catalogue.entry(name), ONLY_LAYOUT));
    return parts(name, layout, depth, "", newData, schedule);
  }

  private LoadProfileLogger loadProfile(OrderedLoggers ordered, CapturePeriod period) {
    RowLayout layout = new RowLayout(ordered.loadProfile(catalogue.entry(LOAD_PROFILE)));
    return new LoadProfileLogger(
        parts(
            LOAD_PROFILE,
            layout,
            ordered.loadProfileRows(),
            settings.differencesInLoadProfile() ? " differences" : "",
            StatusWords.LOAD_PROFILE,
            new PeriodSchedule(period)),
        period,
        ordered.loadProfilePeriods(),
        events,
        settings);
  }

  private PeriodicLogger analysis(OrderedLoggers ordered, CapturePeriod interval) {
    RowLayout layout = new RowLayout(ordered.analysis(catalogue.entry(ANALYSIS)));
    return new PeriodicLogger(
        parts(
            ANALYSIS,
            layout,
            ordered.analysisRows(layout.columns()),
            "",
            StatusWords.ANALYSIS,
            new PeriodSchedule(interval)),
        interval,
        ordered.analysisPeriods());
  }

  /**
   * A logger.
   *
   * @param entry its catalogue entry
   * @return a live view, or nothing if the meter does not have it
   */
  public Optional<MeterLogger> logger(CatalogueEntry entry) {
    return Optional.ofNullable(all.get(entry));
  }

  @Override
  public void describe(Readings readings) {
    events.status().describe(readings);
    readings.number("BillingPeriodCnt", () -> cells.get(BILLING_PERIODS));
    readings.setting(
        "Force Billing Stop",
        () -> 0,
        value -> value == 1 ? debitingStop() : DataAccessResult.OTHER_REASON);
    readings.setting("LogInterval_DebitLog2", () -> cells.get(INTERVAL_2), this::setInterval2);
  }

  /**
   * Finds what is captured, when all that can be read has been described.
   *
   * @param readings of all concerns
   */
  public void bind(Readings readings) {
    dataLoggers.forEach(each -> each.bind(readings));
    if (memory.beganEmpty() || loadProfile.isReconfigured()) {
      loadProfile.beginDifferences(readings);
    }
  }

  private DataAccessResult setInterval2(long interval) {
    if (interval >= INTERVALS_2) {
      return DataAccessResult.OTHER_REASON;
    }
    if (interval != cells.get(INTERVAL_2)) {
      cells.set(INTERVAL_2, interval);
      billing2.markStatus(DataLogger.STATUS_INTERVAL_CHANGED);
    }
    return DataAccessResult.SUCCESS;
  }

  @Override
  public void step(Second second) {
    if (second.isSupplied() != supplied) {
      supplied = second.isSupplied();
      if (supplied) {
        events.meterStatus(StatusWords.RESET);
      } else {
        markAll(DataQuality.POWER_OUTAGE);
      }
    }
    long now = second.now();
    if (now >= nextEnd) {
      nextEnd = CapturePeriod.nextFiveMinutes(now);
      if (nextEnd - now == CapturePeriod.SHORTEST) {
        periodsEnd(now);
      }
    }
  }

  private void periodsEnd(long now) {
    takeMarks();
    for (DataLogger logger : dataLoggers) {
      if (logger.endsAt(now)) {
        if (!supplied) {
          logger.missRow();
        } else if (logger == billing) {
          stop(now);
        } else {
          logger.captureRow(now);
        }
      }
    }
  }

  private void takeMarks() {
    int marks = quality.take();
    if (marks != 0) {
      markAll(marks);
    }
  }

  private void markAll(int bits) {
    for (DataLogger logger : dataLoggers) {
      logger.markQuality(bits);
    }
  }

  private void stop(long now) {
    billing.captureRow(now);
    stop.periodClosed();
    cells.set(BILLING_PERIODS, (cells.get(BILLING_PERIODS) + 1) & UNSIGNED_8);
  }

  /**
   * Makes a debiting stop now: by a command, by the sealable push-button, or by a pulse at the
   * module port.
   *
   * @return success, or why not: a meter without mains does nothing
   */
  public DataAccessResult debitingStop() {
    if (!supplied) {
      return DataAccessResult.TEMPORARY_FAILURE;
    }
    takeMarks();
    stop(clock.normalTime());
    return DataAccessResult.SUCCESS;
  }

  /** Deletes the load profile by hand, as it is done in production. */
  public void deleteLoadProfile() {
    loadProfile.delete();
  }

  /**
   * Switches the load profile on or off.
   *
   * @param enabled whether it has rows
   */
  public void setLoadProfileEnabled(boolean enabled) {
    loadProfile.setEnabled(enabled);
  }

  @Override
  public void clockChanged(long before, long after) {
    nextEnd = Long.MIN_VALUE;
    long by = Math.abs(after - before);
    if (by == 0) {
      return;
    }
    for (DataLogger logger : dataLoggers) {
      logger.jumped(before, after);
    }
    if (by >= CLOCK_SET) {
      markAll(size(by) | (after > before ? DataQuality.CLOCK_FORWARD : DataQuality.CLOCK_BACKWARD));
    }
    if (by >= settings.clockLogFilter()) {
      events.log(EventLoggers.CLOCK, before, 1);
    }
  }

  private static int size(long by) {
    if (by < 15) {
      return DataQuality.CLOCK_SET_7;
    }
    if (by < 30) {
      return DataQuality.CLOCK_SET_15;
    }
    return by <= 60 ? DataQuality.CLOCK_SET_30 : DataQuality.CLOCK_SET_60;
  }

  @Override
  public void restarted(long before, long after) {
    nextEnd = Long.MIN_VALUE;
    supplied = true;
    markAll(DataQuality.POWER_OUTAGE);
    for (DataLogger logger : dataLoggers) {
      logger.jumped(before, after);
    }
    events.status().clear(StatusWords.MEMORY_ERROR);
    events.meterStatus(
        memory.condition() == Condition.DAMAGED
            ? StatusWords.RESET | StatusWords.MEMORY_ERROR
            : StatusWords.RESET);
    if (loadProfile.isReconfigured()) {
      loadProfile.reconfigured();
    }
  }
}
