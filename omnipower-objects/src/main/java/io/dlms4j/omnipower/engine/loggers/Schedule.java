package io.dlms4j.omnipower.engine.loggers;

/** When the periods of a logger end: always at full five minutes of normal time. */
interface Schedule {
  /** Whether a period ends, at full five minutes. */
  boolean endsAt(long now);

  /** Whether a period ends later than one time, and at another at the latest. */
  boolean endsWithin(long earlier, long later);
}
