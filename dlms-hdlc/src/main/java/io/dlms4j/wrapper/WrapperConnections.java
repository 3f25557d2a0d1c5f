package io.dlms4j.wrapper;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What stream and datagram have in common: who is connected, and what waits to go either way. */
final class WrapperConnections {
  /** Events that may wait: more than one read of a line can hold. */
  private static final int MAX_EVENTS = 8192;

  /** Units that may wait to be sent, and their octets. */
  private static final int MAX_OUTPUT = 1024;

  private static final int MAX_OUTPUT_OCTETS = 1 << 24;

  /** The only connection of a client; a server has none of its own. */
  private final @Nullable LinkAddress own;

  private final IntPredicate serverWPorts;
  private final int maxConnections;
  private final int maxPayloadLength;

  /** 0 for ever. */
  private final long inactivityNanos;

  /** When each connection last got something; the one that has waited longest comes first. */
  private final Map<LinkAddress, Long> lastReceivedAt = new LinkedHashMap<>();

  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>(1);
  private final ArrayDeque<Payload> output = new ArrayDeque<>(1);
  private int outputOctets;

  /** Since when the line has been there without a connection. */
  private long idleSince = Link.NEVER;

  private boolean finished;

  WrapperConnections(WrapperClientConfig config, int mostPayload) {
    own = new LinkAddress(config.clientWPort(), config.serverWPort());
    serverWPorts = wPort -> wPort == config.serverWPort();
    maxConnections = 1;
    maxPayloadLength = Math.min(config.maxPayloadLength(), mostPayload);
    inactivityNanos = config.inactivityTimeout().toNanos();
  }

  WrapperConnections(WrapperServerConfig config, int mostPayload) {
    own = null;
    serverWPorts = config.serverWPorts();
    maxConnections = config.maxConnections();
    maxPayloadLength = Math.min(config.maxPayloadLength(), mostPayload);
    inactivityNanos = config.inactivityTimeout().toNanos();
  }

  int maxPayloadLength() {
    return maxPayloadLength;
  }

  boolean isFinished() {
    return finished;
  }

  void open(long now) {
    if (!lastReceivedAt.isEmpty()) {
      return;
    }
    finished = false;
    idleSince = now;
    if (own != null) {
      up(own, now);
    }
  }

  private void up(LinkAddress address, long now) {
    lastReceivedAt.put(address, now);
    events.add(new LinkEvent.Up(address));
  }

  /**
   * Takes a unit whose header is good.
   *
   * @return false if too much waits already
   */
  boolean receive(int sourceWPort, int destinationWPort, Payload data, long now) {
    LinkAddress address = addressOf(sourceWPort, destinationWPort);
    if (finished || address == null || data.length() == 0) {
      return true;
    }
    boolean known = lastReceivedAt.containsKey(address);
    if (!known && (own != null || lastReceivedAt.size() >= maxConnections)) {
      return true;
    }
    if (events.size() >= MAX_EVENTS) {
      return false;
    }
    if (known) {
      lastReceivedAt.remove(address);
      lastReceivedAt.put(address, now);
    } else {
      up(address, now);
    }
    events.add(new LinkEvent.Received(address, data));
    return true;
  }

  /** Which connection a unit from the peer is for, if it is for one of ours. */
  private @Nullable LinkAddress addressOf(int source, int destination) {
    if (own != null) {
      return source == own.serverSap() && destination == own.clientSap() ? own : null;
    }
    return source != WPort.NO_STATION && serverWPorts.test(destination)
        ? new LinkAddress(source, destination)
        : null;
  }

  /** Ends one connection. */
  void disconnect(LinkAddress address, long now) {
    if (lastReceivedAt.remove(address) != null) {
      events.add(new LinkEvent.Down(address, DownReason.CLOSED));
      if (lastReceivedAt.isEmpty()) {
        idleSince = now;
      }
    }
  }

  boolean send(LinkAddress address, Payload payload) {
    if (!lastReceivedAt.containsKey(address)
        || payload.length() == 0
        || payload.length() > maxPayloadLength
        || output.size() >= MAX_OUTPUT
        || outputOctets + payload.length() > MAX_OUTPUT_OCTETS) {
      return false;
    }
    Wpdu unit =
        own != null
            ? new Wpdu(address.clientSap(), address.serverSap(), payload)
            : new Wpdu(address.serverSap(), address.clientSap(), payload);
    output.add(unit.encode());
    outputOctets += payload.length();
    return true;
  }

  @Nullable LinkEvent pollEvent() {
    return events.poll();
  }

  @Nullable Payload pollTransmit() {
    Payload unit = output.poll();
    if (unit != null) {
      outputOctets -= unit.length() - Wpdu.HEADER_LENGTH;
    }
    return unit;
  }

  /** Everything ends, for good unless the link is opened again. */
  void finish(DownReason reason) {
    lastReceivedAt.keySet().forEach(address -> events.add(new LinkEvent.Down(address, reason)));
    lastReceivedAt.clear();
    output.clear();
    outputOctets = 0;
    idleSince = Link.NEVER;
    finished = true;
  }

  long nextDeadline() {
    if (inactivityNanos == 0 || finished) {
      return Link.NEVER;
    }
    long since = longestSilence();
    return since == Link.NEVER ? Link.NEVER : since + inactivityNanos;
  }

  private long longestSilence() {
    for (long since : lastReceivedAt.values()) {
      return since;
    }
    return idleSince;
  }

  void onDeadline(long now) {
    while (now >= nextDeadline()) {
      if (lastReceivedAt.size() > 1) {
        LinkAddress address = lastReceivedAt.keySet().iterator().next();
        lastReceivedAt.remove(address);
        events.add(new LinkEvent.Down(address, DownReason.INACTIVE));
      } else {
        // With the last connection goes the line: nobody speaks on it.
        finish(DownReason.INACTIVE);
      }
    }
  }
}
