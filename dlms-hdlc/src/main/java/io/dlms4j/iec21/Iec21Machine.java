package io.dlms4j.iec21;

import io.dlms4j.link.Link;
import io.dlms4j.link.Payload;
import org.jspecify.annotations.Nullable;

/**
 * One side of IEC 62056-21 as a pure state machine, in the manner of {@link Link}.
 *
 * <p>After any call, its driver takes events and then octets until there are none, and sleeps until
 * {@link #nextDeadline()} or the next octets. No octets on the line make any of these methods
 * throw. A machine is used by one thread at a time.
 */
public sealed interface Iec21Machine permits Station {
  /** The value of {@link #nextDeadline()} when there is nothing to wait for. */
  long NEVER = Link.NEVER;

  /**
   * Begins: a client signs on, or waits for what a device of mode D sends; a server waits to be
   * asked. The first event is a {@link Iec21Event.SetLine}. Called again, it begins anew.
   *
   * @param now time, in nanoseconds
   */
  void open(long now);

  /**
   * Takes octets from the line, in any pieces. The array is the caller's again on return.
   *
   * @param octets holds the octets
   * @param offset where they begin
   * @param length how many there are
   * @param now time, in nanoseconds
   */
  void receive(byte[] octets, int offset, int length, long now);

  /**
   * The next thing that the driver or the layer above must know.
   *
   * @return an event, or null if there is none at present
   */
  @Nullable Iec21Event pollEvent();

  /**
   * The next octets for the line.
   *
   * @param now time, in nanoseconds
   * @return octets to be sent now, or null if there are none
   */
  @Nullable Payload pollTransmit(long now);

  /**
   * When {@link #onDeadline} has to be called at the latest.
   *
   * @return a time in nanoseconds, or {@link #NEVER}
   */
  long nextDeadline();

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   */
  void onDeadline(long now);

  /**
   * Ends: a client in programming mode signs off with B0, anything else is cut. Ends in {@link
   * Iec21Event.Ended}, unless there is nothing to end.
   *
   * @param now time, in nanoseconds
   */
  void close(long now);

  /** Says that the line below is gone. Ends in {@link Iec21Event.Ended}. */
  void lineLost();
}
