package io.dlms4j.server;

import io.dlms4j.axdr.Octets;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A link of a server that is broken: what comes and goes is changed, in hexadecimal, between the
 * link and the association.
 */
class BrokenLink implements Link {
  /** Answered without the association. */
  @Nullable String instead;

  private final Link link;
  private @Nullable LinkAddress client;

  BrokenLink(Link link) {
    this.link = link;
  }

  /** What the association gets instead; null for nothing. */
  @Nullable String in(String apdu) {
    return apdu;
  }

  /** What the client gets instead; null for nothing. */
  @Nullable String out(String apdu) {
    return apdu;
  }

  @Nullable LinkEvent event(LinkEvent event) {
    if (!(event instanceof LinkEvent.Received received)) {
      return event;
    }
    client = received.address();
    Payload payload = received.payload();
    String apdu = in(Octets.copyOf(payload.toByteArray()).toHex());
    return apdu == null
        ? null
        : new LinkEvent.Received(received.address(), Payload.of(Octets.ofHex(apdu).toByteArray()));
  }

  @Override
  public @Nullable LinkEvent pollEvent() {
    for (LinkEvent event = link.pollEvent(); event != null; event = link.pollEvent()) {
      LinkEvent mended = event(event);
      if (mended != null) {
        return mended;
      }
    }
    return null;
  }

  @Override
  public boolean send(LinkAddress address, Payload payload, long now) {
    String apdu = out(Octets.copyOf(payload.toByteArray()).toHex());
    return apdu == null || link.send(address, Payload.of(Octets.ofHex(apdu).toByteArray()), now);
  }

  @Override
  public @Nullable Payload pollTransmit(long now) {
    if (instead != null && client != null) {
      link.send(client, Payload.of(Octets.ofHex(instead).toByteArray()), now);
      instead = null;
    }
    return link.pollTransmit(now);
  }

  @Override
  public void receive(byte[] octets, int offset, int length, long now) {
    link.receive(octets, offset, length, now);
  }

  @Override
  public long nextDeadline() {
    return link.nextDeadline();
  }

  @Override
  public void onDeadline(long now) {
    link.onDeadline(now);
  }

  @Override
  public void setReady(LinkAddress address, boolean ready, long now) {
    link.setReady(address, ready, now);
  }

  @Override
  public void transmitted(long now) {
    link.transmitted(now);
  }

  @Override
  public boolean isFinished() {
    return link.isFinished();
  }

  @Override
  public void open(long now) {
    link.open(now);
  }

  @Override
  public void close(long now) {
    link.close(now);
  }

  @Override
  public void lineLost(long now) {
    link.lineLost(now);
  }
}
