package io.dlms4j.transport;

import io.dlms4j.link.Payload;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A line without a network: a client and a server of one process, joined in memory. For tests, and
 * for a meter that lives inside the program that reads it. Needs no Netty.
 *
 * <p>It is a perfect line: everything arrives, in order, in the pieces in which it was sent, so
 * that links for streams and for datagrams both run on it. As on TCP, the client's end closes with
 * the last connection of its link, the server's end when the line is gone. An end that cannot
 * follow loses the line when 32 MiB are on the way to it.
 */
public final class MemoryLine {
  private final ScheduledExecutorService thread;
  private final LongSupplier clock;
  private final End client;
  private final End server;

  /** Belongs to the thread. */
  private boolean cut;

  private MemoryLine(
      ScheduledExecutorService thread,
      LongSupplier clock,
      @Nullable Recording ofClient,
      @Nullable Recording ofServer,
      Function<LineDriver, Attachment> attachClient,
      Function<LineDriver, Attachment> attachServer) {
    this.thread = thread;
    this.clock = clock;
    client = new End("client", true, ofClient, attachClient);
    server = new End("server", false, ofServer, attachServer);
  }

  /** Joins two ends that do nothing before {@link #begin}; each may be recorded. */
  static MemoryLine between(
      ScheduledExecutorService thread,
      LongSupplier clock,
      @Nullable Recording ofClient,
      @Nullable Recording ofServer,
      Function<LineDriver, Attachment> attachClient,
      Function<LineDriver, Attachment> attachServer) {
    return new MemoryLine(thread, clock, ofClient, ofServer, attachClient, attachServer);
  }

  /**
   * Joins two ends, and sets the client's link up.
   *
   * @param thread where both links and their users run: one thread, or anything else that runs one
   *     task at a time and in order
   * @param clock time in nanoseconds, never running backwards and at the pace at which {@code
   *     thread} waits; called on the thread only
   * @param attachClient makes link and user of the end that begins, on the calling thread
   * @param attachServer makes link and user of the other end, on the calling thread
   * @return the line
   */
  public static MemoryLine join(
      ScheduledExecutorService thread,
      LongSupplier clock,
      Function<LineDriver, Attachment> attachClient,
      Function<LineDriver, Attachment> attachServer) {
    return begin(new MemoryLine(thread, clock, null, null, attachClient, attachServer));
  }

  /**
   * Joins two ends, sets the client's link up, and records the line as its client sees it.
   *
   * @param thread where both links and their users run: one thread, or anything else that runs one
   *     task at a time and in order
   * @param clock time in nanoseconds, never running backwards and at the pace at which {@code
   *     thread} waits; called on the thread only
   * @param recording what records the line
   * @param attachClient makes link and user of the end that begins, on the calling thread
   * @param attachServer makes link and user of the other end, on the calling thread
   * @return the line
   */
  public static MemoryLine join(
      ScheduledExecutorService thread,
      LongSupplier clock,
      Recording recording,
      Function<LineDriver, Attachment> attachClient,
      Function<LineDriver, Attachment> attachServer) {
    return begin(new MemoryLine(thread, clock, recording, null, attachClient, attachServer));
  }

  private static MemoryLine begin(MemoryLine line) {
    line.thread.execute(line::begin);
    return line;
  }

  /** Sets both ends up, on the line's thread, in one task: neither hears the other before that. */
  void begin() {
    server.run.ready();
    client.run.ready();
  }

  /**
   * The end that begins.
   *
   * @return its driver
   */
  public LineDriver client() {
    return client.run;
  }

  /**
   * The end that waits.
   *
   * @return its driver
   */
  public LineDriver server() {
    return server.run;
  }

  /** Cuts the line, as if a cable were pulled. May be called on any thread. */
  public void cut() {
    thread.execute(this::cutNow);
  }

  /** The same on the line's thread, or when that has ended. */
  void cutNow() {
    if (!cut) {
      cut = true;
      client.run.lost();
      server.run.lost();
    }
  }

  /** The name of an end. */
  private static final class Name extends SocketAddress {
    private static final long serialVersionUID = 1L;

    private final String end;

    Name(String end) {
      this.end = end;
    }

    @Override
    public String toString() {
      return end + " in memory";
    }
  }

  /** One end. */
  private final class End implements LineRun.Outlet {
    private final Name name;
    private final LineRun run;

    /** Octets on the way to this end. */
    private long undelivered;

    End(
        String name,
        boolean client,
        @Nullable Recording recording,
        Function<LineDriver, Attachment> attach) {
      this.name = new Name(name);
      RecordedLine recorded = new RecordedLine(recording, client, false);
      run = new LineRun(this, thread, clock, client, Duration.ZERO, recorded, attach);
    }

    private End peer() {
      return this == client ? server : client;
    }

    @Override
    public void write(Payload octets) {
      peer().deliver(octets);
    }

    private void deliver(Payload octets) {
      undelivered += octets.length();
      thread.execute(
          () -> {
            undelivered -= octets.length();
            if (!cut) {
              run.receive(octets.array(), octets.offset(), octets.length());
            }
          });
    }

    @Override
    public void flush() {}

    @Override
    public boolean isOverrun() {
      return peer().undelivered > LineRun.MAX_UNSENT;
    }

    @Override
    public void close() {
      cut();
    }

    @Override
    public SocketAddress localAddress() {
      return name;
    }

    @Override
    public SocketAddress remoteAddress() {
      return peer().name;
    }
  }
}
