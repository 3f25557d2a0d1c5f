package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkDriver;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a link and its user on a channel, by way of {@link LinkDriver}. All of its state belongs to
 * the channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // How writing and closing end, channelInactive tells.
final class LineHandler extends ChannelInboundHandlerAdapter implements LineDriver {
  private static final int SCRATCH_LENGTH = 4096;

  private final Channel channel;
  private final LongSupplier clock;
  private final boolean closeWhenDown;
  private final Link link;
  private final LinkDriver driver;
  private final byte[] scratch = new byte[SCRATCH_LENGTH];
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** Kept, for a closed channel may know it no more. */
  private volatile @Nullable SocketAddress remoteAddress;

  private boolean unflushed;
  private boolean closing;
  private @Nullable Throwable failure;
  private long timerDeadline = Link.NEVER;
  private @Nullable Future<?> timer;

  /**
   * Joins a channel and what runs on it.
   *
   * @param channel the channel, not yet active
   * @param clock time in nanoseconds
   * @param closeWhenDown whether the line ends with the last connection of its link
   * @param attach makes link and user
   */
  LineHandler(
      Channel channel,
      LongSupplier clock,
      boolean closeWhenDown,
      Function<LineDriver, Attachment> attach) {
    this.channel = channel;
    this.clock = clock;
    this.closeWhenDown = closeWhenDown;
    Attachment attachment = attach.apply(this);
    link = attachment.link();
    driver = new LinkDriver(link, new Watch(attachment.user()), this::write);
  }

  @Override
  public void execute(Runnable task) {
    channel
        .eventLoop()
        .execute(
            () ->
                turn(
                    () -> {
                      task.run();
                      driver.run(now());
                    }));
  }

  @Override
  public void close() {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (!closing) {
                closing = true;
                turn(() -> driver.close(now()));
              }
            });
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }

  @Override
  public SocketAddress remoteAddress() {
    SocketAddress known = remoteAddress;
    return known == null ? channel.remoteAddress() : known;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    remoteAddress = channel.remoteAddress();
    turn(() -> driver.lineReady(now()));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf octets = (ByteBuf) message;
    try {
      turn(() -> receive(octets));
    } finally {
      octets.release();
    }
  }

  private void receive(ByteBuf octets) {
    if (octets.hasArray()) {
      int offset = octets.arrayOffset() + octets.readerIndex();
      driver.receive(octets.array(), offset, octets.readableBytes(), now());
      return;
    }
    while (octets.isReadable()) {
      int count = Math.min(octets.readableBytes(), scratch.length);
      octets.readBytes(scratch, 0, count);
      driver.receive(scratch, 0, count, now());
    }
  }

  /** A peer that sends but does not read is not read from either. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    channel.config().setAutoRead(channel.isWritable());
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    try {
      driver.lineLost(now());
    } catch (RuntimeException | Error e) {
      remember(e);
    }
    cancelTimer();
    if (failure == null) {
      closed.complete(null);
    } else {
      closed.completeExceptionally(
          new LineException("the user of the line failed: " + failure, failure));
    }
  }

  /** The line below failed, by a reset for instance: it is closed, and the link is told then. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
  }

  private long now() {
    return clock.getAsLong();
  }

  private void write(Payload octets) {
    unflushed = true;
    channel.write(
        Unpooled.wrappedBuffer(octets.array(), octets.offset(), octets.length()),
        channel.voidPromise());
  }

  /** One turn of the machine: whatever fails in it costs this line, and no other. */
  private void turn(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      remember(e);
      channel.close();
      return;
    }
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
    if (closing && link.nextDeadline() == Link.NEVER) {
      channel.close();
    }
    setTimer();
  }

  private void remember(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    } else if (failure != thrown) {
      failure.addSuppressed(thrown);
    }
  }

  private void setTimer() {
    long deadline = driver.nextDeadline();
    if (deadline == timerDeadline) {
      return;
    }
    cancelTimer();
    if (deadline != Link.NEVER && channel.isOpen()) {
      timerDeadline = deadline;
      timer =
          channel
              .eventLoop()
              .schedule(this::onTimer, Math.max(0, deadline - now()), TimeUnit.NANOSECONDS);
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    timerDeadline = Link.NEVER;
  }

  private void onTimer() {
    timer = null;
    timerDeadline = Link.NEVER;
    turn(() -> driver.run(now()));
  }

  /** The user, watched for the last connection going down. */
  private final class Watch implements LinkUser {
    private final LinkUser user;
    private final Set<LinkAddress> up = new HashSet<>();

    Watch(LinkUser user) {
      this.user = user;
    }

    @Override
    public void onLinkEvent(LinkEvent event, long now) {
      if (closeWhenDown) {
        if (event instanceof LinkEvent.Up) {
          up.add(event.address());
        } else if (event instanceof LinkEvent.Down) {
          up.remove(event.address());
          closing |= up.isEmpty();
        }
      }
      user.onLinkEvent(event, now);
    }

    @Override
    public @Nullable Outgoing pollOutgoing(long now) {
      return user.pollOutgoing(now);
    }

    @Override
    public void onRefused(Outgoing refused, long now) {
      user.onRefused(refused, now);
    }

    @Override
    public long nextDeadline() {
      return user.nextDeadline();
    }

    @Override
    public void onDeadline(long now) {
      user.onDeadline(now);
    }
  }
}
