package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkUser;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Makes a TCP line for a link whose side begins. */
public final class TcpClient {
  private TcpClient() {}

  /**
   * Connects, and sets the link up as soon as the line is there. The line is closed again when all
   * connections of the link are down.
   *
   * @param loop the threads and the clock
   * @param address host, resolved or not, and port
   * @param connectTimeout how long the line may take to be made; 1 ms to 1 day
   * @param link a link that nothing else runs
   * @param user the layer above it, called on the line's thread
   * @return completes on the line's thread: with the line, before the link does anything; or with a
   *     {@link LineException} that says why there is none
   * @throws IllegalArgumentException if the time-out is not within its range
   */
  public static CompletionStage<LineDriver> connect(
      TransportLoop loop,
      InetSocketAddress address,
      Duration connectTimeout,
      Link link,
      LinkUser user) {
    return connect(
        loop, address, ConnectOptions.defaults().withConnectTimeout(connectTimeout), link, user);
  }

  /**
   * Connects, and sets the link up as soon as the line is there. The line is closed again when all
   * connections of the link are down.
   *
   * @param loop the threads and the clock
   * @param address host, resolved or not, and port
   * @param options how long it may take, and recording
   * @param link a link that nothing else runs
   * @param user the layer above it, called on the line's thread
   * @return completes on the line's thread: with the line, before the link does anything; or with a
   *     {@link LineException} that says why there is none
   */
  public static CompletionStage<LineDriver> connect(
      TransportLoop loop,
      InetSocketAddress address,
      ConnectOptions options,
      Link link,
      LinkUser user) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop.group())
            .channel(loop.types().stream())
            .option(ChannelOption.TCP_NODELAY, true);
    return ClientLine.connect(bootstrap, loop, address, options, false, link, user);
  }
}
