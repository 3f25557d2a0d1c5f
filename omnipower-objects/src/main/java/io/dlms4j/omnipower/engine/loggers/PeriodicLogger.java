package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.omnipower.engine.core.CapturePeriod;
import java.util.Set;

/** A logger of data with a period that may be changed (attribute 4, capture_period). */
class PeriodicLogger extends DataLogger {
  private final CapturePeriod period;
  private final Set<Long> periods;

  /**
   * Makes a logger.
   *
   * @param parts what it is made of
   * @param period what ends its periods
   * @param periods what the period may be changed to; none if it is fixed
   */
  PeriodicLogger(Parts parts, CapturePeriod period, Set<Long> periods) {
    super(parts);
    this.period = period;
    this.periods = periods;
  }

  @Override
  public int capturePeriod() {
    return period.seconds();
  }

  /** The rows stay; the next one says that the period has changed. */
  @Override
  public DataAccessResult setCapturePeriod(long seconds) {
    if (periods.isEmpty()) {
      return DataAccessResult.READ_WRITE_DENIED;
    }
    if (!periods.contains(seconds)) {
      return DataAccessResult.OTHER_REASON;
    }
    if (seconds != period.seconds()) {
      period.change((int) seconds);
      markStatus(STATUS_INTERVAL_CHANGED);
      periodChanged();
    }
    return DataAccessResult.SUCCESS;
  }

  /** The period is another one now. */
  void periodChanged() {}
}
