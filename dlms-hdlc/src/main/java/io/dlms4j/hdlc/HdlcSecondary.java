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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of an HDLC line: the secondary stations of all physical devices behind it, with
 * any number of clients (Green Book 8.4.5).
 *
 * <p>Every pair of client and logical device is a connection of its own, in normal disconnected
 * mode (NDM) until SNRM, in normal response mode (NRM) from then on. A secondary sends only when it
 * is polled (P=1), one frame with F=1. In NDM it answers any poll but SNRM with DM. What is
 * damaged, for nobody here, from a client address that is not one octet, or in another form of
 * address than the connection was set up with, gets silence and changes nothing; so do SNRM and
 * DISC without P. An unknown control field, an N(R) that acknowledges what was never sent, and an
 * information field or a payload above the agreed length get FRMR and end the connection.
 *
 * <p>A request is answered with the I frame that carries the answer, if the layer above hands one
 * in within the answer time-out, and with RR otherwise: the client then has to poll with RR, and
 * gets RR at once, or the answer as soon as it is there.
 *
 * <p>In the form of address with an upper part only, a device is found if there is just one on the
 * line. {@link LinkAddress#physicalDevice()} is the address under which the physical device was
 * configured, whatever the form; the answer has the form of the request. The window is 1.
 */
public final class HdlcSecondary implements Link {
  /** Events and frames that may wait; a peer that floods the line finds its frames discarded. */
  private static final int MAX_WAITING = 1024;

  private final HdlcSecondaryConfig config;
  private final FrameDelimiter delimiter;
  private final Map<LinkAddress, SecondaryConnection> connections = new LinkedHashMap<>();
  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>();

  /** Answers that belong to no connection. */
  private final ArrayDeque<HdlcFrame> replies = new ArrayDeque<>();

  /**
   * A secondary without connections.
   *
   * @param config devices, parameters and time-outs
   */
  public HdlcSecondary(HdlcSecondaryConfig config) {
    this.config = config;
    delimiter =
        new FrameDelimiter(config.interOctetTimeout().toNanos(), FrameCodec.MAX_FRAME_LENGTH);
  }

  @Override
  public void receive(byte[] octets, int offset, int length, long now) {
    delimiter.receive(octets, offset, length, now, frame -> onOctets(frame, now));
  }

  private void onOctets(Payload octets, long now) {
    HdlcFrame frame;
    try {
      frame = FrameCodec.decodeChecked(octets);
    } catch (HdlcException discarded) {
      return;
    }
    LinkAddress address = addressOf(frame);
    if (address == null || events.size() >= MAX_WAITING || replies.size() >= MAX_WAITING) {
      return;
    }
    SecondaryConnection connection = connections.get(address);
    if (frame instanceof HdlcFrame.Snrm snrm) {
      onSnrm(snrm, address, connection, now);
    } else if (connection == null) {
      if (isCommand(frame) && frame.pollFinal()) {
        refuse(frame);
      }
    } else if (!connection.isAddressedBy(frame)) {
      return;
    } else if (frame instanceof HdlcFrame.Disc) {
      if (frame.pollFinal()) {
        HdlcAddress client = frame.source();
        replies.add(new HdlcFrame.Ua(client, frame.destination(), true, Payload.EMPTY));
        connections.remove(address);
        down(connection, DownReason.CLOSED_BY_PEER);
      }
    } else {
      connection.receive(frame, now, events);
    }
  }

  private void onSnrm(
      HdlcFrame.Snrm snrm,
      LinkAddress address,
      @Nullable SecondaryConnection connection,
      long now) {
    if (!snrm.pollFinal()) {
      return;
    }
    HdlcParameters offered;
    try {
      offered = HdlcParameters.decode(snrm.information());
    } catch (HdlcException unreadable) {
      return;
    }
    if (connection == null && connections.size() >= config.maxConnections()) {
      refuse(snrm);
      return;
    }
    connections.put(address, new SecondaryConnection(address, snrm, offered, config, now));
    events.add(new LinkEvent.Up(address));
  }

  private void refuse(HdlcFrame command) {
    HdlcAddress client = command.source();
    replies.add(new HdlcFrame.Dm(client, command.destination(), true, Payload.EMPTY));
  }

  private static boolean isCommand(HdlcFrame frame) {
    return !(frame instanceof HdlcFrame.Ua
        || frame instanceof HdlcFrame.Dm
        || frame instanceof HdlcFrame.Frmr);
  }

  /** Which connection a frame is for, if it is for one of ours. */
  private @Nullable LinkAddress addressOf(HdlcFrame frame) {
    HdlcAddress client = frame.source();
    HdlcAddress server = frame.destination();
    if (client.length() != 1 || client.isNoStation() || client.isAllStation()) {
      return null;
    }
    int physical = server.lower();
    if (server.length() == 1) {
      if (config.devices().size() != 1) {
        return null;
      }
      physical = config.devices().keySet().iterator().next();
    }
    Set<Integer> logicals = config.devices().get(physical);
    if (logicals == null || !logicals.contains(server.upper())) {
      return null;
    }
    return new LinkAddress(client.upper(), server.upper(), physical);
  }

  @Override
  public @Nullable LinkEvent pollEvent() {
    return events.poll();
  }

  @Override
  public @Nullable Payload pollTransmit(long now) {
    HdlcFrame reply = replies.poll();
    if (reply != null) {
      return reply.encodeWithFlags();
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
    delimiter.expire(now, frame -> onOctets(frame, now));
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

  /** Without effect: the client begins. */
  @Override
  public void open(long now) {}

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
    replies.clear();
    delimiter.reset();
  }

  private void down(SecondaryConnection connection, DownReason reason) {
    if (connection.isUp()) {
      events.add(new LinkEvent.Down(connection.linkAddress(), reason));
    }
  }
}
