package io.dlms4j.transport;

import io.dlms4j.iec21.Iec21Event;
import io.dlms4j.iec21.Iec21Machine;
import io.dlms4j.iec21.LineSettings;
import io.dlms4j.link.Link;
import io.dlms4j.link.Payload;
import java.util.function.LongSupplier;

/**
 * The opening of mode E on a serial line: whose the octets of the line are, the machine's or the
 * link's, and when a server goes back to waiting for an opening.
 */
final class SerialOpening {
  /** What the opening does to its line. */
  interface Host {
    /** Changes the settings of the port. */
    void configure(LineSettings line);

    /** Sends octets of the machine. */
    void transmit(Payload octets);

    /** The octets of the line are the link's from now on. */
    void handedOver();

    /** There will be no opening; only a client is told. */
    void failed(String detail);
  }

  private final Iec21Machine machine;
  private final boolean client;
  private final long unconnectedNanos;
  private final LongSupplier clock;
  private final Host host;
  private boolean open = true;
  private long reopenAt = Link.NEVER;

  /**
   * An opening that begins now.
   *
   * @param client whether there is one opening only, and its failure is the end
   * @param unconnectedNanos for how long a server stays with HDLC without a connection
   */
  SerialOpening(
      Iec21Machine machine, boolean client, long unconnectedNanos, LongSupplier clock, Host host) {
    this.machine = machine;
    this.client = client;
    this.unconnectedNanos = unconnectedNanos;
    this.clock = clock;
    this.host = host;
    machine.open(clock.getAsLong());
  }

  /** Whether the octets of the line are the machine's. */
  boolean isUnderWay() {
    return open;
  }

  void receive(byte[] octets, int length) {
    machine.receive(octets, 0, length, clock.getAsLong());
  }

  /** There is a connection: HDLC stays. */
  void connected() {
    reopenAt = Link.NEVER;
  }

  /** There is no connection any more. */
  void unconnected() {
    if (!client) {
      reopenAt = clock.getAsLong() + unconnectedNanos;
    }
  }

  /** When {@link #run} has to be called at the latest. */
  long nextDeadline() {
    return open ? machine.nextDeadline() : reopenAt;
  }

  /** Lets the machine do whatever is due. */
  void run() {
    long now = clock.getAsLong();
    if (!open && now >= reopenAt) {
      reopenAt = Link.NEVER;
      open = true;
      machine.open(now);
    }
    if (open && now >= machine.nextDeadline()) {
      machine.onDeadline(now);
    }
    boolean progress = open;
    while (progress) {
      progress = false;
      for (Iec21Event event = machine.pollEvent(); event != null; event = machine.pollEvent()) {
        onEvent(event);
        progress = open;
      }
      Payload octets = open ? machine.pollTransmit(clock.getAsLong()) : null;
      if (octets != null) {
        host.transmit(octets);
        progress = true;
      }
    }
  }

  private void onEvent(Iec21Event event) {
    if (event instanceof Iec21Event.SetLine change) {
      host.configure(change.line());
    } else if (event instanceof Iec21Event.HandOver) {
      open = false;
      unconnected();
      host.handedOver();
    } else if (event instanceof Iec21Event.Ended over && client) {
      open = false;
      host.failed(over.detail());
    }
  }
}
