package io.dlms4j.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Bare Netty: a server that answers so many octets with so many others, and its client. */
@SuppressWarnings("FutureReturnValueIgnored") // A floor that fails is seen by its figures.
final class Echo {
  private Echo() {}

  /** Counts octets and calls back when there are enough; of one connection. */
  private static final class Counter extends SimpleChannelInboundHandler<ByteBuf> {
    private final int enough;
    private final Runnable whenEnough;
    private int count;

    Counter(int enough, Runnable whenEnough) {
      this.enough = enough;
      this.whenEnough = whenEnough;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf octets) {
      count += octets.readableBytes();
      while (count >= enough) {
        count -= enough;
        whenEnough.run();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** Octets of their own for each message, as a program makes them that encodes something. */
  static void send(Channel channel, int octets) {
    channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[octets]), channel.voidPromise());
  }

  /** Listens on the loopback interface. */
  static Channel serve(EventLoopGroup group, Exchange exchange) throws InterruptedException {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new Counter(exchange.request(), () -> send(channel, exchange.answer())));
              }
            })
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .sync()
        .channel();
  }

  /** Connects; every answer is told on the connection's thread. */
  static ChannelFuture connect(
      EventLoopGroup group, int port, Exchange exchange, Runnable whenAnswered) {
    return new Bootstrap()
        .group(group)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Counter(exchange.answer(), whenAnswered));
              }
            })
        .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }
}
