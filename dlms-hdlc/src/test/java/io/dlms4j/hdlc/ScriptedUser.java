package io.dlms4j.hdlc;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A layer above a link that keeps what it is told and sends what it is given. */
final class ScriptedUser implements LinkUser {
  private record Timed(long time, Outgoing outgoing) {}

  private final List<LinkEvent> events = new ArrayList<>();
  private final List<Outgoing> refused = new ArrayList<>();
  private final ArrayDeque<Timed> outgoing = new ArrayDeque<>();
  private Function<LinkEvent.Received, @Nullable Payload> answer = received -> null;
  private Function<LinkEvent.Received, Long> thinking = received -> 0L;

  /** Answers every payload with another, after some time; null for no answer. */
  ScriptedUser answering(
      Function<LinkEvent.Received, @Nullable Payload> with,
      Function<LinkEvent.Received, Long> after) {
    answer = with;
    thinking = after;
    return this;
  }

  ScriptedUser answering(Function<LinkEvent.Received, @Nullable Payload> with) {
    return answering(with, received -> 0L);
  }

  void send(LinkAddress address, Payload payload) {
    outgoing.add(new Timed(Long.MIN_VALUE, new Outgoing(address, payload)));
  }

  List<LinkEvent> events() {
    return events;
  }

  List<Outgoing> refused() {
    return refused;
  }

  List<Payload> received() {
    return events.stream()
        .filter(LinkEvent.Received.class::isInstance)
        .map(event -> ((LinkEvent.Received) event).payload())
        .toList();
  }

  /** The reason of the last event, if it is that a connection went down. */
  LinkEvent.@Nullable DownReason down() {
    return !events.isEmpty() && events.get(events.size() - 1) instanceof LinkEvent.Down down
        ? down.reason()
        : null;
  }

  @Override
  public void onLinkEvent(LinkEvent event, long now) {
    events.add(event);
    if (event instanceof LinkEvent.Received received) {
      Payload payload = answer.apply(received);
      if (payload != null) {
        outgoing.add(
            new Timed(now + thinking.apply(received), new Outgoing(received.address(), payload)));
      }
    }
  }

  @Override
  public @Nullable Outgoing pollOutgoing(long now) {
    Timed next = outgoing.peek();
    if (next == null || now < next.time()) {
      return null;
    }
    outgoing.remove();
    return next.outgoing();
  }

  @Override
  public void onRefused(Outgoing payload, long now) {
    refused.add(payload);
  }

  @Override
  public long nextDeadline() {
    Timed next = outgoing.peek();
    return next == null ? Link.NEVER : next.time();
  }

  @Override
  public void onDeadline(long now) {}
}
