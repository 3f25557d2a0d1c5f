package io.dlms4j.omnipower.engine;

/** One of the small machines that a meter is made of. */
interface Concern {
  /**
   * Goes on by one second.
   *
   * @param now the end of that second, in seconds of normal time
   * @param measurement what was measured in it
   */
  void step(long now, Measurement measurement);
}
