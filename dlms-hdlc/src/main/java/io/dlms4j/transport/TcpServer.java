package io.dlms4j.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Accepts TCP lines and runs a link on each. All methods may be called on any thread.
 *
 * <p>A line stays open when the connections of its link go down, for its client may begin anew,
 * unless the link says that it has no more use for it ({@link io.dlms4j.link.Link#isFinished}).
 */
@SuppressWarnings("FutureReturnValueIgnored") // How a channel ends, its closeFuture tells.
public final class TcpServer {
  /** How many lines there may be at a time, unless said otherwise. */
  public static final int DEFAULT_MAX_CONNECTIONS = 1024;

  private static final Logger LOGGER = System.getLogger(TcpServer.class.getName());
  private static final long REFUSAL_LOG_NANOS = 1_000_000_000L;

  private final TransportLoop loop;
  private final BindOptions options;
  private final Function<LineDriver, Attachment> attach;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** Guards itself and what is below. */
  private final Set<LineDriver> lines = new HashSet<>();

  /** How many of the lines come from each address. */
  private final Map<InetAddress, Integer> byHost = new HashMap<>();

  private long refused;
  private long refusalLoggedAt;

  /** Lines there are, those whose link is just being made included. */
  private int reserved;

  private boolean closing;
  private @Nullable Channel listener;

  private TcpServer(
      TransportLoop loop, BindOptions options, Function<LineDriver, Attachment> attach) {
    this.loop = loop;
    this.options = options;
    this.attach = attach;
  }

  /**
   * Listens, with room for {@link #DEFAULT_MAX_CONNECTIONS} lines.
   *
   * @param loop the threads and the clock
   * @param address where to listen; port 0 for any
   * @param attach makes link and user of a new line, on the line's thread; if it throws, that line
   *     is closed
   * @return completes on a thread of the loop: with the server, or with a {@link LineException}
   *     that says why there is none
   */
  public static CompletionStage<TcpServer> bind(
      TransportLoop loop, InetSocketAddress address, Function<LineDriver, Attachment> attach) {
    return bind(loop, address, DEFAULT_MAX_CONNECTIONS, attach);
  }

  /**
   * Listens.
   *
   * @param loop the threads and the clock
   * @param address where to listen; port 0 for any
   * @param maxConnections how many lines there may be at a time; a further one is closed at once
   * @param attach makes link and user of a new line, on the line's thread; if it throws, that line
   *     is closed
   * @return completes on a thread of the loop: with the server, or with a {@link LineException}
   *     that says why there is none
   * @throws IllegalArgumentException if there is to be room for no line
   */
  public static CompletionStage<TcpServer> bind(
      TransportLoop loop,
      InetSocketAddress address,
      int maxConnections,
      Function<LineDriver, Attachment> attach) {
    return bind(loop, address, BindOptions.defaults().withMaxLines(maxConnections), attach);
  }

  /**
   * Listens.
   *
   * @param loop the threads and the clock
   * @param address where to listen; port 0 for any
   * @param options limits and recording; a line beyond their number is closed at once
   * @param attach makes link and user of a new line, on the line's thread; if it throws, that line
   *     is closed
   * @return completes on a thread of the loop: with the server, or with a {@link LineException}
   *     that says why there is none
   */
  public static CompletionStage<TcpServer> bind(
      TransportLoop loop,
      InetSocketAddress address,
      BindOptions options,
      Function<LineDriver, Attachment> attach) {
    return new TcpServer(loop, options, attach).listen(address);
  }

  private CompletionStage<TcpServer> listen(InetSocketAddress address) {
    if (loop.isClosed()) {
      return CompletableFuture.failedStage(
          new LineException(
              "cannot listen on " + Hosts.name(address) + ": the transport loop is closed", null));
    }
    ChannelInitializer<Channel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            accept(channel);
          }
        };
    CompletableFuture<TcpServer> server = new CompletableFuture<>();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop.group())
            .channel(loop.types().listener())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(initializer)
            .bind(address);
    listener = bound.channel();
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

  private void accept(Channel channel) {
    InetAddress host = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    if (!reserve(host)) {
      channel.close();
      return;
    }
    channel.closeFuture().addListener(done -> release(host));
    LineHandler handler =
        new LineHandler(
            channel,
            loop.clock(),
            false,
            options.idleTimeout(),
            options.slowReaderTimeout(),
            new RecordedLine(options.recording(), false, false),
            attach);
    channel.pipeline().addLast(handler);
    LineDriver line = handler.line();
    synchronized (lines) {
      lines.add(line);
      if (closing) {
        line.close();
      }
    }
    channel.closeFuture().addListener(done -> remove(line));
  }

  private boolean reserve(InetAddress host) {
    synchronized (lines) {
      int ofHost = byHost.getOrDefault(host, 0);
      if (closing) {
        return false;
      }
      if (reserved >= options.maxLines() || ofHost >= options.maxLinesPerHost()) {
        logRefusal(host, ofHost);
        return false;
      }
      reserved++;
      byHost.put(host, ofHost + 1);
      return true;
    }
  }

  /** At most once a second: who is refused may come again at once, and must not fill the log. */
  private void logRefusal(InetAddress host, int ofHost) {
    refused++;
    long now = loop.clock().getAsLong();
    if (refused == 1 || now - refusalLoggedAt >= REFUSAL_LOG_NANOS) {
      refusalLoggedAt = now;
      LOGGER.log(
          Level.WARNING,
          "a line from {0} is refused, the {1}th so far: there are {2}, and {3} from there",
          host.getHostAddress(),
          refused,
          reserved,
          ofHost);
    }
  }

  private void release(InetAddress host) {
    synchronized (lines) {
      reserved--;
      byHost.computeIfPresent(host, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  private void remove(LineDriver line) {
    synchronized (lines) {
      lines.remove(line);
    }
  }

  /**
   * Where the server listens.
   *
   * @return address and port, the port that was found if any was asked for
   */
  public InetSocketAddress localAddress() {
    return (InetSocketAddress) listener().localAddress();
  }

  /** Accepts no more lines; those there are go on. To stop again does nothing. */
  public void stopListening() {
    if (!loop.isClosed()) {
      listener().close();
    }
  }

  /**
   * Accepts no more lines, and closes those there are in an orderly way. Closing again does
   * nothing. A client that connects in the same instant may find a line that is cut at once.
   *
   * @return completes when all of that is done
   */
  public CompletionStage<Void> close() {
    if (loop.isClosed()) {
      // It has taken everything that ran on it along.
      closed.complete(null);
      return closed.minimalCompletionStage();
    }
    CompletableFuture<?>[] ends;
    synchronized (lines) {
      if (closing) {
        return closed.minimalCompletionStage();
      }
      closing = true;
      ends =
          lines.stream()
              .map(line -> line.closed().handle((nothing, failure) -> null).toCompletableFuture())
              .toArray(CompletableFuture<?>[]::new);
      lines.forEach(LineDriver::close);
    }
    listener()
        .close()
        .addListener(done -> CompletableFuture.allOf(ends).thenRun(() -> closed.complete(null)));
    return closed.minimalCompletionStage();
  }

  private Channel listener() {
    return Objects.requireNonNull(listener);
  }
}
