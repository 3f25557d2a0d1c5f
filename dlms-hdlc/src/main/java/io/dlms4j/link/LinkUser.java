package io.dlms4j.link;

import org.jspecify.annotations.Nullable;

/**
 * The layer above a link, run in the same turn and by the same thread as the link: the associations
 * of a client or of a server.
 */
public interface LinkUser {
  /**
   * Takes an event of the link.
   *
   * @param event what happened
   * @param now time, in nanoseconds
   */
  void onLinkEvent(LinkEvent event, long now);

  /**
   * The next payload for the link.
   *
   * @param now time, in nanoseconds
   * @return a payload and its connection, or null if there is none at present
   */
  @Nullable Outgoing pollOutgoing(long now);

  /**
   * Takes back a payload that the link did not take: its connection is not up, which a {@link
   * LinkEvent.Down} has told or is about to tell, or it is longer than the link carries, or too
   * many wait before it, which nothing else tells. Does nothing unless overridden.
   *
   * @param refused what {@link #pollOutgoing} gave
   * @param now time, in nanoseconds
   */
  default void onRefused(Outgoing refused, long now) {}

  /**
   * Which answers have yet to come: from the peer at a client, from this user at a server. Unless
   * overridden the link counts for itself: one answer for each payload. A user that is told what it
   * has not asked for, or that knows what is not answered, knows better.
   *
   * @return how many answers are awaited on which connection; null to let the link count
   */
  default @Nullable Awaited awaited() {
    return null;
  }

  /**
   * When {@link #onDeadline} has to be called at the latest.
   *
   * @return a time in nanoseconds, or {@link Link#NEVER}
   */
  long nextDeadline();

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   */
  void onDeadline(long now);

  /**
   * Says that the calling thread runs the line until {@link #leave}. Told by drivers of lines that
   * have no thread of their own, and by no others; does nothing unless overridden.
   */
  default void enter() {}

  /** Says that the calling thread runs the line no more. Does nothing unless overridden. */
  default void leave() {}

  /**
   * A payload on its way down.
   *
   * @param address the connection
   * @param payload the octets
   */
  record Outgoing(LinkAddress address, Payload payload) {}

  /**
   * What is awaited on a connection.
   *
   * @param address the connection
   * @param payloads how many payloads, 0 or more
   */
  record Awaited(LinkAddress address, int payloads) {}
}
