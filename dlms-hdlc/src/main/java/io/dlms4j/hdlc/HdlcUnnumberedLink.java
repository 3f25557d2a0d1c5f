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
 * HDLC without connections: APDUs in UI frames that go when they are there, and are not asked for
 * (Green Book 8.4.3, UI; 8.4.5.4, data transfer without connection). Meters push so where nobody
 * else speaks: over a TCP line that they have made themselves, or on a serial line of their own. An
 * APDU that is longer than a frame goes in segments, as some meters have it, although the profile
 * segments I frames only.
 *
 * <p>UI frames are not numbered: a payload may be lost, and of one in segments a part may be
 * missing, which only the layer above can tell. Payloads arrive as {@link
 * LinkEvent.ReceivedUnconfirmed}. Whatever is no UI frame is dropped.
 */
public final class HdlcUnnumberedLink implements Link {
  /** Events and frames that may wait. */
  private static final int MOST_EVENTS = 1024;

  private static final int MOST_FRAMES = 4096;

  /** Servers whose form of address is remembered, and APDUs that are put together at a time. */
  private static final int MOST_SERVERS = 256;

  private static final int MOST_PARTIAL = 8;

  private final HdlcUnnumberedConfig config;
  private final FrameDelimiter delimiter;
  private final ReceivedFrame frame = new ReceivedFrame(true);

  /** Null on a link that listens to servers. */
  private final @Nullable Own own;

  private final Map<LinkAddress, HdlcAddress> servers = new LinkedHashMap<>();
  private final Map<LinkAddress, Partial> partial = new LinkedHashMap<>();
  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>();
  private final ArrayDeque<Payload> output = new ArrayDeque<>();
  private boolean up;

  /** Who this side is, and whom it talks to, where it is a server. */
  private record Own(LinkAddress address, HdlcAddress server, HdlcAddress client) {}

  /** An APDU of which segments have come, LLC header and all. */
  private static final class Partial {
    private byte[] octets = new byte[256];
    private int size;
    private long until;

    void add(ReceivedFrame segment) {
      int length = segment.informationLength();
      if (size + length > octets.length) {
        byte[] more = new byte[Math.max(2 * octets.length, size + length)];
        System.arraycopy(octets, 0, more, 0, size);
        octets = more;
      }
      segment.copyInformationTo(octets, size);
      size += length;
    }
  }

  private HdlcUnnumberedLink(HdlcUnnumberedConfig config, @Nullable Own own) {
    this.config = config;
    this.own = own;
    delimiter =
        new FrameDelimiter(
            config.interOctetTimeout().toNanos(), FrameCodec.MAX_FRAME_LENGTH, this::onOctets);
  }

  /**
   * A client's side: takes what any server sends to any client address. It can {@link #send} to
   * whom it has heard of.
   *
   * @param config limits
   * @return the link
   */
  public static HdlcUnnumberedLink listening(HdlcUnnumberedConfig config) {
    return new HdlcUnnumberedLink(config, null);
  }

  /**
   * A server's side, up from {@link #open} on.
   *
   * @param server this side
   * @param clientSap whom it tells, 1..126
   * @param config limits
   * @return the link
   * @throws IllegalArgumentException if the client SAP is out of range
   */
  public static HdlcUnnumberedLink telling(
      HdlcAddress server, int clientSap, HdlcUnnumberedConfig config) {
    HdlcAddress client = HdlcAddress.client(clientSap);
    LinkAddress address = new LinkAddress(clientSap, server.upper(), server.lower());
    return new HdlcUnnumberedLink(config, new Own(address, server, client));
  }

  @Override
  public void receive(byte[] octets, int offset, int length, long now) {
    forgetLate(now);
    delimiter.receive(octets, offset, length, now);
  }

  private void onOctets(byte[] octets, int offset, int length, long now) {
    if (events.size() >= MOST_EVENTS) {
      return;
    }
    try {
      frame.read(octets, offset, length);
    } catch (HdlcException noise) {
      return;
    }
    LinkAddress address = frame.kind() == ReceivedFrame.Kind.UI ? peer() : null;
    if (address == null || frame.informationLength() == 0) {
      return;
    }
    Partial begun = partial.remove(address);
    if (begun == null && !frame.segmented()) {
      deliver(address, frame.informationBegins(header()) ? frame.copyOfInformation(0) : null);
      return;
    }
    if (begun == null) {
      if (!frame.informationBegins(header())) {
        return;
      }
      begun = new Partial();
      makeRoom();
    }
    if (begun.size + frame.informationLength() > config.maxPayloadLength() + LlcHeader.LENGTH) {
      return;
    }
    begun.add(frame);
    if (frame.segmented()) {
      begun.until = now + config.segmentTimeout().toNanos();
      partial.put(address, begun);
    } else {
      byte[] whole = new byte[begun.size];
      System.arraycopy(begun.octets, 0, whole, 0, begun.size);
      deliver(address, whole);
    }
  }

  private void makeRoom() {
    if (partial.size() >= MOST_PARTIAL) {
      Iterator<LinkAddress> oldest = partial.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private void deliver(LinkAddress address, byte @Nullable [] information) {
    if (information != null && information.length > LlcHeader.LENGTH) {
      events.add(
          new LinkEvent.ReceivedUnconfirmed(
              address,
              Payload.of(information, LlcHeader.LENGTH, information.length - LlcHeader.LENGTH)));
    }
  }

  private LlcHeader header() {
    return own == null ? LlcHeader.RESPONSE : LlcHeader.COMMAND;
  }

  /** Who has sent the frame to us; null if it is not for us. */
  private @Nullable LinkAddress peer() {
    Own self = own;
    if (self != null) {
      return frame.isFrom(self.client()) && frame.isFor(self.server()) ? self.address() : null;
    }
    HdlcAddress client = frame.destination();
    HdlcAddress server = frame.source();
    if (client.length() != 1 || client.isNoStation() || server.isNoStation()) {
      return null;
    }
    LinkAddress address = new LinkAddress(client.upper(), server.upper(), server.lower());
    servers.remove(address);
    servers.put(address, server);
    if (servers.size() > MOST_SERVERS) {
      Iterator<LinkAddress> oldest = servers.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return address;
  }

  @Override
  public boolean send(LinkAddress address, Payload payload, long now) {
    Own self = own;
    HdlcAddress source;
    HdlcAddress destination;
    if (self != null) {
      if (!up || !address.equals(self.address())) {
        return false;
      }
      source = self.server();
      destination = self.client();
    } else {
      HdlcAddress server = servers.get(address);
      if (server == null || address.clientSap() >= HdlcAddress.ALL_STATION) {
        return false;
      }
      source = HdlcAddress.client(address.clientSap());
      destination = server;
    }
    int room = config.maxInformationFieldLength();
    int whole = LlcHeader.LENGTH + payload.length();
    int frames = (whole + room - 1) / room;
    if (payload.length() == 0
        || payload.length() > config.maxPayloadLength()
        || output.size() + frames > MOST_FRAMES) {
      return false;
    }
    HdlcFrame unnumbered = new HdlcFrame.Ui(destination, source, false, Payload.EMPTY);
    Payload prefix = own == null ? LlcHeader.COMMAND.octets() : LlcHeader.RESPONSE.octets();
    int at = 0;
    while (at < payload.length()) {
      int length = Math.min(payload.length() - at, room - prefix.length());
      boolean more = at + length < payload.length();
      output.add(FrameCodec.encode(unnumbered, more, prefix, payload.slice(at, length)));
      at += length;
      prefix = Payload.EMPTY;
    }
    return true;
  }

  /** All that this link sends is unconfirmed. */
  @Override
  public boolean sendUnconfirmed(LinkAddress address, Payload payload, long now) {
    return send(address, payload, now);
  }

  @Override
  public @Nullable LinkEvent pollEvent() {
    return events.poll();
  }

  @Override
  public @Nullable Payload pollTransmit(long now) {
    return output.poll();
  }

  @Override
  public long nextDeadline() {
    long deadline = delimiter.deadline();
    for (Partial each : partial.values()) {
      deadline = Math.min(deadline, each.until);
    }
    return deadline;
  }

  @Override
  public void onDeadline(long now) {
    delimiter.expire(now);
    forgetLate(now);
  }

  private void forgetLate(long now) {
    if (!partial.isEmpty()) {
      partial.values().removeIf(each -> now >= each.until);
    }
  }

  /** A server's side is up from now on; a client's side waits for servers. */
  @Override
  public void open(long now) {
    Own self = own;
    if (self != null && !up) {
      up = true;
      events.add(new LinkEvent.Up(self.address()));
    }
  }

  /** Nobody is told: there is no connection. What waits to be sent still goes. */
  @Override
  public void close(long now) {
    end(DownReason.CLOSED);
  }

  @Override
  public void lineLost(long now) {
    output.clear();
    end(DownReason.LINE_LOST);
  }

  private void end(DownReason reason) {
    Own self = own;
    if (self != null && up) {
      up = false;
      events.add(new LinkEvent.Down(self.address(), reason));
    }
    partial.clear();
    servers.clear();
    delimiter.reset();
  }
}
