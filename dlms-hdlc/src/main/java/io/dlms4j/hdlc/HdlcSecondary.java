package io.dlms4j.hdlc;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of an HDLC line: the secondary stations of all physical devices behind it, with
 * any number of clients (Green Book 8.4.5).
 *
 * <p>Every pair of client and logical device is a connection of its own, in normal disconnected
 * mode (NDM) until SNRM, in normal response mode (NRM) from then on. A secondary sends only when it
 * is polled (P=1), I frames up to the window, and F=1 on its last frame. In NDM it answers any poll
 * but SNRM and UI with DM. What is damaged, for nobody here, from a client address that is not one
 * octet, or in another form of address than the connection was set up with, gets silence and
 * changes nothing; so do SNRM and DISC without P. An unknown control field, RR or RNR with an
 * information field, an N(R) that acknowledges what was never sent, and an information field or a
 * payload above the agreed length get FRMR and end the connection. REJ and SREJ are such unknown
 * control fields: the profile's repertoire has neither (Green Book 8.4.3).
 *
 * <p>What a client does not acknowledge when it polls goes again; what came out of sequence is
 * dropped, and N(R) of the answer asks for it (Green Book 8.4.5, checkpoint by P/F).
 *
 * <p>A request is answered with the I frame that carries the answer, if the layer above hands one
 * in within the answer time-out, and with RR otherwise: the client then has to poll with RR, and
 * gets RR at once, or the answer as soon as it is there. If the layer above is not {@linkplain
 * #setReady ready}, I frames are dropped, and RNR says so until the first poll after it is again.
 *
 * <p>UI frames are delivered in either mode, to all stations as well; frames to all stations are
 * never answered, and none but UI has an effect. UI frames of the server's own go when the client
 * polls: in NRM before the I frames or RR, in NDM in answer to UI with P.
 *
 * <p>In the form of address with an upper part only, a device is found if there is just one on the
 * line; so it is under the address of the CALLING physical device, where it answers with its real
 * one. {@link LinkAddress#physicalDevice()} is the address under which the physical device was
 * configured, whatever the form; the answer has the form of the request.
 */
public final class HdlcSecondary implements Link {
  /** Events and frames that may wait; a peer that floods the line finds its frames discarded. */
  private static final int MAX_WAITING = 1024;

  private final HdlcSecondaryConfig config;
  private final FrameDelimiter delimiter;
  private final Map<LinkAddress, SecondaryConnection> connections = new LinkedHashMap<>();
  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>(1);

  /** Answers that belong to no connection. */
  private final ArrayDeque<Payload> replies = new ArrayDeque<>(1);

  private final Stations stations;
  private final UnnumberedQueue unnumbered = new UnnumberedQueue();
  private final ReceivedFrame frame = new ReceivedFrame();

  /** The connection that the last frame was for: the next one most probably is for it as well. */
  private @Nullable SecondaryConnection lastAddressed;

  /**
   * A secondary without connections.
   *
   * @param config devices, parameters and time-outs
   */
  public HdlcSecondary(HdlcSecondaryConfig config) {
    this.config = config;
    delimiter =
        new FrameDelimiter(
            config.interOctetTimeout().toNanos(), FrameCodec.MAX_FRAME_LENGTH, this::onOctets);
    stations = new Stations(config.stations());
  }

  @Override
  public void receive(byte[] octets, int offset, int length, long now) {
    delimiter.receive(octets, offset, length, now);
  }

  private void onOctets(byte[] octets, int offset, int length, long now) {
    if (events.size() >= MAX_WAITING || replies.size() >= MAX_WAITING) {
      return;
    }
    try {
      frame.read(octets, offset, length);
    } catch (HdlcException discarded) {
      return;
    }
    SecondaryConnection last = lastAddressed;
    if (last != null && frame.isFrom(last.client()) && frame.isFor(last.server())) {
      onFrame(last.linkAddress(), last.server(), last, now);
      return;
    }
    HdlcAddress client = frame.source();
    if (client.length() != 1 || client.isNoStation() || client.isAllStation()) {
      return;
    }
    HdlcAddress server = frame.destination();
    if (server.isAllStation()) {
      onBroadcast(client, server);
      return;
    }
    server = stations.inPerson(server);
    LinkAddress address = server == null ? null : stations.linkAddress(client, server);
    if (server != null && address != null) {
      SecondaryConnection connection = connections.get(address);
      lastAddressed = connection;
      onFrame(address, server, connection, now);
    }
  }

  private void onFrame(
      LinkAddress address, HdlcAddress server, @Nullable SecondaryConnection connection, long now) {
    if (frame.kind() == ReceivedFrame.Kind.SNRM) {
      onSnrm(address, server, connection, now);
    } else if (connection == null) {
      onDisconnected(address, server);
    } else if (!connection.server().equals(server)) {
      return;
    } else if (frame.kind() == ReceivedFrame.Kind.DISC) {
      if (frame.pollFinal()) {
        replies.add(
            new HdlcFrame.Ua(frame.source(), server, true, Payload.EMPTY).encodeWithFlags());
        connections.remove(address);
        down(connection, DownReason.CLOSED_BY_PEER);
      }
    } else {
      connection.receive(frame, now, events);
    }
  }

  private void onSnrm(
      LinkAddress address, HdlcAddress server, @Nullable SecondaryConnection connection, long now) {
    if (!frame.pollFinal()) {
      return;
    }
    Payload information = frame.information();
    HdlcParameters offered;
    try {
      offered = HdlcParameters.decode(information);
    } catch (HdlcException unreadable) {
      return;
    }
    if (connection == null && connections.size() >= config.maxConnections()) {
      refuse(server);
      return;
    }
    SecondaryConnection anew =
        new SecondaryConnection(
            address,
            server,
            frame.source(),
            information.length() == 0,
            offered,
            config,
            unnumbered,
            now);
    connections.put(address, anew);
    lastAddressed = anew;
    events.add(new LinkEvent.Up(address));
  }

  /** Takes a frame in NDM: UI is allowed, any other poll gets DM (ISO/IEC 13239 5.4.2.1). */
  private void onDisconnected(LinkAddress address, HdlcAddress server) {
    switch (frame.kind()) {
      case UA, DM, FRMR -> {}
      case UI -> {
        if (frame.informationLength() <= config.parameters().maxInformationFieldLengthReceive()) {
          Payload apdu = LlcHeader.COMMAND.strip(frame);
          if (apdu != null) {
            events.add(new LinkEvent.ReceivedUnconfirmed(address, apdu));
          }
        }
        if (frame.pollFinal()) {
          sendWaiting(address, server);
        }
      }
      default -> {
        if (frame.pollFinal()) {
          refuse(server);
        }
      }
    }
  }

  /** Answers an empty UI frame: with the UI frames that wait, the last with F, or with DM. */
  private void sendWaiting(LinkAddress address, HdlcAddress server) {
    Payload apdu = unnumbered.poll(address);
    if (apdu == null) {
      refuse(server);
    }
    while (apdu != null) {
      boolean last = !unnumbered.has(address);
      replies.add(LlcHeader.RESPONSE.unnumbered(frame.source(), server, last, apdu));
      apdu = unnumbered.poll(address);
    }
  }

  /** Takes a frame to all stations: UI is for everybody, and nothing to all is ever answered. */
  private void onBroadcast(HdlcAddress client, HdlcAddress server) {
    if (frame.kind() != ReceivedFrame.Kind.UI
        || frame.informationLength() > config.parameters().maxInformationFieldLengthReceive()) {
      return;
    }
    Payload apdu = LlcHeader.COMMAND.strip(frame);
    if (apdu != null) {
      for (LinkAddress station : stations.meantBy(client, server)) {
        events.add(new LinkEvent.ReceivedUnconfirmed(station, apdu));
      }
    }
  }

  private void refuse(HdlcAddress server) {
    replies.add(new HdlcFrame.Dm(frame.source(), server, true, Payload.EMPTY).encodeWithFlags());
  }

  @Override
  public @Nullable LinkEvent pollEvent() {
    return events.poll();
  }

  @Override
  public @Nullable Payload pollTransmit(long now) {
    Payload reply = replies.poll();
    if (reply != null) {
      return reply;
    }
    for (SecondaryConnection connection : connections.values()) {
      Payload octets = connection.pollReply(now);
      if (octets != null) {
        return octets;
      }
    }
    return null;
  }

  @Override
  public long nextDeadline() {
    long deadline = delimiter.deadline();
    for (SecondaryConnection connection : connections.values()) {
      deadline = Math.min(deadline, connection.nextDeadline());
    }
    return deadline;
  }

  @Override
  public void onDeadline(long now) {
    delimiter.expire(now);
    Iterator<SecondaryConnection> each = connections.values().iterator();
    while (each.hasNext()) {
      SecondaryConnection connection = each.next();
      if (now >= connection.inactiveAt()) {
        each.remove();
        down(connection, DownReason.INACTIVE);
      }
    }
  }

  @Override
  public boolean send(LinkAddress address, Payload payload, long now) {
    SecondaryConnection connection = connections.get(address);
    return connection != null && connection.send(payload);
  }

  /**
   * Hands in a payload for a UI frame, which goes when its client polls next: in NRM before what
   * else is sent, in NDM in answer to a UI frame with P (Green Book 8.4.3, UI).
   */
  @Override
  public boolean sendUnconfirmed(LinkAddress address, Payload payload, long now) {
    SecondaryConnection connection = connections.get(address);
    int longest =
        connection == null
            ? UnnumberedQueue.longest(HdlcParameters.DEFAULT.maxInformationFieldLengthTransmit())
            : connection.longestUnnumbered();
    return stations.isOurs(address)
        && payload.length() > 0
        && payload.length() <= longest
        && unnumbered.offer(address, payload);
  }

  @Override
  public void setReady(LinkAddress address, boolean ready, long now) {
    SecondaryConnection connection = connections.get(address);
    if (connection != null) {
      connection.setReady(ready);
    }
  }

  /** If there is none, a poll is answered with RR at once. */
  @Override
  public void setAwaited(LinkAddress address, int payloads, long now) {
    SecondaryConnection connection = connections.get(address);
    if (connection != null && payloads == 0) {
      connection.stopHolding(now);
    }
  }

  /** Without effect: the client begins. */
  @Override
  public void open(long now) {}

  /** The client is not told, for a secondary does not speak unasked. */
  @Override
  public void disconnect(LinkAddress address, long now) {
    SecondaryConnection connection = connections.remove(address);
    if (connection != null) {
      down(connection, DownReason.CLOSED);
    }
  }

  @Override
  public boolean hasUnsent() {
    return connections.values().stream().anyMatch(SecondaryConnection::hasUnsent);
  }

  /**
   * Ends all connections. Their clients are not told, for a secondary does not speak unasked; they
   * get DM when they ask.
   */
  @Override
  public void close(long now) {
    endAll(DownReason.CLOSED);
  }

  @Override
  public void lineLost(long now) {
    endAll(DownReason.LINE_LOST);
  }

  private void endAll(DownReason reason) {
    connections.values().forEach(connection -> down(connection, reason));
    connections.clear();
    lastAddressed = null;
    unnumbered.clear();
    replies.clear();
    delimiter.reset();
  }

  private void down(SecondaryConnection connection, DownReason reason) {
    lastAddressed = null;
    if (connection.isUp()) {
      events.add(new LinkEvent.Down(connection.linkAddress(), reason));
    }
  }
}
