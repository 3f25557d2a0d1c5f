package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes UDP datagrams, and runs a link for every remote address that they come from. All methods
 * may be called on any thread; all lines run on one thread of the loop.
 *
 * <p>A line begins with the first datagram of its remote address. It ends when all connections of
 * its link have gone down, when its link has no more use for it, or when nothing has come for the
 * idle time-out; the next datagram begins a new one. While there are as many lines as there may be,
 * the first datagram of a further address ends the oldest line that never had a connection up, if
 * there is one, and is dropped otherwise: who sends noise keeps nobody out.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A datagram that cannot be sent is a lost one.
public final class UdpServer {
  /** How long a line may be idle, unless said otherwise. */
  public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(3);

  private static final Logger LOGGER = System.getLogger(UdpServer.class.getName());

  private final TransportLoop loop;
  private final BindOptions options;
  private final Function<LineDriver, Attachment> attach;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** By remote address. Belongs to the channel's thread, as all of a line does. */
  private final Map<InetSocketAddress, Line> lines = new HashMap<>();

  /** Lines that never had a connection up, the oldest first. */
  private final Set<Line> unproven = new LinkedHashSet<>();

  private boolean closing;
  private @Nullable Channel channel;

  private UdpServer(
      TransportLoop loop, BindOptions options, Function<LineDriver, Attachment> attach) {
    this.loop = loop;
    this.options = options;
    this.attach = attach;
  }

  /**
   * Listens, with room for 1024 lines and {@link #DEFAULT_IDLE_TIMEOUT}.
   *
   * @param loop the threads and the clock
   * @param address where to listen; port 0 for any
   * @param attach makes link and user of a new line, on the line's thread; if it throws, the line
   *     is not there, and the failure is logged
   * @return completes on a thread of the loop: with the server, or with a {@link LineException}
   *     that says why there is none
   */
  public static CompletionStage<UdpServer> bind(
      TransportLoop loop, InetSocketAddress address, Function<LineDriver, Attachment> attach) {
    return bind(
        loop, address, BindOptions.defaults().withIdleTimeout(DEFAULT_IDLE_TIMEOUT), attach);
  }

  /**
   * Listens.
   *
   * @param loop the threads and the clock
   * @param address where to listen; port 0 for any
   * @param options limits and recording; the idle time-out must not be zero, for nothing else tells
   *     that a remote address is gone
   * @param attach makes link and user of a new line, on the line's thread; if it throws, the line
   *     is not there, and the failure is logged
   * @return completes on a thread of the loop: with the server, or with a {@link LineException}
   *     that says why there is none
   * @throws IllegalArgumentException if the idle time-out is zero
   */
  public static CompletionStage<UdpServer> bind(
      TransportLoop loop,
      InetSocketAddress address,
      BindOptions options,
      Function<LineDriver, Attachment> attach) {
    if (options.idleTimeout().isZero()) {
      throw new IllegalArgumentException("lines of datagrams need an idle time-out");
    }
    return new UdpServer(loop, options, attach).listen(address);
  }

  private CompletionStage<UdpServer> listen(InetSocketAddress address) {
    if (loop.isClosed()) {
      return CompletableFuture.failedStage(
          new LineException(
              "cannot listen on " + Hosts.name(address) + ": the transport loop is closed", null));
    }
    CompletableFuture<UdpServer> server = new CompletableFuture<>();
    ChannelFuture bound =
        new Bootstrap()
            .group(loop.group())
            .channel(loop.types().datagram())
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(UdpClient.MAX_DATAGRAM))
            .handler(new Receiver())
            .bind(address);
    channel = bound.channel();
    bound.addListener(
        done -> {
          if (done.isSuccess()) {
            server.complete(this);
          } else {
            server.completeExceptionally(
                new LineException(
                    "cannot listen on " + Hosts.name(address) + ": " + done.cause().getMessage(),
                    done.cause()));
          }
        });
    return server.minimalCompletionStage();
  }

  /**
   * Where the server listens.
   *
   * @return address and port, the port that was found if any was asked for
   */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) channel().localAddress();
  }

  /**
   * Begins no more lines, and closes those there are in an orderly way. Closing again does nothing.
   *
   * @return completes when all of that is done
   */
  public CompletionStage<Void> close() {
    if (loop.isClosed()) {
      // It has taken everything that ran on it along.
      closed.complete(null);
      return closed.minimalCompletionStage();
    }
    channel().eventLoop().execute(this::closeLines);
    return closed.minimalCompletionStage();
  }

  private void closeLines() {
    if (closing) {
      return;
    }
    closing = true;
    CompletableFuture<?>[] ends =
        lines.values().stream()
            .map(line -> line.run().closed().handle((nothing, failure) -> null))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new);
    List.copyOf(lines.values()).forEach(line -> line.run().close());
    CompletableFuture.allOf(ends)
        .thenRun(() -> channel().close().addListener(done -> closed.complete(null)));
  }

  private Channel channel() {
    return Objects.requireNonNull(channel);
  }

  private void receive(InetSocketAddress sender, ByteBuf octets) {
    Line line = lines.get(sender);
    if (line == null) {
      line = begin(sender);
      if (line == null) {
        return;
      }
    }
    byte[] datagram = new byte[octets.readableBytes()];
    octets.readBytes(datagram);
    line.run().receive(datagram, 0, datagram.length);
    if (line.run().wasUp()) {
      unproven.remove(line);
    }
  }

  private @Nullable Line begin(InetSocketAddress sender) {
    if (closing || !makeRoom()) {
      return null;
    }
    Line line;
    try {
      line = new Line(sender);
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.WARNING, "nothing could be made for the line of " + sender, e);
      return null;
    }
    lines.put(sender, line);
    unproven.add(line);
    line.run().ready();
    return line;
  }

  private boolean makeRoom() {
    if (lines.size() < options.maxLines()) {
      return true;
    }
    for (Line oldest : unproven) {
      oldest.close();
      return true;
    }
    return false;
  }

  /** What comes to the socket. */
  private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      receive(datagram.sender(), datagram.content());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      closing = true;
      List.copyOf(lines.values()).forEach(Line::close);
      closed.complete(null);
    }

    /** A datagram that could not be read is a lost one; the others are still to come. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}
  }

  /** The line of one remote address. */
  private final class Line implements LineRun.Outlet {
    private final InetSocketAddress remote;
    private final LineRun run;

    Line(InetSocketAddress remote) {
      this.remote = remote;
      run =
          new LineRun(
              this,
              channel().eventLoop(),
              loop.clock(),
              true,
              options.idleTimeout(),
              new RecordedLine(options.recording(), false, true),
              attach);
    }

    LineRun run() {
      return run;
    }

    /** A socket that cannot follow loses datagrams rather than keep them. */
    @Override
    public void write(Payload octets) {
      if (channel().isWritable()) {
        ByteBuf content = Unpooled.wrappedBuffer(octets.array(), octets.offset(), octets.length());
        channel().write(new DatagramPacket(content, remote));
      }
    }

    @Override
    public void flush() {
      channel().flush();
    }

    @Override
    public boolean isOverrun() {
      return false;
    }

    @Override
    public void close() {
      lines.remove(remote, this);
      unproven.remove(this);
      run.lost();
    }

    @Override
    public SocketAddress localAddress() {
      return channel().localAddress();
    }

    @Override
    public SocketAddress remoteAddress() {
      return remote;
    }
  }
}
