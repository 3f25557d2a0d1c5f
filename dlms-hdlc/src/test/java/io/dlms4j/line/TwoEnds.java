package io.dlms4j.line;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkDriver;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Two links with their users at the two ends of a line, run on a virtual clock. All that happens
 * goes into one number, so that two runs can be compared.
 */
public final class TwoEnds {
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final FaultLine line;
  private final LinkDriver first;
  private final LinkDriver second;
  private long now = 1_000_000_000L;
  private long steps;
  private long trace = FNV_OFFSET;

  /**
   * Joins the ends; nothing happens before a call of {@link #first()} or {@link #second()}.
   *
   * @param first the link at the first end
   * @param firstUser the layer above it
   * @param second the link at the second end
   * @param secondUser the layer above it
   * @param line what lies between them
   */
  public TwoEnds(Link first, LinkUser firstUser, Link second, LinkUser secondUser, FaultLine line) {
    this.line = line;
    this.first =
        new LinkDriver(first, new Traced(firstUser), octets -> line.transmit(true, octets, now));
    this.second =
        new LinkDriver(second, new Traced(secondUser), octets -> line.transmit(false, octets, now));
  }

  /** The driver of the first link. */
  public LinkDriver first() {
    return first;
  }

  /** The driver of the second link. */
  public LinkDriver second() {
    return second;
  }

  /** Time, in nanoseconds. */
  public long now() {
    return now;
  }

  /** How many arrivals and deadlines there have been. */
  public long steps() {
    return steps;
  }

  /** A number that depends on every octet and event so far, and on its time. */
  public long trace() {
    return trace;
  }

  /** Runs both ends: their users have something new to do. */
  public void wake() {
    first.run(now);
    second.run(now);
  }

  /** Passes time until a given one, with nothing due before it. */
  public void sleepUntil(long time) {
    now = Math.max(now, time);
  }

  /**
   * Does what is due next, if that is before a given time.
   *
   * @param end time in nanoseconds
   * @return whether there was anything
   */
  public boolean step(long end) {
    long arrival = line.nextArrival();
    long deadline = Math.min(first.nextDeadline(), second.nextDeadline());
    long time = Math.min(arrival, deadline);
    if (time > end || time == Long.MAX_VALUE) {
      return false;
    }
    now = Math.max(now, time);
    steps++;
    FaultLine.Arrival next = arrival <= deadline ? line.pollArrival(now) : null;
    if (next == null) {
      wake();
    } else {
      mix(next.time());
      mix(next.toSecond() ? 2 : 1);
      mix(next.octets());
      Payload octets = next.octets();
      LinkDriver receiver = next.toSecond() ? second : first;
      receiver.receive(octets.array(), octets.offset(), octets.length(), now);
    }
    return true;
  }

  private void mix(long value) {
    trace = (trace ^ value) * FNV_PRIME;
  }

  private void mix(Payload octets) {
    for (int i = 0; i < octets.length(); i++) {
      mix(octets.at(i));
    }
  }

  /** A user whose events are part of the trace. */
  private final class Traced implements LinkUser {
    private final LinkUser user;

    Traced(LinkUser user) {
      this.user = user;
    }

    @Override
    public void onLinkEvent(LinkEvent event, long time) {
      mix(time);
      mix(event.getClass().getSimpleName().length());
      mix(event.address().clientSap());
      if (event instanceof LinkEvent.Received received) {
        mix(received.payload());
      }
      user.onLinkEvent(event, time);
    }

    @Override
    public @Nullable Outgoing pollOutgoing(long time) {
      return user.pollOutgoing(time);
    }

    @Override
    public void onRefused(Outgoing refused, long time) {
      user.onRefused(refused, time);
    }

    @Override
    public long nextDeadline() {
      return user.nextDeadline();
    }

    @Override
    public void onDeadline(long time) {
      user.onDeadline(time);
    }
  }
}
