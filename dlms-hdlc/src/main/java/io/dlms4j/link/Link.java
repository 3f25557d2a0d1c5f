package io.dlms4j.link;

import org.jspecify.annotations.Nullable;

/**
 * A link as a pure state machine: HDLC or the COSEM wrapper, client or server side.
 *
 * <p>It is driven by five verbs: {@link #receive}, {@link #pollEvent}, {@link #pollTransmit},
 * {@link #nextDeadline} and {@link #onDeadline}. After any call, its driver takes events and then
 * octets until there are none, and sleeps until {@link #nextDeadline()} or the next octets. Time is
 * a number of nanoseconds on any scale that never runs backwards; the same calls with the same
 * times give the same answers.
 *
 * <p>No octets on the line make any of these methods throw. A link is used by one thread at a time.
 */
public interface Link {
  /** The value of {@link #nextDeadline()} when there is nothing to wait for. */
  long NEVER = Long.MAX_VALUE;

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
   * The next thing that the layer above must know.
   *
   * @return an event, or null if there is none at present
   */
  @Nullable LinkEvent pollEvent();

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
   * Hands in a payload for the peer. It arrives whole, once and in order, or the connection goes
   * {@link LinkEvent.Down}.
   *
   * @param address the connection, which must be up
   * @param payload an APDU; the link keeps the view until it has been delivered
   * @param now time, in nanoseconds
   * @return whether the link took it: false when the connection is not up, the payload is longer
   *     than the link carries, or too many wait before it
   */
  boolean send(LinkAddress address, Payload payload, long now);

  /**
   * Hands in a payload that goes once and is not acknowledged: it may be lost, and nobody is told.
   * It arrives as {@link LinkEvent.ReceivedUnconfirmed}. The connection need not be up. A server's
   * payload waits until its client gives it the right to send.
   *
   * <p>An HDLC client may name all stations (Green Book 8.4.2.3: 127 where an address has one or
   * two octets, 16383 in four) as logical device, physical device or both. An empty payload from an
   * HDLC client goes as an empty UI frame that gives the server the right to send what waits there
   * (Green Book, Trigger_EventNotification_Sending).
   *
   * @param address the connection
   * @param payload an APDU that fits one frame
   * @param now time, in nanoseconds
   * @return whether the link took it: false where the link knows no such service, which is so
   *     unless overridden, the address is not one of its own, the payload is longer than a frame
   *     carries, or too many wait before it
   */
  default boolean sendUnconfirmed(LinkAddress address, Payload payload, long now) {
    return false;
  }

  /**
   * Says whether the layer above takes payloads on a connection, as it does at first: if not, the
   * peer is held up (HDLC: RNR). What has been acknowledged is still delivered. Without effect
   * unless overridden, and on a connection that is not up.
   *
   * @param address the connection
   * @param ready whether payloads are taken
   * @param now time, in nanoseconds
   */
  default void setReady(LinkAddress address, boolean ready, long now) {}

  /**
   * Says how many answers have yet to come on a connection, in place of what the link has counted:
   * one for each payload. A client's link asks the peer for them; a server's, whose user is to give
   * them, lets the client wait for as long as there are any. Without effect unless overridden, and
   * on a connection that is not up.
   *
   * @param address the connection
   * @param payloads how many, 0 or more
   * @param now time, in nanoseconds
   */
  default void setAwaited(LinkAddress address, int payloads, long now) {}

  /**
   * Sets the connection up, where this side begins: a client sends SNRM. Ends in {@link
   * LinkEvent.Up} or {@link LinkEvent.Down}. Without effect on a link whose peer begins.
   *
   * @param now time, in nanoseconds
   */
  void open(long now);

  /**
   * Takes the connections down in an orderly way: a client sends DISC. Ends in {@link
   * LinkEvent.Down}.
   *
   * @param now time, in nanoseconds
   */
  void close(long now);

  /**
   * Takes one connection down without the others, where this side ends it: its device has been
   * taken away. Ends in {@link LinkEvent.Down}. Without effect unless overridden, and on a
   * connection that is not up.
   *
   * @param address the connection
   * @param now time, in nanoseconds
   */
  default void disconnect(LinkAddress address, long now) {}

  /**
   * Whether the link holds payloads back that it has not sent for the first time: until its peer
   * polls, or acknowledges what went before. False unless overridden.
   *
   * @return whether closing the link now would lose something
   */
  default boolean hasUnsent() {
    return false;
  }

  /**
   * Says that the line below is gone: every connection goes {@link LinkEvent.Down}.
   *
   * @param now time, in nanoseconds
   */
  void lineLost(long now);

  /**
   * Says that all that {@link #pollTransmit} has given is on its way to the peer. Told by drivers
   * of lines slow enough for it to matter: time-outs for answers count from here then, and not from
   * when the octets were handed over. Does nothing unless overridden.
   *
   * @param now time, in nanoseconds
   */
  default void transmitted(long now) {}

  /**
   * Whether the link has no more use for its line, which is to be closed as soon as what it wants
   * sent is on the way: on a stream that has lost its place, for instance. Such a link does nothing
   * until it is opened again. False unless overridden.
   *
   * @return whether nothing more will come of this line
   */
  default boolean isFinished() {
    return false;
  }
}
