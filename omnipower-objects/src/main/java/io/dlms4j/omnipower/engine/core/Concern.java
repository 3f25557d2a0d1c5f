package io.dlms4j.omnipower.engine.core;

/**
 * One of the small machines that a meter is made of. What has to survive the loss of power it keeps
 * in cells of the permanent memory, and nothing else does.
 */
public interface Concern {
  /**
   * Goes on by one second.
   *
   * @param second the second that has passed; also one without mains, in which most concerns have
   *     nothing to do
   */
  void step(Second second);

  /**
   * The clock has been set, between two seconds. What a running period does then: see the rules CLK
   * and LOG.
   *
   * @param before what it showed, in seconds of normal time
   * @param after what it shows now
   */
  default void clockChanged(long before, long after) {}

  /**
   * The meter has been without power, or without a process to run it, and is alive again. Called
   * before the first second, when the clock shows what its backup says.
   *
   * @param before what the clock showed when power went, in seconds of normal time
   * @param after what it shows now
   */
  default void restarted(long before, long after) {}

  /**
   * Tells what can be read of it and written to it.
   *
   * @param readings takes the values, by the names of the catalogue
   */
  default void describe(Readings readings) {}
}
