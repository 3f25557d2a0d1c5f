package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import java.time.Instant;

/**
 * Takes down what goes over one line, as {@link HexLog} and {@link PcapngWriter} do.
 *
 * <p>Called on the line's thread, which waits for it. A recorder that throws is called no more, and
 * the line goes on without it.
 */
@FunctionalInterface
public interface LineRecorder {
  /** Which way octets went. */
  enum Direction {
    /** From this end to the other. */
    SENT,
    /** From the other end to this one. */
    RECEIVED
  }

  /**
   * Takes octets down.
   *
   * @param direction which way they went
   * @param time when
   * @param octets a datagram, or any piece of a stream; valid until the call returns
   */
  void record(Direction direction, Instant time, Payload octets);
}
