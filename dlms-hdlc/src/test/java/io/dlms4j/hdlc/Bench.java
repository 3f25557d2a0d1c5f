package io.dlms4j.hdlc;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkDriver;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Two links back to back on a virtual clock, with a pipe between them that may do harm. */
final class Bench {
  static final long MILLISECOND = 1_000_000L;
  static final long SECOND = 1000 * MILLISECOND;

  /** What the pipe makes of octets on their way. */
  interface Pipe {
    /** The octets that arrive, or an empty payload. */
    Payload pass(Payload octets);

    /** How long they take. */
    long delay();
  }

  /** A pipe that passes everything at once. */
  static final Pipe GOOD =
      new Pipe() {
        @Override
        public Payload pass(Payload octets) {
          return octets;
        }

        @Override
        public long delay() {
          return MILLISECOND;
        }
      };

  private record Delivery(long time, long number, boolean toPrimary, Payload octets) {}

  private final PriorityQueue<Delivery> inFlight =
      new PriorityQueue<>(
          Comparator.comparingLong(Delivery::time).thenComparingLong(Delivery::number));
  private final List<Payload> sentByPrimary = new ArrayList<>();
  private final List<Payload> sentBySecondary = new ArrayList<>();
  private final LinkDriver primary;
  private final LinkDriver secondary;
  private final Pipe pipe;
  private long now = SECOND;
  private long count;
  private long lastToPrimary;
  private long lastToSecondary;

  Bench(Link primary, LinkUser primaryUser, Link secondary, LinkUser secondaryUser, Pipe pipe) {
    this.pipe = pipe;
    this.primary = new LinkDriver(primary, primaryUser, octets -> send(octets, false));
    this.secondary = new LinkDriver(secondary, secondaryUser, octets -> send(octets, true));
  }

  private void send(Payload octets, boolean toPrimary) {
    (toPrimary ? sentBySecondary : sentByPrimary).add(octets);
    long arrival = now + pipe.delay();
    // Lines do not reorder.
    if (toPrimary) {
      arrival = Math.max(arrival, lastToPrimary);
      lastToPrimary = arrival;
    } else {
      arrival = Math.max(arrival, lastToSecondary);
      lastToSecondary = arrival;
    }
    inFlight.add(new Delivery(arrival, count++, toPrimary, pipe.pass(octets)));
  }

  void open() {
    secondary.lineReady(now);
    primary.lineReady(now);
  }

  void closePrimary() {
    primary.close(now);
  }

  /** Both users have something new to do. */
  void wake() {
    primary.run(now);
    secondary.run(now);
  }

  long now() {
    return now;
  }

  List<Payload> sentByPrimary() {
    return sentByPrimary;
  }

  List<Payload> sentBySecondary() {
    return sentBySecondary;
  }

  /** Runs until a condition holds; fails if it does not within an amount of virtual time. */
  void runUntil(BooleanSupplier condition, long limit) {
    long end = now + limit;
    while (!condition.getAsBoolean()) {
      if (!step(end)) {
        throw new AssertionError("nothing more happens within " + limit / SECOND + " s");
      }
    }
  }

  /** Runs everything that is due within an amount of virtual time. */
  void runFor(long duration) {
    long end = now + duration;
    while (step(end)) {}
    now = end;
  }

  private boolean step(long end) {
    Delivery next = inFlight.peek();
    long deliveryAt = next == null ? Link.NEVER : next.time();
    long deadline = Math.min(primary.nextDeadline(), secondary.nextDeadline());
    long time = Math.min(deliveryAt, deadline);
    if (time > end) {
      return false;
    }
    now = Math.max(now, time);
    if (next != null && deliveryAt <= deadline) {
      inFlight.remove();
      Payload octets = next.octets();
      LinkDriver receiver = next.toPrimary() ? primary : secondary;
      receiver.receive(octets.array(), octets.offset(), octets.length(), now);
    } else {
      wake();
    }
    return true;
  }
}
