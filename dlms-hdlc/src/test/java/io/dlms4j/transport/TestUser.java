package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A user that shows its events to the test's thread. */
final class TestUser implements LinkUser {
  final LinkedBlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();
  final ArrayDeque<Outgoing> outgoing = new ArrayDeque<>();
  private final Function<LinkEvent, @Nullable Payload> answer;

  TestUser(Function<LinkEvent, @Nullable Payload> answer) {
    this.answer = answer;
  }

  /** Greets as soon as its connection is up. */
  static TestUser greeting(Payload words) {
    return new TestUser(event -> event instanceof LinkEvent.Up ? words : null);
  }

  static TestUser silent() {
    return new TestUser(event -> null);
  }

  static TestUser echoing() {
    return new TestUser(
        event -> event instanceof LinkEvent.Received received ? received.payload() : null);
  }

  LinkEvent next() throws InterruptedException {
    LinkEvent event = events.poll(20, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }

  @Override
  public void onLinkEvent(LinkEvent event, long now) {
    Payload payload = answer.apply(event);
    if (payload != null) {
      outgoing.add(new Outgoing(event.address(), payload));
    }
    events.add(event);
  }

  @Override
  public @Nullable Outgoing pollOutgoing(long now) {
    return outgoing.poll();
  }

  @Override
  public long nextDeadline() {
    return Link.NEVER;
  }

  @Override
  public void onDeadline(long now) {}
}
