package io.dlms4j.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between client and server on TCP, and loses, holds back or cuts what goes through it. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here is a fault of the line, as wanted.
final class FaultyProxy implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final InetSocketAddress server;
  private final Channel listening;

  /** Octets, both ways together, that still go through; then the lines are cut. */
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

  private volatile Answers answers = Answers.GO;

  /** Of the proxy's thread. */
  private final Deque<Runnable> held = new ArrayDeque<>();

  /** What becomes of what the server says. */
  enum Answers {
    GO,
    LOST,
    HELD
  }

  FaultyProxy(InetSocketAddress server) {
    this.server = server;
    this.listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    join(client);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** Where clients connect. */
  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Cuts the lines when so many octets more have gone through. */
  void cutAfter(long octets) {
    left.set(octets);
  }

  /** Says what becomes of answers from now on; those that were held go when they may. */
  void answers(Answers become) {
    answers = become;
    if (become == Answers.GO) {
      group.execute(
          () -> {
            for (Runnable each = held.poll(); each != null; each = held.poll()) {
              each.run();
            }
          });
    }
  }

  private void join(Channel client) {
    new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .handler(new Passing(client, true))
        .connect(server)
        .addListener(
            (ChannelFutureListener)
                made -> {
                  if (made.isSuccess()) {
                    client.pipeline().addLast(new Passing(made.channel(), false));
                    client.config().setAutoRead(true);
                  } else {
                    client.close();
                  }
                });
  }

  /** Passes on what comes from one side. */
  private final class Passing extends ChannelInboundHandlerAdapter {
    private final Channel to;
    private final boolean fromServer;

    Passing(Channel to, boolean fromServer) {
      this.to = to;
      this.fromServer = fromServer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf octets = (ByteBuf) message;
      Answers become = fromServer ? answers : Answers.GO;
      if (become == Answers.LOST) {
        ReferenceCountUtil.release(octets);
      } else if (become == Answers.HELD) {
        held.add(() -> to.writeAndFlush(octets));
      } else {
        pass(context.channel(), octets);
      }
    }

    private void pass(Channel from, ByteBuf octets) {
      int length = octets.readableBytes();
      long over = length - left.getAndUpdate(before -> Math.max(0, before - length));
      if (over < 0) {
        to.writeAndFlush(octets);
        return;
      }
      ByteBuf rest = octets.writerIndex(octets.writerIndex() - (int) over);
      to.writeAndFlush(rest).addListener(ChannelFutureListener.CLOSE);
      from.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      to.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
