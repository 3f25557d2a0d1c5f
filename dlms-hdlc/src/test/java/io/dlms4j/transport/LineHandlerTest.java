package io.dlms4j.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The channel handler alone, on a channel without a line and a clock that the test moves. */
class LineHandlerTest {
  /** A link that keeps what it is told and does what the test wants. */
  private static final class FakeLink implements Link {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ArrayDeque<Payload> transmit = new ArrayDeque<>();
    private final ArrayDeque<LinkEvent> events = new ArrayDeque<>();
    private final List<Long> woken = new ArrayList<>();
    private long deadline = NEVER;
    private boolean closed;

    @Override
    public void receive(byte[] octets, int offset, int length, long now) {
      received.write(octets, offset, length);
    }

    @Override
    public @Nullable LinkEvent pollEvent() {
      return events.poll();
    }

    @Override
    public @Nullable Payload pollTransmit(long now) {
      return transmit.poll();
    }

    @Override
    public long nextDeadline() {
      return deadline;
    }

    @Override
    public void onDeadline(long now) {
      woken.add(now);
      deadline = NEVER;
    }

    @Override
    public boolean send(LinkAddress address, Payload payload, long now) {
      return false;
    }

    @Override
    public void open(long now) {}

    @Override
    public void close(long now) {
      closed = true;
    }

    @Override
    public void lineLost(long now) {}
  }

  private static final class NoUser implements LinkUser {
    @Override
    public void onLinkEvent(LinkEvent event, long now) {}

    @Override
    public @Nullable Outgoing pollOutgoing(long now) {
      return null;
    }

    @Override
    public long nextDeadline() {
      return Link.NEVER;
    }

    @Override
    public void onDeadline(long now) {}
  }

  private static final Duration SLOW_READER = Duration.ofHours(1);

  private final FakeLink link = new FakeLink();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private long now = 1000;
  private final LineHandler handler =
      new LineHandler(
          channel,
          () -> now,
          true,
          Duration.ZERO,
          SLOW_READER,
          new RecordedLine(null, true, false),
          driver -> new Attachment(link, new NoUser()));

  private final LineDriver line = handler.line();

  LineHandlerTest() {
    channel.freezeTime();
    channel.pipeline().addLast(handler);
  }

  private void advance(long nanos) {
    now += nanos;
    channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  private void run(Runnable task) {
    line.execute(task);
    channel.runPendingTasks();
  }

  @Test
  void theDeadlineOfTheLinkIsKeptAlsoWhenItMoves() {
    run(() -> link.deadline = 1500);
    advance(499);
    assertEquals(List.of(), link.woken);
    run(() -> link.deadline = 1800);
    advance(1);
    assertEquals(List.of(), link.woken);
    run(() -> link.deadline = 1700);
    advance(200);
    assertEquals(List.of(1700L), link.woken);
    run(() -> link.deadline = 1900);
    run(() -> link.deadline = Link.NEVER);
    advance(1000);
    assertEquals(List.of(1700L), link.woken);
  }

  @Test
  void octetsOfAnyLengthReachTheLinkAndTheBufferIsReleased() {
    byte[] octets = new byte[10_000];
    octets[0] = 1;
    octets[9_999] = 2;
    for (ByteBuf buffer :
        List.of(Unpooled.copiedBuffer(octets), Unpooled.directBuffer().writeBytes(octets))) {
      link.received.reset();
      channel.writeInbound(buffer);
      assertEquals(Payload.of(octets), Payload.of(link.received.toByteArray()));
      assertEquals(0, buffer.refCnt());
    }
  }

  @Test
  void whatTheLinkSendsIsFlushedOnceATurn() {
    run(
        () -> {
          link.transmit.add(Payload.of(new byte[] {1, 2, 3, 4}, 1, 2));
          link.transmit.add(Payload.of(new byte[] {5}));
        });
    ByteBuf first = channel.readOutbound();
    ByteBuf second = channel.readOutbound();
    assertEquals(Unpooled.wrappedBuffer(new byte[] {2, 3}), first);
    assertEquals(Unpooled.wrappedBuffer(new byte[] {5}), second);
    assertNull(channel.readOutbound());
  }

  @Test
  void aPeerThatDoesNotReadForTooLongLosesItsLine() {
    long patience = SLOW_READER.toNanos();
    setWritable(false);
    advance(patience - 1);
    assertTrue(channel.isOpen());
    // It reads again, and then begins anew not to.
    setWritable(true);
    advance(patience);
    setWritable(false);
    advance(patience - 1);
    assertTrue(channel.isOpen());
    advance(1);
    assertFalse(channel.isOpen());
  }

  @Test
  void aPeerThatDoesNotReadIsNotReadFrom() {
    assertTrue(channel.config().isAutoRead());
    setWritable(false);
    assertFalse(channel.config().isAutoRead());
    setWritable(true);
    assertTrue(channel.config().isAutoRead());
  }

  private void setWritable(boolean writable) {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    channel.runPendingTasks();
  }

  @Test
  void closingWaitsForTheLinkToComeToRest() {
    run(() -> link.deadline = 1500);
    line.close();
    channel.runPendingTasks();
    assertTrue(link.closed);
    assertTrue(channel.isOpen());
    advance(500);
    assertFalse(channel.isOpen());
    assertTrue(line.closed().toCompletableFuture().isDone());
  }

  @Test
  void theLineStaysAsLongAsAConnectionIsUp() {
    LinkAddress one = new LinkAddress(16, 1);
    LinkAddress two = new LinkAddress(18, 1);
    run(() -> link.events.addAll(List.of(new LinkEvent.Up(one), new LinkEvent.Up(two))));
    run(() -> link.events.add(new LinkEvent.Down(one, LinkEvent.DownReason.CLOSED)));
    assertTrue(channel.isOpen());
    run(() -> link.events.add(new LinkEvent.Down(two, LinkEvent.DownReason.CLOSED)));
    assertFalse(channel.isOpen());
  }

  @Test
  void aTaskThatThrowsClosesTheLine() {
    run(
        () -> {
          throw new IllegalStateException("mine");
        });
    assertFalse(channel.isOpen());
    assertTrue(line.closed().toCompletableFuture().isCompletedExceptionally());
  }
}
