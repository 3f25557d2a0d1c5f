package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkUser;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes the line of a client, of either kind of channel. */
final class ClientLine {
  private ClientLine() {}

  static CompletionStage<LineDriver> connect(
      Bootstrap bootstrap,
      TransportLoop loop,
      InetSocketAddress address,
      ConnectOptions options,
      boolean datagrams,
      Link link,
      LinkUser user) {
    if (loop.isClosed()) {
      return CompletableFuture.failedStage(
          new LineException(
              "cannot connect to " + Hosts.name(address) + ": the transport loop is closed", null));
    }
    CompletableFuture<LineDriver> line = new CompletableFuture<>();
    ChannelInitializer<Channel> initializer =
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            LineHandler handler =
                new LineHandler(
                    channel,
                    loop.clock(),
                    true,
                    Duration.ZERO,
                    new RecordedLine(options.recording(), true, datagrams),
                    driver -> new Attachment(link, user));
            channel.pipeline().addLast(new Announcer(line, handler.line()), handler);
          }
        };
    int timeout = (int) options.connectTimeout().toMillis();
    bootstrap
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout)
        .handler(initializer)
        .connect(address)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                line.completeExceptionally(failure(address, timeout, done.cause()));
              }
            });
    return line.minimalCompletionStage();
  }

  /**
   * Hands the line over before its link does anything: when the future of the connection is told,
   * the line may have come and gone.
   */
  private static final class Announcer extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<LineDriver> announced;
    private final LineDriver line;

    Announcer(CompletableFuture<LineDriver> announced, LineDriver line) {
      this.announced = announced;
      this.line = line;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      announced.complete(line);
      context.fireChannelActive();
    }
  }

  private static LineException failure(InetSocketAddress address, int timeout, Throwable cause) {
    String reason;
    if (cause instanceof ConnectTimeoutException) {
      reason = "no answer within " + timeout + " ms";
    } else if (cause instanceof UnknownHostException) {
      reason = "there is no such host";
    } else {
      reason = String.valueOf(cause.getMessage());
    }
    return new LineException("cannot connect to " + Hosts.name(address) + ": " + reason, cause);
  }
}
