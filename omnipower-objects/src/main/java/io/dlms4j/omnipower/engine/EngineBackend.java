package io.dlms4j.omnipower.engine;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.LinkSettings;
import io.dlms4j.omnipower.backend.LoggerRow;
import io.dlms4j.omnipower.backend.MeterBackend;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterIdentity;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.backend.MeterTime;
import io.dlms4j.omnipower.catalogue.CapturedAttribute;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.catalogue.EnergyResolution;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.measurement.MeasurementSource;
import io.dlms4j.omnipower.store.OctetCell;
import io.dlms4j.server.profile.Rows;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A metering engine as the backend of a meter's objects.
 *
 * <p>Every method may be called on any thread: one fair lock keeps a thread that steps and threads
 * that read apart. What is read together with a row is the row. If the permanent memory fails, all
 * of them throw its {@link io.dlms4j.omnipower.store.MemoryFailureException} from then on: nothing
 * is answered that is not kept.
 */
public final class EngineBackend implements MeterBackend {
  /** How many seconds are stepped at most before a waiting reader gets its turn. */
  private static final int SECONDS_PER_TURN = 900;

  private final MeteringEngine engine;
  private final Lock lock = new ReentrantLock(true);
  private final MeterClock clock = new LockedClock();

  /**
   * Makes a backend of an engine.
   *
   * @param engine the engine, given away: nobody else steps it from now on
   * @param identity numbers and names of the meter, those that have not been written since
   */
  public EngineBackend(MeteringEngine engine, MeterIdentity identity) {
    this.engine = engine;
    engine.numbers().identify(identity);
  }

  /**
   * Goes on by one second ({@link MeteringEngine#step}).
   *
   * @param measurement what was measured in it
   */
  public void step(Measurement measurement) {
    lock.lock();
    try {
      engine.step(measurement);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Goes on by many seconds, as fast as it can. Readers get their turn in between. What the source
   * throws ends it, with the seconds before that done.
   *
   * @param source asked for every second, in order, while the lock is held
   * @param seconds how many, 0 or more
   */
  public void run(MeasurementSource source, long seconds) {
    long left = seconds;
    while (left > 0) {
      long turn = Math.min(left, SECONDS_PER_TURN);
      lock.lock();
      try {
        for (long i = 0; i < turn; i++) {
          engine.step(source.at(engine.worldTime()));
        }
      } finally {
        lock.unlock();
      }
      left -= turn;
    }
  }

  /** Resets the trip counters ({@link MeteringEngine#resetTripCounters}). */
  public void resetTripCounters() {
    lock.lock();
    try {
      engine.resetTripCounters();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How far the world around the meter has come ({@link MeteringEngine#worldTime}).
   *
   * @return seconds of normal time
   */
  public long worldTime() {
    return locked(engine::worldTime);
  }

  /**
   * Sets the voltages at the module port ({@link MeteringEngine#setModulePort}).
   *
   * @param port1 whether there is voltage at port 1
   * @param port2 whether there is voltage at port 2
   */
  public void setModulePort(boolean port1, boolean port2) {
    locked(
        () -> {
          engine.setModulePort(port1, port2);
          return true;
        });
  }

  /**
   * Chooses the tariff plan ({@link MeteringEngine#chooseTariffPlan}).
   *
   * @param number of the plan, 1..3
   * @return success, or why not
   */
  public DataAccessResult chooseTariffPlan(int number) {
    return locked(() -> engine.chooseTariffPlan(number));
  }

  /**
   * Makes a debiting stop ({@link MeteringEngine#debitingStop}).
   *
   * @return success, or why not
   */
  public DataAccessResult debitingStop() {
    return locked(engine::debitingStop);
  }

  /** Deletes the load profile ({@link MeteringEngine#deleteLoadProfile}). */
  public void deleteLoadProfile() {
    locked(
        () -> {
          engine.deleteLoadProfile();
          return true;
        });
  }

  /**
   * Switches the load profile on or off ({@link MeteringEngine#setLoadProfileEnabled}).
   *
   * @param enabled whether it has rows
   */
  public void setLoadProfileEnabled(boolean enabled) {
    locked(
        () -> {
          engine.setLoadProfileEnabled(enabled);
          return true;
        });
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      engine.requireKept();
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public MeterIdentity identity() {
    return locked(() -> engine.numbers().identity());
  }

  @Override
  public MeterClock clock() {
    return clock;
  }

  @Override
  public EnergyResolution energyResolution() {
    return engine.settings().energyResolution();
  }

  @Override
  public Optional<CosemData> read(CatalogueEntry entry) {
    return locked(
        () -> {
          Readings readings = engine.readings();
          return entry.holdsNumber()
              ? readings.number(entry.name()).map(each -> entry.number(each.getAsLong()))
              : readings.octets(entry.name()).map(each -> string(entry, each));
        });
  }

  private static CosemData string(CatalogueEntry entry, Octets octets) {
    return entry.type() == DataTag.VISIBLE_STRING
        ? CosemData.visibleString(new String(octets.toByteArray(), StandardCharsets.US_ASCII))
        : CosemData.octetString(octets);
  }

  @Override
  public Optional<Long> captureTime(CatalogueEntry entry) {
    return locked(
        () ->
            engine
                .readings()
                .time(entry.name())
                .map(each -> each.getAsLong())
                .filter(time -> time != Readings.NEVER));
  }

  @Override
  public DataAccessResult write(CatalogueEntry entry, CosemData value) {
    return locked(
        () -> {
          OptionalLong number = entry.number(value);
          DataAccessResult result;
          if (number.isPresent()) {
            result = engine.readings().write(entry.name(), number.getAsLong());
          } else if (value.tag() == DataTag.OCTET_STRING && entry.type() == value.tag()) {
            result = engine.readings().write(entry.name(), value.octetStringValue());
          } else {
            result = DataAccessResult.TYPE_UNMATCHED;
          }
          engine.commit();
          return result;
        });
  }

  @Override
  public Optional<MeterLogger> logger(CatalogueEntry entry) {
    return locked(() -> engine.logger(entry).map(LockedLogger::new));
  }

  @Override
  public DataAccessResult setClock(long normalTime) {
    return locked(() -> engine.setClock(normalTime));
  }

  @Override
  public DataAccessResult setDaylightSavingEnabled(boolean enabled) {
    return locked(
        () -> {
          engine.setDaylightSavingEnabled(enabled);
          return DataAccessResult.SUCCESS;
        });
  }

  @Override
  public DataAccessResult keepSecret(Octets newSecret) {
    if (newSecret.length() > OctetCell.MOST_OCTETS) {
      return DataAccessResult.OTHER_REASON;
    }
    return locked(
        () -> {
          engine.secret().set(newSecret);
          engine.commit();
          return DataAccessResult.SUCCESS;
        });
  }

  @Override
  public Optional<Octets> secret() {
    return locked(() -> Optional.ofNullable(engine.secret().get()));
  }

  @Override
  public DataAccessResult keepLinkSettings(LinkSettings settings) {
    return locked(
        () -> {
          engine.linkSettings().set(settings);
          engine.commit();
          return DataAccessResult.SUCCESS;
        });
  }

  @Override
  public Optional<LinkSettings> linkSettings() {
    return locked(() -> engine.linkSettings().get());
  }

  private final class LockedClock implements MeterClock {
    private <T> T ask(Function<MeterClock, T> question) {
      return locked(() -> question.apply(engine.clock()));
    }

    @Override
    public long normalTime() {
      return ask(MeterClock::normalTime);
    }

    @Override
    public boolean daylightSavingEnabled() {
      return ask(MeterClock::daylightSavingEnabled);
    }

    @Override
    public int daylightSavingDeviation() {
      return ask(MeterClock::daylightSavingDeviation);
    }

    @Override
    public MeterTime daylightSavingBegin() {
      return ask(MeterClock::daylightSavingBegin);
    }

    @Override
    public MeterTime daylightSavingEnd() {
      return ask(MeterClock::daylightSavingEnd);
    }

    @Override
    public MeterTime display(long normalTime) {
      return ask(each -> each.display(normalTime));
    }

    @Override
    public boolean isValid() {
      return ask(MeterClock::isValid);
    }
  }

  private final class LockedLogger implements MeterLogger {
    private final MeterLogger logger;

    LockedLogger(MeterLogger logger) {
      this.logger = logger;
    }

    @Override
    public List<CapturedAttribute> columns() {
      return locked(logger::columns);
    }

    @Override
    public int capturePeriod() {
      return locked(logger::capturePeriod);
    }

    @Override
    public DataAccessResult setCapturePeriod(long seconds) {
      return locked(
          () -> {
            DataAccessResult result = logger.setCapturePeriod(seconds);
            engine.commit();
            return result;
          });
    }

    @Override
    public int profileEntries() {
      return locked(logger::profileEntries);
    }

    @Override
    public Rows<LoggerRow> rows() {
      Rows<LoggerRow> rows = locked(logger::rows);
      return new Rows<>() {
        @Override
        public int size() {
          return rows.size();
        }

        @Override
        public LoggerRow row(int position) {
          return locked(() -> rows.row(position));
        }
      };
    }

    @Override
    public DataAccessResult capture() {
      return locked(
          () -> {
            DataAccessResult result = logger.capture();
            engine.commit();
            return result;
          });
    }
  }
}
