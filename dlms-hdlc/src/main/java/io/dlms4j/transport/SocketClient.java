package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes a TCP line on a blocking socket for a link whose side begins: whoever waits for something
 * on the line ({@link LineDriver#await}) sends and receives in the own thread, so that an answer
 * costs no change of threads. Needs no Netty.
 *
 * <p>A thread of the line's own makes the connection, and reads while nobody waits: it begins when
 * nobody has waited for some milliseconds. What is due while it does is done up to a tenth of a
 * second late.
 */
public final class SocketClient implements LineRun.Outlet {
  private static final int BUFFER_LENGTH = 4096;

  /** How long the line's own thread stays back after somebody has waited. */
  private static final long STAYS_BACK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** How long its reading takes at the most: others may set a timer meanwhile. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Socket socket = new Socket();
  private final CallersTurn turn;
  private final LineRun line;
  private final CompletableFuture<LineDriver> made = new CompletableFuture<>();
  private final ReentrantLock reading = new ReentrantLock();
  private final byte[] buffer = new byte[BUFFER_LENGTH];

  /** Grows whenever somebody waits. */
  private final AtomicInteger waits = new AtomicInteger();

  private volatile boolean ended;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  private SocketClient(ConnectOptions options, Link link, LinkUser user) {
    long start = System.nanoTime();
    LongSupplier clock = () -> System.nanoTime() - start;
    turn = new CallersTurn(user);
    line =
        new LineRun(
            this,
            turn,
            clock,
            true,
            Duration.ZERO,
            new RecordedLine(options.recording(), true, false),
            driver -> new Attachment(link, user));
  }

  /**
   * Connects, and sets the link up as soon as the line is there. The line is closed again when all
   * connections of the link are down.
   *
   * @param address host, resolved or not, and port
   * @param options how long it may take, and recording
   * @param link a link that nothing else runs
   * @param user the layer above it, called by one thread at a time
   * @return completes on the line's own thread: with the line, before the link does anything; or
   *     with a {@link LineException} that says why there is none
   */
  public static CompletionStage<LineDriver> connect(
      InetSocketAddress address, ConnectOptions options, Link link, LinkUser user) {
    SocketClient client = new SocketClient(options, link, user);
    Thread own =
        new Thread(() -> client.run(address, options), "dlms4j-socket-" + Hosts.name(address));
    own.setDaemon(true);
    own.start();
    return client.made.minimalCompletionStage();
  }

  private void run(InetSocketAddress address, ConnectOptions options) {
    int timeout = (int) options.connectTimeout().toMillis();
    try {
      InetSocketAddress resolved =
          address.isUnresolved()
              ? new InetSocketAddress(address.getHostString(), address.getPort())
              : address;
      if (resolved.isUnresolved()) {
        throw new UnknownHostException("there is no such host");
      }
      socket.setTcpNoDelay(true);
      socket.connect(resolved, timeout);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    } catch (IOException e) {
      closeSocket();
      String reason =
          e instanceof SocketTimeoutException
              ? "no answer within " + timeout + " ms"
              : String.valueOf(e.getMessage());
      made.completeExceptionally(
          new LineException("cannot connect to " + Hosts.name(address) + ": " + reason, e));
      return;
    }
    SocketLineDriver driver = new SocketLineDriver();
    turn.execute(
        () -> {
          made.complete(driver);
          line.ready();
        });
    serve();
  }

  /** Reads for those who do not wait, until the end. */
  private void serve() {
    int seen = waits.get();
    while (!ended) {
      if (seen == waits.get() && reading.tryLock()) {
        try {
          readOnce(SLICE_NANOS);
        } finally {
          reading.unlock();
        }
      } else {
        seen = waits.get();
        LockSupport.parkNanos(this, STAYS_BACK_NANOS);
      }
    }
  }

  /** Reads once, or until something is due, and does what follows from it. */
  private void readOnce(long most) {
    long quiet = turn.quiet(most);
    if (quiet <= 0) {
      turn.runTimer();
      return;
    }
    InputStream from = in;
    if (from == null) {
      return;
    }
    int count;
    try {
      socket.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(quiet)));
      count = from.read(buffer);
    } catch (SocketTimeoutException e) {
      return;
    } catch (IOException e) {
      count = -1;
    }
    if (count < 0) {
      closeSocket();
      ended = true;
      turn.execute(line::lost);
      return;
    }
    int length = count;
    CompletableFuture<Void> taken = new CompletableFuture<>();
    turn.execute(
        () -> {
          line.receive(buffer, 0, length);
          taken.complete(null);
        });
    // Another thread may be in the turn, and take what was read along: the buffer is its until
    // then.
    if (!taken.isDone()) {
      taken.join();
    }
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is as good as closed.
    }
  }

  /** The line, with the work of whoever waits. */
  private final class SocketLineDriver implements LineDriver {
    @Override
    public void execute(Runnable task) {
      line.execute(task);
    }

    @Override
    public void await(CompletableFuture<?> stage) {
      waits.incrementAndGet();
      while (!stage.isDone() && !ended && reading.tryLock()) {
        try {
          while (!stage.isDone() && !ended && !Thread.currentThread().isInterrupted()) {
            readOnce(SLICE_NANOS);
          }
        } finally {
          reading.unlock();
        }
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
      }
    }

    @Override
    public void close() {
      line.close();
    }

    @Override
    public CompletionStage<Void> closed() {
      return line.closed();
    }

    @Override
    public SocketAddress remoteAddress() {
      return line.remoteAddress();
    }
  }

  @Override
  public void write(Payload octets) {
    OutputStream to = out;
    if (to == null || ended) {
      return;
    }
    try {
      to.write(octets.array(), octets.offset(), octets.length());
    } catch (IOException e) {
      closeSocket();
    }
  }

  @Override
  public void flush() {}

  @Override
  public boolean isOverrun() {
    return false;
  }

  /** Ends whatever reads, which tells the line. */
  @Override
  public void close() {
    closeSocket();
  }

  @Override
  public SocketAddress localAddress() {
    return socket.getLocalSocketAddress();
  }

  @Override
  public SocketAddress remoteAddress() {
    return socket.getRemoteSocketAddress();
  }
}
