package io.dlms4j.benchmarks.load;

import io.dlms4j.client.DlmsClient;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.transport.MemoryPort;
import io.dlms4j.transport.TransportLoop;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Many associations at once: what heap an idle one costs, client and server apart, and what reads a
 * second they do together. Over the loopback interface the server is a process of its own, so that
 * each has file descriptors enough and a heap to itself; the floor is a bare Netty connection that
 * carries as many octets. In memory both are in this process.
 *
 * <pre>ManyAssociations [associations [seconds]]</pre>
 */
public final class ManyAssociations {
  private static final int WARM_UP_SECONDS = 3;

  /** How many are made at once. */
  private static final int OPENING = 200;

  /** How many requests are under way at once. */
  private static final int SLOTS = 200;

  private final int count;
  private final int seconds;

  private ManyAssociations(int count, int seconds) {
    this.count = count;
    this.seconds = seconds;
  }

  /**
   * Measures, and prints.
   *
   * @param args how many associations, 10,000 without; seconds of each measurement, 5 without
   * @throws Exception if a line fails
   */
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    ManyAssociations many = new ManyAssociations(count, seconds);
    System.out.println(Figures.load());
    for (boolean hdlc : new boolean[] {false, true}) {
      Meter meter = new Meter(hdlc);
      Exchange exchange = Exchange.of(meter);
      System.out.println();
      System.out.println(count + " associations, " + meter + ", over the loopback interface");
      Costs floor = many.bare(exchange);
      Costs costs = many.associations(hdlc, meter);
      floor.print();
      costs.print();
      costs.compareWith(floor);
      System.out.println(count + " associations, " + meter + ", in memory");
      many.inMemory(meter).print();
    }
    System.out.println();
    System.out.println(Figures.load());
  }

  /**
   * What a number of connections came to.
   *
   * @param client octets of heap that each takes of the client's process
   * @param server of the server's
   * @param threads that the client's process has more with them
   */
  private record Costs(Figures reading, double client, double server, int threads) {
    void print() {
      System.out.println(reading);
      System.out.printf(
          Locale.ROOT,
          "%-44s heap each: client %.0f, server %.0f octets; %d threads more%n",
          "",
          client,
          server,
          threads);
    }

    void compareWith(Costs floor) {
      System.out.printf(
          Locale.ROOT,
          "%-44s beyond the floor: client %.0f, server %.0f octets; throughput %.2f x%n",
          "",
          client - floor.client,
          server - floor.server,
          reading.perSecond() / floor.reading.perSecond());
    }
  }

  /** Measures connections that are made by number, and asked by slot. */
  private <T extends AutoCloseable> Costs measure(
      String name, ServerProcess server, IntFunction<T> connect, Reading<T> reading)
      throws Exception {
    List<T> connections = new ArrayList<>(count);
    // Classes, threads and pools that any number of connections has.
    for (int i = 0; i < OPENING; i++) {
      connections.add(connect.apply(i));
    }
    for (T each : connections) {
      reading.awaitOpened(each);
    }
    long clientBefore = Heap.used();
    long serverBefore = server.heap();
    int threadsBefore = Thread.activeCount();
    while (connections.size() < count) {
      connections.add(connect.apply(connections.size()));
      int made = connections.size();
      reading.awaitOpened(connections.get(made - OPENING));
    }
    for (T each : connections) {
      reading.awaitOpened(each);
    }
    // Not idle from the beginning: each has done something.
    ClosedLoop[] loop = new ClosedLoop[1];
    int[] next = new int[SLOTS];
    loop[0] =
        new ClosedLoop(
            SLOTS,
            slot -> {
              int index = next[slot] * SLOTS + slot;
              next[slot] = (next[slot] + 1) % (count / SLOTS);
              reading.ask(connections.get(index), () -> loop[0].answered(slot));
            });
    Figures figures = loop[0].run(name, WARM_UP_SECONDS, seconds);
    int more = count - OPENING;
    Costs costs =
        new Costs(
            figures,
            (double) (Heap.used() - clientBefore) / more,
            (double) (server.heap() - serverBefore) / more,
            Thread.activeCount() - threadsBefore);
    for (T each : connections) {
      each.close();
    }
    return costs;
  }

  /** What is done with connections of one kind. */
  private interface Reading<T> {
    void awaitOpened(T connection) throws Exception;

    void ask(T connection, Runnable whenAnswered);
  }

  private static final class OfMeter implements Reading<DlmsClient> {
    @Override
    public void awaitOpened(DlmsClient client) throws Exception {
      client.opened().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void ask(DlmsClient client, Runnable whenAnswered) {
      client.get(Meter.ENERGY).thenRun(whenAnswered);
    }
  }

  private Costs associations(boolean hdlc, Meter meter) throws Exception {
    try (ServerProcess server = ServerProcess.start(hdlc ? "hdlc" : "wrapper", count);
        TransportLoop loop = TransportLoop.create(1)) {
      return measure(
          "associations",
          server,
          i -> meter.client(server.port()).loop(loop).connect(),
          new OfMeter());
    }
  }

  private Costs inMemory(Meter meter) throws Exception {
    MemoryPort port = new MemoryPort();
    try (TransportLoop loop = TransportLoop.create(1)) {
      // Goes with the loop.
      DlmsServer server = meter.serve(loop, count, port);
      Costs costs =
          measure(
              "associations, both ends",
              ServerProcess.none(),
              i -> meter.client(port).loop(loop).connect(),
              new OfMeter());
      server.close();
      return costs;
    }
  }

  /** A bare connection, and whom it tells of its answer. */
  private static final class Bare implements AutoCloseable {
    private final Channel channel;
    private Runnable whenAnswered = () -> {};

    Bare(EventLoopGroup group, int port, Exchange exchange) {
      channel =
          Echo.connect(group, port, exchange, () -> whenAnswered.run())
              .syncUninterruptibly()
              .channel();
    }

    @Override
    public void close() {
      channel.close().syncUninterruptibly();
    }
  }

  private Costs bare(Exchange exchange) throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (ServerProcess server =
        ServerProcess.start("echo:" + exchange.request() + ":" + exchange.answer(), count)) {
      return measure(
          "floor: bare Netty connections",
          server,
          i -> new Bare(group, server.port(), exchange),
          new Reading<>() {
            @Override
            public void awaitOpened(Bare connection) {}

            @Override
            public void ask(Bare connection, Runnable whenAnswered) {
              connection.whenAnswered = whenAnswered;
              Echo.send(connection.channel, exchange.request());
            }
          });
    } finally {
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
  }

  static int portOf(Channel listening) {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }
}
