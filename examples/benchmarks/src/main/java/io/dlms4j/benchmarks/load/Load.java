package io.dlms4j.benchmarks.load;

import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.DlmsClient;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.transport.TransportLoop;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Reads a register over the loopback interface: one after the other on one connection, and on many
 * connections at once. Beside each stands its floor, which carries as many octets: a blocking
 * socket with a thread at either end, and bare Netty.
 *
 * <pre>Load [seconds [connections]]</pre>
 */
public final class Load {
  private static final int WARM_UP_SECONDS = 3;

  private final int seconds;
  private final int connections;

  private Load(int seconds, int connections) {
    this.seconds = seconds;
    this.connections = connections;
  }

  /**
   * Measures, and prints.
   *
   * @param args seconds of each measurement, 5 without; connections at once, 100 without
   * @throws Exception if a line fails
   */
  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    int connections = args.length > 1 ? Integer.parseInt(args[1]) : 100;
    Load load = new Load(seconds, connections);
    System.out.println(Figures.load());
    for (boolean hdlc : new boolean[] {false, true}) {
      Meter meter = new Meter(hdlc);
      Exchange exchange = Exchange.of(meter);
      System.out.println();
      System.out.println(
          meter + ": " + exchange.request() + " octets asked, " + exchange.answer() + " answered");
      load.sequential(meter, exchange);
      load.atOnce(meter, exchange);
    }
    System.out.println();
    System.out.println(Figures.load());
  }

  /** One step of a sequence. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private Figures repeat(String name, Step step) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS);
    while (System.nanoTime() < end) {
      step.run();
    }
    Histogram latency = Figures.histogram();
    long begin = System.nanoTime();
    end = begin + TimeUnit.SECONDS.toNanos(seconds);
    long last = begin;
    while (last < end) {
      step.run();
      long now = System.nanoTime();
      latency.recordValue(Math.min(Figures.LONGEST, now - last));
      last = now;
    }
    return new Figures(name, latency.getTotalCount() * 1e9 / (last - begin), latency);
  }

  // One connection, one reading after the other.

  private void sequential(Meter meter, Exchange exchange) throws Exception {
    Figures floor = blockingFloor(exchange);
    System.out.println(floor);
    compare(blockingClientOfNetty(exchange), floor);
    try (TransportLoop loop = TransportLoop.create(1);
        DlmsServer server = meter.serve(loop, connections)) {
      int port = server.addresses().get(0).getPort();
      try (BlockingDlmsClient client = meter.client(port).connect().blocking()) {
        compare(repeat("one connection, sequential, line's thread", () -> read(client)), floor);
      }
      try (BlockingDlmsClient client = meter.socketClient(port).connect().blocking()) {
        compare(repeat("one connection, sequential, caller's thread", () -> read(client)), floor);
      }
    }
  }

  private static void read(BlockingDlmsClient client) {
    client.get(Meter.ENERGY);
  }

  private static void compare(Figures measured, Figures floor) {
    System.out.println(measured);
    System.out.printf(
        Locale.ROOT,
        "%-44s latency %.2f x, throughput %.2f x the floor%n",
        "",
        measured.mean() / floor.mean(),
        measured.perSecond() / floor.perSecond());
  }

  private Figures blockingFloor(Exchange exchange) throws Exception {
    try (BlockingEcho echo = BlockingEcho.begin(exchange)) {
      return repeat("floor: blocking sockets", echo::exchange);
    }
  }

  /** What of the distance to the floor is a server with an event loop, whoever asks it. */
  private Figures blockingClientOfNetty(Exchange exchange) throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      int port = ((InetSocketAddress) Echo.serve(group, exchange).localAddress()).getPort();
      try (BlockingEcho echo = BlockingEcho.of(port, exchange)) {
        return repeat("blocking socket, bare Netty answers", echo::exchange);
      }
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  // Many connections at once, each with one reading under way.

  private void atOnce(Meter meter, Exchange exchange) throws Exception {
    Figures floor = nettyFloor(exchange);
    System.out.println(floor);
    try (TransportLoop ofServer = TransportLoop.create(1);
        TransportLoop ofClients = TransportLoop.create(1);
        DlmsServer server = meter.serve(ofServer, connections)) {
      int port = server.addresses().get(0).getPort();
      List<DlmsClient> clients = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        clients.add(meter.client(port).loop(ofClients).connect());
      }
      for (DlmsClient client : clients) {
        client.opened().toCompletableFuture().get(10, TimeUnit.SECONDS);
      }
      ClosedLoop[] loop = new ClosedLoop[1];
      loop[0] =
          new ClosedLoop(
              connections,
              slot -> clients.get(slot).get(Meter.ENERGY).thenRun(() -> loop[0].answered(slot)));
      compare(
          loop[0].run(connections + " connections, closed loop", WARM_UP_SECONDS, seconds), floor);
      clients.forEach(DlmsClient::close);
    }
  }

  private Figures nettyFloor(Exchange exchange) throws Exception {
    EventLoopGroup ofServer = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    EventLoopGroup ofClients = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Channel server = Echo.serve(ofServer, exchange);
      int port = ((InetSocketAddress) server.localAddress()).getPort();
      List<Channel> clients = new ArrayList<>();
      ClosedLoop[] loop = new ClosedLoop[1];
      for (int i = 0; i < connections; i++) {
        int slot = i;
        clients.add(
            Echo.connect(ofClients, port, exchange, () -> loop[0].answered(slot)).sync().channel());
      }
      loop[0] =
          new ClosedLoop(connections, slot -> Echo.send(clients.get(slot), exchange.request()));
      return loop[0].run("floor: bare Netty, as many connections", WARM_UP_SECONDS, seconds);
    } finally {
      ofClients.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
      ofServer.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
  }
}
