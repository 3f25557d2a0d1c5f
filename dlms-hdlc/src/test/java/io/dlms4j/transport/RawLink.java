package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** No link at all: says what it was given as soon as its line is there, and hears nothing. */
final class RawLink implements Link {
  private final ArrayDeque<Payload> output = new ArrayDeque<>();

  RawLink(List<Payload> output) {
    this.output.addAll(output);
  }

  @Override
  public void receive(byte[] octets, int offset, int length, long now) {}

  @Override
  public @Nullable LinkEvent pollEvent() {
    return null;
  }

  @Override
  public @Nullable Payload pollTransmit(long now) {
    return output.poll();
  }

  @Override
  public long nextDeadline() {
    return NEVER;
  }

  @Override
  public void onDeadline(long now) {}

  @Override
  public boolean send(LinkAddress address, Payload payload, long now) {
    return false;
  }

  @Override
  public void open(long now) {}

  @Override
  public void close(long now) {}

  @Override
  public void lineLost(long now) {}
}
