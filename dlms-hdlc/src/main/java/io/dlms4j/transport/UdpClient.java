package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkUser;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** Makes a UDP line, to one peer, for a link whose side begins. */
public final class UdpClient {
  /** No datagram is longer. */
  static final int MAX_DATAGRAM = 65_535;

  private UdpClient() {}

  /**
   * Makes a line with {@link ConnectOptions#defaults()}.
   *
   * @param loop the threads and the clock
   * @param address host, resolved or not, and port
   * @param link a link for datagrams that nothing else runs
   * @param user the layer above it, called on the line's thread
   * @return completes on the line's thread: with the line, before the link does anything; or with a
   *     {@link LineException} that says why there is none
   */
  public static CompletionStage<LineDriver> connect(
      TransportLoop loop, InetSocketAddress address, Link link, LinkUser user) {
    return connect(loop, address, ConnectOptions.defaults(), link, user);
  }

  /**
   * Makes a line, and sets the link up as soon as it is there; whether the peer is there only its
   * answers tell. The line is closed again when all connections of the link are down, and is lost
   * when the system reports that nothing listens at the peer's port. What comes from other
   * addresses is not taken.
   *
   * @param loop the threads and the clock
   * @param address host, resolved or not, and port
   * @param options recording
   * @param link a link for datagrams that nothing else runs
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
            .channel(loop.types().datagram())
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM));
    return ClientLine.connect(bootstrap, loop, address, options, true, link, user);
  }
}
