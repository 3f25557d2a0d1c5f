package io.dlms4j.omnipower.engine.core;

/** Takes events, for the logger that keeps them. */
public interface EventLog {
  /**
   * Logs an event now.
   *
   * @param logger name of its catalogue entry
   * @param values of the columns after the clock, in order
   */
  void log(String logger, long... values);
}
