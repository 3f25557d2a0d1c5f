package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The way of APDUs between the services of an association and its link. What changes APDUs on that
 * way has its place here: protection, and general block transfer of what is longer than the peer
 * takes (Green Book 9.4.6.13). An APDU of the services goes in by {@link #send} and comes out, as
 * one or as many, by {@link #pollTransmit}; an APDU of the link goes in by {@link #receive} and
 * comes out, when it is whole, by {@link #pollReceived}.
 */
interface ApduChannel {
  /** The deadline when there is nothing to wait for. */
  long NEVER = Long.MAX_VALUE;

  /** Whether an APDU may be longer than the peer takes at once. */
  boolean carriesLongApdus();

  /** Takes an APDU of the services. Only while {@link #pollTransmit} has nothing. */
  void send(Octets apdu, long now);

  /** The next APDU for the link. */
  @Nullable Octets pollTransmit(long now);

  /** Takes an APDU of the link. */
  void receive(Octets apdu, long now);

  /** The next APDU for the services. */
  @Nullable Octets pollReceived();

  /** When {@link #onDeadline} has to be called at the latest. */
  long nextDeadline();

  /** Says that time has passed. */
  void onDeadline(long now);

  /** Forgets whatever is on the way: the association is over. */
  void reset();

  /** A way on which nothing is changed. */
  static ApduChannel direct() {
    return new ApduChannel() {
      private final Deque<Octets> outgoing = new ArrayDeque<>();
      private final Deque<Octets> incoming = new ArrayDeque<>();

      @Override
      public boolean carriesLongApdus() {
        return false;
      }

      @Override
      public void send(Octets apdu, long now) {
        outgoing.add(apdu);
      }

      @Override
      public @Nullable Octets pollTransmit(long now) {
        return outgoing.poll();
      }

      @Override
      public void receive(Octets apdu, long now) {
        incoming.add(apdu);
      }

      @Override
      public @Nullable Octets pollReceived() {
        return incoming.poll();
      }

      @Override
      public long nextDeadline() {
        return NEVER;
      }

      @Override
      public void onDeadline(long now) {}

      @Override
      public void reset() {
        outgoing.clear();
        incoming.clear();
      }
    };
  }
}
