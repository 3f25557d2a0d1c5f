package io.dlms4j.iec21;

import io.dlms4j.link.Payload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two machines on a virtual clock, with a serial line between them: octets take their time, arrive
 * one by one, and are garbage to whoever listens with other settings than they were sent with.
 */
final class Iec21Bench {
  static final long MILLISECOND = 1_000_000L;
  static final long SECOND = 1000 * MILLISECOND;

  /** What happens to octets on their way. */
  interface Line {
    /** The octet that arrives, or -1 if none does. */
    int pass(int octet);

    /** Called before every message. */
    default void next() {}
  }

  static final Line GOOD = octet -> octet;

  /**
   * One message in so many has one octet lost, or one bit of one octet wrong; or does not arrive.
   */
  static Line bad(Random random, int oneIn) {
    return new Line() {
      private int left = -1;
      private int kind;

      @Override
      public void next() {
        left = random.nextInt(oneIn) == 0 ? random.nextInt(8) : -1;
        kind = random.nextInt(3);
      }

      @Override
      public int pass(int octet) {
        if (left < 0) {
          return octet;
        }
        if (kind == 2) {
          return -1;
        }
        left--;
        if (left >= 0) {
          return octet;
        }
        return kind == 0 ? -1 : octet ^ (1 << random.nextInt(8));
      }
    };
  }

  private record Arrival(long time, long number, Side to, int octet, LineSettings sentWith) {}

  /** A machine and what it has said. */
  static final class Side {
    private final Iec21Machine machine;
    private final List<Iec21Event> events = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private @Nullable LineSettings line;
    private boolean handedOver;

    Side(Iec21Machine machine) {
      this.machine = machine;
    }

    Iec21Machine machine() {
      return machine;
    }

    List<Iec21Event> events() {
      return events;
    }

    List<String> sent() {
      return sent;
    }

    boolean isOver() {
      return handedOver || events.stream().anyMatch(Iec21Event.Ended.class::isInstance);
    }

    /** The only event of a kind. */
    <T extends Iec21Event> T only(Class<T> kind) {
      List<T> all = events.stream().filter(kind::isInstance).map(kind::cast).toList();
      if (all.size() != 1) {
        throw new AssertionError(kind.getSimpleName() + " is not there once: " + events);
      }
      return all.get(0);
    }
  }

  private final PriorityQueue<Arrival> inFlight =
      new PriorityQueue<>(
          Comparator.comparingLong(Arrival::time).thenComparingLong(Arrival::number));
  private final Side client;
  private final Side server;
  private final boolean echo;
  private final Line line;
  private final Set<LineSettings> mismatches = new HashSet<>();
  private long now = SECOND;
  private long count;

  Iec21Bench(Iec21Machine client, Iec21Machine server, boolean echo, Line line) {
    this.client = new Side(client);
    this.server = new Side(server);
    this.echo = echo;
    this.line = line;
  }

  Side client() {
    return client;
  }

  Side server() {
    return server;
  }

  long now() {
    return now;
  }

  /** Settings that somebody sent with while the other one listened with others. */
  Set<LineSettings> mismatches() {
    return mismatches;
  }

  /** Runs until the client is done, but not for more than an amount of virtual time. */
  void run(long limit) {
    server.machine.open(now);
    client.machine.open(now);
    turn(server);
    turn(client);
    long end = now + limit;
    while (!client.isOver()) {
      if (!step(end)) {
        throw new AssertionError("nothing more happens: " + client.events);
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
    Arrival next = inFlight.peek();
    long arrivalAt = next == null ? Iec21Machine.NEVER : next.time();
    long deadline = Math.min(deadline(client), deadline(server));
    long time = Math.min(arrivalAt, deadline);
    if (time > end) {
      return false;
    }
    now = Math.max(now, time);
    if (next != null && arrivalAt <= deadline) {
      inFlight.remove();
      arrive(next);
    } else {
      for (Side each : List.of(client, server)) {
        if (now >= deadline(each)) {
          each.machine.onDeadline(now);
          turn(each);
        }
      }
    }
    return true;
  }

  private static long deadline(Side side) {
    return side.handedOver ? Iec21Machine.NEVER : side.machine.nextDeadline();
  }

  private void arrive(Arrival arrival) {
    Side to = arrival.to();
    if (to.handedOver) {
      return;
    }
    int octet = arrival.octet();
    if (!arrival.sentWith().equals(to.line)) {
      mismatches.add(arrival.sentWith());
      octet = (octet & 1) == 0 ? 0xFF : 0xFE;
    }
    to.machine.receive(new byte[] {0, (byte) octet, 0}, 1, 1, now);
    turn(to);
  }

  private void turn(Side side) {
    boolean progress = true;
    while (progress && !side.handedOver) {
      progress = false;
      for (Iec21Event event = side.machine.pollEvent();
          event != null;
          event = side.machine.pollEvent()) {
        side.events.add(event);
        if (event instanceof Iec21Event.SetLine set) {
          side.line = set.line();
        }
        side.handedOver |= event instanceof Iec21Event.HandOver;
        progress = true;
      }
      Payload octets = side.machine.pollTransmit(now);
      if (octets != null) {
        transmit(side, octets);
        progress = true;
      }
    }
  }

  private void transmit(Side from, Payload octets) {
    StringBuilder text = new StringBuilder();
    LineSettings settings = from.line;
    if (settings == null) {
      throw new AssertionError("the line is not set");
    }
    line.next();
    long perCharacter = settings.nanosFor(1);
    for (int i = 0; i < octets.length(); i++) {
      text.append((char) (octets.at(i) & 0x7F));
      long time = now + (i + 1) * perCharacter;
      if (echo) {
        inFlight.add(new Arrival(time, count++, from, octets.at(i), settings));
      }
      int arriving = line.pass(octets.at(i));
      if (arriving >= 0) {
        Side to = from == client ? server : client;
        inFlight.add(new Arrival(time, count++, to, arriving, settings));
      }
    }
    from.sent.add(text.toString());
  }
}
