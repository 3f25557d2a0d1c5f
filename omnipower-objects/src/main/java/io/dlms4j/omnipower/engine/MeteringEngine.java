package io.dlms4j.omnipower.engine;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.clock.HourCounter;
import io.dlms4j.omnipower.engine.clock.RealTimeClock;
import io.dlms4j.omnipower.engine.core.CapturePeriod;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.DataQuality;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.engine.demand.DemandMeter;
import io.dlms4j.omnipower.engine.demand.PhaseMeans;
import io.dlms4j.omnipower.engine.energy.EnergyMeter;
import io.dlms4j.omnipower.engine.loggers.EventLoggers;
import io.dlms4j.omnipower.engine.loggers.LoggerBank;
import io.dlms4j.omnipower.engine.parameters.MeterNumbers;
import io.dlms4j.omnipower.engine.parameters.Parameters;
import io.dlms4j.omnipower.engine.supply.PowerSupply;
import io.dlms4j.omnipower.engine.supply.VoltageWatch;
import io.dlms4j.omnipower.engine.tariff.TariffControl;
import io.dlms4j.omnipower.measurement.Measurement;
import io.dlms4j.omnipower.store.OctetCell;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.Objects;
import java.util.Optional;

/**
 * A meter without objects and lines, moved one second at a time. The same measurements give the
 * same state, at any speed.
 *
 * <p>Used by one thread at a time; {@link EngineBackend} is for more.
 */
public final class MeteringEngine {
  private final MeterSettings settings;
  private final PermanentMemory memory;
  private final Catalogue catalogue;
  private final RealTimeClock clock;
  private final TariffControl tariffControl;
  private final HourCounter hourCounter;
  private final LoggerBank loggers;
  private final MeterNumbers numbers;
  private final OctetCell secret;
  private final KeptLinkSettings linkSettings;
  private final Readings readings = new Readings();
  private final Second second = new Second();
  private final EnergyMeter energy;
  private final Concern[] concerns;

  /**
   * Makes an engine, which goes on where its memory says.
   *
   * @param settings how the meter was ordered
   * @param memory what it has kept
   * @param now what the time is outside the meter, in seconds of normal time: a meter whose memory
   *     is empty is set to it; any other has been without power since its last second, and its
   *     clock shows what its backup has made of that
   * @throws IllegalArgumentException if the time is before 1970 or after 2099
   */
  public MeteringEngine(MeterSettings settings, PermanentMemory memory, long now) {
    this.settings = settings;
    this.memory = memory;
    this.catalogue = Catalogue.of(settings.variant());
    if (now < 0 || now > RealTimeClock.LATEST) {
      throw new IllegalArgumentException("no meter lives " + now + " s after 1970");
    }
    this.clock = new RealTimeClock(settings, memory);
    numbers = new MeterNumbers(catalogue, memory);
    secret = memory.octets("secret");
    linkSettings = new KeptLinkSettings(memory);
    DataQuality quality = new DataQuality(memory);
    EventLoggers events = new EventLoggers(catalogue, memory, clock);
    CapturePeriod integrationPeriod =
        new CapturePeriod(memory, "integration period", settings.integrationPeriod());
    CapturePeriod analysisInterval =
        new CapturePeriod(memory, "analysis interval", settings.analysisInterval());
    tariffControl = new TariffControl(settings, memory, clock);
    energy = new EnergyMeter(settings, memory, events);
    hourCounter = new HourCounter(memory);
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
            analysisInterval,
            demand);
    // The order in which a second is processed, after the clock: whether the meter is alive, which
    // tariff holds, what is counted, what that is on average, and what is kept of all that.
    concerns =
        new Concern[] {
          new PowerSupply(),
          tariffControl,
          energy,
          hourCounter,
          demand,
          new PhaseMeans(catalogue, memory, energy, analysisInterval),
          new VoltageWatch(settings, memory, quality),
          loggers,
          numbers,
          // The last to describe itself: it takes what nobody else knows.
          new Parameters(settings, catalogue, memory)
        };
    clock.describe(readings);
    for (Concern concern : concerns) {
      concern.describe(readings);
    }
    loggers.bind(readings);
    long before = memory.beganEmpty() ? now : clock.normalTime();
    clock.start(now);
    if (memory.condition() != PermanentMemory.Condition.NEW) {
      for (Concern concern : concerns) {
        concern.restarted(before, clock.normalTime());
      }
    }
    memory.commit();
  }

  /**
   * Goes on by exactly one second: the one that begins at {@link #worldTime()}.
   *
   * @param measurement what was measured in that second
   */
  public void step(Measurement measurement) {
    Objects.requireNonNull(measurement, "measurement");
    second.begin(clock.tick(second.isSupplied()), measurement);
    for (Concern concern : concerns) {
      concern.step(second);
    }
    memory.commit();
  }

  /**
   * How the meter was ordered.
   *
   * @return the settings
   */
  public MeterSettings settings() {
    return settings;
  }

  /**
   * The objects of the meter.
   *
   * @return the catalogue of its variant
   */
  public Catalogue catalogue() {
    return catalogue;
  }

  /**
   * The clock of the meter.
   *
   * @return a live view
   */
  public MeterClock clock() {
    return clock;
  }

  /**
   * What can be read and written.
   *
   * @return a live table
   */
  Readings readings() {
    return readings;
  }

  /**
   * A logger.
   *
   * @param entry its catalogue entry
   * @return a live view, or nothing if the meter does not have it
   */
  public Optional<MeterLogger> logger(CatalogueEntry entry) {
    return loggers.logger(entry);
  }

  /**
   * How far the world around the meter has come: one second a step, whatever the clock is set to.
   * Sources of measurements are asked for this time.
   *
   * @return seconds of normal time
   */
  public long worldTime() {
    return clock.worldTime();
  }

  /**
   * Sets the clock, between two seconds. To set it to what it shows changes nothing, but says that
   * it is right.
   *
   * @param normalTime what it shows from now on, in seconds of normal time
   * @return success; other-reason for a time outside the years 2000 to 2099
   */
  public DataAccessResult setClock(long normalTime) {
    long before = clock.normalTime();
    DataAccessResult result = clock.set(normalTime);
    if (result == DataAccessResult.SUCCESS) {
      if (before != normalTime) {
        for (Concern concern : concerns) {
          concern.clockChanged(before, normalTime);
        }
      }
      memory.commit();
    }
    return result;
  }

  /**
   * Sets the voltages at the module port, which may choose the tariff. They stay as they are.
   *
   * @param port1 whether there is voltage at port 1, terminals 13 and 15
   * @param port2 whether there is voltage at port 2, terminals 33 and 15
   */
  public void setModulePort(boolean port1, boolean port2) {
    tariffControl.setModulePort(port1, port2);
    memory.commit();
  }

  /**
   * Chooses the tariff plan, as the sealable push-button does or a system from afar.
   *
   * @param number of the plan, 1..3
   * @return success; other-reason if there is no such plan
   */
  public DataAccessResult chooseTariffPlan(int number) {
    DataAccessResult result = tariffControl.choosePlan(number);
    memory.commit();
    return result;
  }

  /**
   * Switches daylight saving on or off. Only what the clock displays changes.
   *
   * @param enabled whether daylight saving is displayed in its season
   */
  public void setDaylightSavingEnabled(boolean enabled) {
    clock.setDaylightSavingEnabled(enabled);
    memory.commit();
  }

  /**
   * Resets the trip counters, which holding the left push-button does (technical description, table
   * 5).
   */
  public void resetTripCounters() {
    energy.resetTripCounters();
    memory.commit();
  }

  /**
   * Makes a debiting stop, as the sealable push-button or a pulse at the module port does.
   *
   * @return success, or why not
   */
  public DataAccessResult debitingStop() {
    DataAccessResult result = loggers.debitingStop();
    memory.commit();
    return result;
  }

  /** Deletes the load profile by hand, as it is done in production. */
  public void deleteLoadProfile() {
    loggers.deleteLoadProfile();
    memory.commit();
  }

  /**
   * Switches the load profile on or off.
   *
   * @param enabled whether it has rows
   */
  public void setLoadProfileEnabled(boolean enabled) {
    loggers.setLoadProfileEnabled(enabled);
    memory.commit();
  }

  /**
   * How long a tariff has been active while there were mains. No object tells it.
   *
   * @param tariff 1..8
   * @return seconds
   */
  public long secondsOfTariff(int tariff) {
    return hourCounter.seconds(tariff);
  }

  /** Numbers and names of the meter. */
  MeterNumbers numbers() {
    return numbers;
  }

  /**
   * The secret of the associations with low level security, if there is another one than at first.
   */
  OctetCell secret() {
    return secret;
  }

  /** What clients have set of the link. */
  KeptLinkSettings linkSettings() {
    return linkSettings;
  }

  /** Keeps what was changed between two seconds. */
  void commit() {
    memory.commit();
  }

  /** Refuses to go on after the memory has failed. */
  void requireKept() {
    memory.requireKept();
  }
}
