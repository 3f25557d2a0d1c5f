package io.dlms4j.omnipower.engine;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.backend.MeterLogger;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.configuration.MeterSettings;
import io.dlms4j.omnipower.engine.core.Concern;
import io.dlms4j.omnipower.engine.core.Readings;
import io.dlms4j.omnipower.engine.core.RealTimeClock;
import io.dlms4j.omnipower.engine.core.Second;
import io.dlms4j.omnipower.engine.energy.EnergyMeter;
import io.dlms4j.omnipower.measurement.Measurement;
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
  private final Readings readings = new Readings();
  private final Second second = new Second();
  private final EnergyMeter energy;
  private final Concern[] concerns;

  /**
   * Makes an engine, which goes on where its memory says.
   *
   * @param settings how the meter was ordered
   * @param memory what it has kept
   * @param now what the time is, in seconds of normal time: a meter whose memory is empty is set to
   *     it; any other has been without power since its last second
   */
  public MeteringEngine(MeterSettings settings, PermanentMemory memory, long now) {
    this.settings = settings;
    this.memory = memory;
    this.catalogue = Catalogue.of(settings.variant());
    this.clock = new RealTimeClock(memory);
    // The order in which a second is processed, after the clock: whether the meter is alive, which
    // tariff holds, what is counted, and what is kept of all that.
    // Changes of the transformer ratio go to their logger.
    energy = new EnergyMeter(settings, memory, (logger, values) -> {});
    concerns = new Concern[] {energy};
    for (Concern concern : concerns) {
      concern.describe(readings);
    }
    long before = memory.beganEmpty() ? now : clock.normalTime();
    clock.set(now);
    if (memory.condition() != PermanentMemory.Condition.NEW) {
      for (Concern concern : concerns) {
        concern.restarted(before, now);
      }
    }
    memory.commit();
  }

  /**
   * Goes on by exactly one second: the one that begins at {@link MeterClock#normalTime()}.
   *
   * @param measurement what was measured in that second
   */
  public void step(Measurement measurement) {
    Objects.requireNonNull(measurement, "measurement");
    second.begin(clock.tick(), measurement);
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
    return Optional.empty();
  }

  /**
   * Sets the clock, between two seconds.
   *
   * @param normalTime what it shows from now on, in seconds of normal time
   * @return success, or why not
   */
  public DataAccessResult setClock(long normalTime) {
    long before = clock.normalTime();
    clock.set(normalTime);
    for (Concern concern : concerns) {
      concern.clockChanged(before, normalTime);
    }
    memory.commit();
    return DataAccessResult.SUCCESS;
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

  /** Keeps what was changed between two seconds. */
  void commit() {
    memory.commit();
  }

  /** Refuses to go on after the memory has failed. */
  void requireKept() {
    memory.requireKept();
  }
}
