package io.dlms4j.omnipower.engine.loggers;

import io.dlms4j.omnipower.engine.core.CapturePeriod;

/** Ends where normal time is a multiple of a period. */
record PeriodSchedule(CapturePeriod period) implements Schedule {
  @Override
  public boolean endsAt(long now) {
    return period.endsAt(now);
  }

  @Override
  public boolean endsWithin(long earlier, long later) {
    return Math.floorDiv(earlier, period.seconds()) != Math.floorDiv(later, period.seconds());
  }
}
