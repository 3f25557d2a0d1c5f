package io.dlms4j.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The channels of one of Netty's transports, which have to fit the threads that they run on.
 *
 * @param handlers what a thread needs for them
 * @param stream a TCP line
 * @param listener what accepts TCP lines
 * @param datagram a UDP socket
 */
record ChannelTypes(
    IoHandlerFactory handlers,
    Class<? extends SocketChannel> stream,
    Class<? extends ServerSocketChannel> listener,
    Class<? extends DatagramChannel> datagram) {

  /** The best there is: io_uring, epoll, NIO. */
  static ChannelTypes best() {
    return ifPresent(Uring::ifAvailable)
        .or(() -> ifPresent(NativeEpoll::ifAvailable))
        .orElseGet(ChannelTypes::nio);
  }

  /** What fits the threads of a group. */
  static ChannelTypes of(EventLoopGroup group) {
    return ifPresent(() -> Uring.ifFitting(group))
        .or(() -> ifPresent(() -> NativeEpoll.ifFitting(group)))
        .orElseGet(ChannelTypes::nio);
  }

  static ChannelTypes nio() {
    return new ChannelTypes(
        NioIoHandler.newFactory(),
        NioSocketChannel.class,
        NioServerSocketChannel.class,
        NioDatagramChannel.class);
  }

  /**
   * The native transports are optional: where classes are missing or do not fit, they are not
   * there.
   */
  private static Optional<ChannelTypes> ifPresent(Supplier<Optional<ChannelTypes>> transport) {
    try {
      return transport.get();
    } catch (LinkageError absent) {
      return Optional.empty();
    }
  }

  /** The only class that touches the classes of epoll. */
  private static final class NativeEpoll {
    static Optional<ChannelTypes> ifAvailable() {
      return Epoll.isAvailable() ? Optional.of(types()) : Optional.empty();
    }

    static Optional<ChannelTypes> ifFitting(EventLoopGroup group) {
      return group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class)
          ? Optional.of(types())
          : Optional.empty();
    }

    private static ChannelTypes types() {
      return new ChannelTypes(
          EpollIoHandler.newFactory(),
          EpollSocketChannel.class,
          EpollServerSocketChannel.class,
          EpollDatagramChannel.class);
    }
  }

  /** The only class that touches the classes of io_uring. */
  private static final class Uring {
    static Optional<ChannelTypes> ifAvailable() {
      return IoUring.isAvailable() ? Optional.of(types()) : Optional.empty();
    }

    static Optional<ChannelTypes> ifFitting(EventLoopGroup group) {
      return group instanceof IoEventLoopGroup io && io.isIoType(IoUringIoHandler.class)
          ? Optional.of(types())
          : Optional.empty();
    }

    private static ChannelTypes types() {
      return new ChannelTypes(
          IoUringIoHandler.newFactory(),
          IoUringSocketChannel.class,
          IoUringServerSocketChannel.class,
          IoUringDatagramChannel.class);
    }
  }
}
