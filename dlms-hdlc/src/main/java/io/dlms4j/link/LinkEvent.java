package io.dlms4j.link;

/** What a link tells the layer above it. */
public sealed interface LinkEvent {
  /**
   * The connection that the event is about.
   *
   * @return its address
   */
  LinkAddress address();

  /**
   * The connection carries payloads from now on: on an HDLC link after SNRM and UA, on a wrapper
   * link at once. On a connection that is up already it says that the peer has set it up anew, and
   * ends what went on above it.
   *
   * @param address the connection
   */
  record Up(LinkAddress address) implements LinkEvent {}

  /**
   * A payload has arrived, whole, in order and once: an APDU.
   *
   * @param address the connection
   * @param payload the octets, to be kept as long as they are needed
   */
  record Received(LinkAddress address, Payload payload) implements LinkEvent {}

  /**
   * An APDU has arrived that its sender has no acknowledgement of: in an HDLC UI frame (Green Book
   * 8.4.3, UI), or as a broadcast. It may have been lost or come twice. The connection need not be
   * {@link Up} for it; on a server, a broadcast gives one such event for every logical device that
   * it is for.
   *
   * @param address who sent it to whom, the logical device in person for a broadcast
   * @param payload the octets, to be kept as long as they are needed
   */
  record ReceivedUnconfirmed(LinkAddress address, Payload payload) implements LinkEvent {}

  /**
   * The connection is gone, and so is every association on it. What was handed in and not yet
   * confirmed may or may not have arrived.
   *
   * @param address the connection
   * @param reason why
   */
  record Down(LinkAddress address, DownReason reason) implements LinkEvent {}

  /** Why a connection went down. */
  enum DownReason {
    /** We asked for it, and the peer agreed or did not answer. */
    CLOSED,
    /** The peer disconnected. */
    CLOSED_BY_PEER,
    /** The peer refused the connection. */
    REFUSED,
    /** The peer stopped answering, all retransmissions included. */
    NO_ANSWER,
    /** Nothing came within the inactivity time-out. */
    INACTIVE,
    /** The peer broke the protocol in a way that only a new connection mends. */
    PROTOCOL_ERROR,
    /** The line below is gone. */
    LINE_LOST
  }
}
