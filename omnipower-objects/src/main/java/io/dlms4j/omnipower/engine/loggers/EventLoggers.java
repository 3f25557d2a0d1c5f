package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.omnipower.backend.MeterClock;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.CatalogueEntry;
import io.dlms4j.omnipower.engine.core.EventLog;
import io.dlms4j.omnipower.store.PermanentMemory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loggers of events (DLMS description 3.4.4 to 3.4.6, technical description 4.2.4 and 4.3.5):
 * status, clock, transformer ratio, and events of the load profile.
 *
 * <p>The documents give a depth to the status logger only, of 200 rows; the others have the same
 * here. The oldest row is overwritten in all of them.
 */
public final class EventLoggers implements EventLog {
  /** The status logger. */
  public static final String STATUS = "Status logger";

  /** The logger of changes of the clock. */
  public static final String CLOCK = "RTC logger";

  /** The logger of changes of the transformer ratio. */
  public static final String TRANSFORMER_RATIO = "Trafo ratio logger";

  /** The logger of what happens to the load profile. */
  public static final String LOAD_PROFILE = "Load Profile event logger";

  private static final int DEPTH = 200;
  private static final String ONLY_LAYOUT = "all";

  private final MeterClock clock;
  private final StatusWords status;
  private final Map<String, RingLogger> loggers = new LinkedHashMap<>();

  /**
   * Makes the loggers that a meter has.
   *
   * @param catalogue of the meter
   * @param memory where rows are kept
   * @param clock gives the time of an event
   */
  public EventLoggers(Catalogue catalogue, PermanentMemory memory, MeterClock clock) {
    this.clock = clock;
    this.status = new StatusWords(memory);
    add(catalogue, memory, STATUS, StatusWords.STATUS);
    add(catalogue, memory, CLOCK, StatusWords.RTC | StatusWords.CLOCK_ADJUSTED);
    add(catalogue, memory, TRANSFORMER_RATIO, StatusWords.TRANSFORMER_RATIO);
    add(catalogue, memory, LOAD_PROFILE, StatusWords.LOAD_PROFILE_EVENT);
  }

  private void add(Catalogue catalogue, PermanentMemory memory, String name, int newData) {
    catalogue
        .find(name)
        .ifPresent(
            entry -> {
              RowLayout layout = new RowLayout(catalogue.captured(entry, ONLY_LAYOUT));
              loggers.put(
                  name,
                  new RingLogger(
                      layout, memory.ring(name, layout.width(), DEPTH), clock, status, newData));
            });
  }

  /**
   * Logs an event now.
   *
   * @param logger name of its catalogue entry
   * @param values of the columns after the clock, in order
   * @throws IllegalArgumentException if the meter does not have the logger
   */
  @Override
  public void log(String logger, long... values) {
    RingLogger found = loggers.get(logger);
    if (found == null) {
      throw new IllegalArgumentException("there is no logger " + logger);
    }
    found.append(clock.normalTime(), 0, 0, values);
  }

  /** Logs MeterStatus with more bits set, even if they were set before: it happened again. */
  void meterStatus(int bits) {
    status.set(bits);
    log(STATUS, status.meterStatus());
  }

  StatusWords status() {
    return status;
  }

  void putInto(Map<CatalogueEntry, RingLogger> all, Catalogue catalogue) {
    loggers.forEach((name, logger) -> all.put(catalogue.entry(name), logger));
  }
}
