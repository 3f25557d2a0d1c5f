package io.dlms4j.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.dlms4j.link.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Runs a line on a channel of its own: TCP, or UDP with one peer. */
@SuppressWarnings("FutureReturnValueIgnored") // How writing and closing end, channelInactive tells.
final class LineHandler extends ChannelInboundHandlerAdapter implements LineRun.Outlet {
  private static final Logger LOGGER = System.getLogger(LineHandler.class.getName());

  /** Octets that the link is given at once, where they have to be copied for it. */
  private static final int PIECE = 4096;

  private final Channel channel;
  private final LineRun line;

  /** How long the peer may take nothing while much waits for it; 0 for ever. */
  private final long slowReaderNanos;

  private @Nullable Future<?> cut;

  /** Kept, for a closed channel may know it no more. */
  private volatile @Nullable SocketAddress remoteAddress;

  /**
   * Joins a channel and what runs on it.
   *
   * @param channel the channel, not yet active
   * @param clock time in nanoseconds
   * @param closeWhenDown whether the line ends with the last connection of its link
   * @param idleTimeout how long nothing may come before the line is closed; zero for ever
   * @param recorded what is recorded of the line
   * @param attach makes link and user
   */
  LineHandler(
      Channel channel,
      LongSupplier clock,
      boolean closeWhenDown,
      Duration idleTimeout,
      RecordedLine recorded,
      Function<LineDriver, Attachment> attach) {
    this(channel, clock, closeWhenDown, idleTimeout, Duration.ZERO, recorded, attach);
  }

  /**
   * Joins a channel and what runs on it, for a peer that is not waited for for ever.
   *
   * @param slowReaderTimeout how long the peer may take nothing while much waits for it; zero for
   *     ever
   */
  LineHandler(
      Channel channel,
      LongSupplier clock,
      boolean closeWhenDown,
      Duration idleTimeout,
      Duration slowReaderTimeout,
      RecordedLine recorded,
      Function<LineDriver, Attachment> attach) {
    this.channel = channel;
    this.slowReaderNanos = slowReaderTimeout.toNanos();
    line =
        new LineRun(this, channel.eventLoop(), clock, closeWhenDown, idleTimeout, recorded, attach);
  }

  LineDriver line() {
    return line;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    remoteAddress = channel.remoteAddress();
    line.ready();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof ByteBufHolder datagram) {
        receiveWhole(datagram.content());
      } else {
        receive((ByteBuf) message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void receive(ByteBuf octets) {
    if (octets.hasArray()) {
      int offset = octets.arrayOffset() + octets.readerIndex();
      line.receive(octets.array(), offset, octets.readableBytes());
      return;
    }
    // An array of its own for each piece: a line that is idle has none.
    while (octets.isReadable()) {
      byte[] piece = new byte[Math.min(octets.readableBytes(), PIECE)];
      octets.readBytes(piece);
      line.receive(piece, 0, piece.length);
    }
  }

  private void receiveWhole(ByteBuf datagram) {
    byte[] octets = new byte[datagram.readableBytes()];
    datagram.readBytes(octets);
    line.receive(octets, 0, octets.length);
  }

  /** A peer that sends but does not read is not read from either, and not waited for for ever. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    boolean writable = channel.isWritable();
    channel.config().setAutoRead(writable);
    if (cut != null) {
      cut.cancel(false);
      cut = null;
    }
    if (!writable && slowReaderNanos > 0) {
      cut = channel.eventLoop().schedule(this::cutSlowReader, slowReaderNanos, NANOSECONDS);
    }
  }

  private void cutSlowReader() {
    LOGGER.log(Level.WARNING, "{0} does not read, and loses its line", remoteAddress());
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (cut != null) {
      cut.cancel(false);
    }
    line.lost();
  }

  /** The line below failed, by a reset for instance: it is closed, and the link is told then. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
  }

  @Override
  public void write(Payload octets) {
    channel.write(
        Unpooled.wrappedBuffer(octets.array(), octets.offset(), octets.length()),
        channel.voidPromise());
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public boolean isOverrun() {
    return !channel.isWritable() && channel.bytesBeforeWritable() > LineRun.MAX_UNSENT;
  }

  @Override
  public void close() {
    channel.close();
  }

  @Override
  public SocketAddress localAddress() {
    return channel.localAddress();
  }

  @Override
  public SocketAddress remoteAddress() {
    SocketAddress known = remoteAddress;
    return known == null ? channel.remoteAddress() : known;
  }
}
