package io.dlms4j.transport;

import io.dlms4j.iec21.EchoFilter;
import io.dlms4j.iec21.Iec21Machine;
import io.dlms4j.iec21.LineOptions;
import io.dlms4j.iec21.LineSettings;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkDriver;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a link and its user on a serial port, by way of {@link LinkDriver}, and before it the
 * opening of mode E if there is to be one.
 *
 * <p>All of its state belongs to one thread, which opens the port, writes and keeps the deadlines.
 * Reading a port blocks, so a second thread does nothing but that, and waits while the first one
 * works on what it has read: what comes in faster stays with the system.
 */
final class SerialLine implements LineDriver {
  private static final int BUFFER_LENGTH = 4096;
  private static final long IDLE_THREAD_SECONDS = 1;

  /** The port failed, which is no failure of the user. */
  private static final class DeviceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeviceFailure(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private final SerialSettings settings;
  private final LongSupplier clock;
  private final @Nullable Function<LineOptions, Iec21Machine> machine;

  /** For how long a server stays with HDLC without connection before it awaits a new opening. */
  private final long unconnectedNanos;

  private final boolean client;
  private final Link link;
  private final LinkDriver driver;
  private final EchoFilter echo = new EchoFilter();
  private final RecordedLine recorded;
  private final ScheduledThreadPoolExecutor thread;
  private final CompletableFuture<LineDriver> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Set<LinkAddress> up = new HashSet<>();

  private @Nullable SerialDevice device;
  private @Nullable SerialOpening opening;
  private boolean wrote;
  private boolean closing;
  private boolean ended;
  private @Nullable Throwable failure;
  private @Nullable ScheduledFuture<?> timer;

  /**
   * Joins what runs on a line that is not there yet.
   *
   * @param client whether the link begins, and the line ends with its last connection
   * @param machine makes the machine for the opening of mode E, for what the line turns out to be;
   *     or null for direct HDLC
   */
  SerialLine(
      SerialSettings settings,
      LongSupplier clock,
      boolean client,
      @Nullable Function<LineOptions, Iec21Machine> machine,
      long unconnectedNanos,
      Function<LineDriver, Attachment> attach) {
    this.settings = settings;
    this.clock = clock;
    this.client = client;
    this.machine = machine;
    this.unconnectedNanos = unconnectedNanos;
    recorded = new RecordedLine(settings.recording(), client, false);
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "dlms4j-serial-" + settings.port());
              made.setDaemon(true);
              return made;
            });
    // The thread goes when the line is closed, and comes back for tasks that are given later.
    thread.setKeepAliveTime(IDLE_THREAD_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
    thread.setRemoveOnCancelPolicy(true);
    Attachment attachment = attach.apply(this);
    link = attachment.link();
    driver = new LinkDriver(link, new Watch(attachment.user()), this::write);
  }

  /** Counts from now on, so that deadlines far ahead cannot run over the range of a long. */
  static LongSupplier machineClock() {
    long start = System.nanoTime();
    return () -> System.nanoTime() - start;
  }

  /**
   * Opens the port.
   *
   * @return completes with this line when its link may run, or with a {@link LineException}
   */
  CompletionStage<LineDriver> open(SerialDevice.Opener opener) {
    thread.execute(() -> begin(opener));
    return ready.minimalCompletionStage();
  }

  private void begin(SerialDevice.Opener opener) {
    SerialDevice opened;
    try {
      opened = opener.open(settings.port(), settings.line());
    } catch (LineException e) {
      neverOpened(e);
      return;
    } catch (RuntimeException | LinkageError e) {
      // Without jSerialComm on the class path, for instance.
      neverOpened(new LineException("cannot open serial port " + settings.port() + ": " + e, e));
      return;
    }
    device = opened;
    recorded.begin(remoteAddress(), remoteAddress());
    new Thread(() -> read(opened), "dlms4j-serial-" + settings.port() + "-reader").start();
    turn(() -> beginOn(opened));
  }

  private void beginOn(SerialDevice opened) {
    if (machine == null) {
      ready.complete(this);
      driver.lineReady(now());
      return;
    }
    LineOptions options =
        new LineOptions(settings.softwareParity(), settings.echo(), opened.isInstant());
    opening =
        new SerialOpening(
            machine.apply(options), client, unconnectedNanos, clock, new OpeningHost(opened));
    if (!client) {
      ready.complete(this);
    }
  }

  private void neverOpened(LineException reason) {
    ended = true;
    closed.complete(null);
    ready.completeExceptionally(reason);
  }

  // The verbs of a line.

  @Override
  public void execute(Runnable task) {
    thread.execute(
        () ->
            turn(
                () -> {
                  task.run();
                  driver.run(now());
                }));
  }

  @Override
  public void close() {
    thread.execute(
        () -> {
          if (!closing && !ended) {
            closing = true;
            turn(() -> driver.close(now()));
          }
        });
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }

  @Override
  public SocketAddress remoteAddress() {
    return new SerialAddress(settings.port());
  }

  // Reading, on a thread of its own.

  private void read(SerialDevice opened) {
    byte[] buffer = new byte[BUFFER_LENGTH];
    Semaphore taken = new Semaphore(0);
    int count = opened.read(buffer);
    while (count >= 0) {
      int length = count;
      thread.execute(
          () -> {
            if (!ended) {
              turn(() -> receive(buffer, length));
            }
            taken.release();
          });
      taken.acquireUninterruptibly();
      count = opened.read(buffer);
    }
    thread.execute(() -> end(null));
  }

  private void receive(byte[] octets, int length) {
    recorded.received(octets, 0, length);
    SerialOpening under = opening;
    if (under != null && under.isUnderWay()) {
      under.receive(octets, length);
      return;
    }
    Payload heard =
        settings.echo() ? echo.filter(octets, 0, length) : Payload.of(octets, 0, length);
    driver.receive(heard.array(), heard.offset(), heard.length(), now());
  }

  // Working.

  private long now() {
    return clock.getAsLong();
  }

  private void write(Payload octets) {
    SerialDevice opened = device;
    // Nobody is connected while the line is being opened, so nobody misses these.
    if (opened == null || ended || isOpening()) {
      return;
    }
    if (settings.echo()) {
      echo.sent(octets);
    }
    writeTo(opened, octets);
    wrote = true;
  }

  private void writeTo(SerialDevice opened, Payload octets) {
    recorded.sent(octets);
    try {
      opened.write(octets);
    } catch (IOException e) {
      throw new DeviceFailure(e);
    }
  }

  private boolean isOpening() {
    return opening != null && opening.isUnderWay();
  }

  /** One turn of the machines: whatever fails in it costs this line. */
  private void turn(Runnable step) {
    try {
      step.run();
      if (opening != null && !ended) {
        opening.run();
      }
      if (wrote) {
        // A port has sent what it was given when it returns, and at 9600 baud that takes its time.
        wrote = false;
        link.transmitted(now());
      }
    } catch (DeviceFailure e) {
      end(e);
      return;
    } catch (RuntimeException | Error e) {
      remember(e);
      end(null);
      return;
    }
    if (ended) {
      return;
    }
    if (closing && (isOpening() || link.nextDeadline() == Link.NEVER)) {
      end(null);
    } else {
      setTimer();
    }
  }

  /** What an opening of mode E does to this line. */
  private final class OpeningHost implements SerialOpening.Host {
    private final SerialDevice opened;

    OpeningHost(SerialDevice opened) {
      this.opened = opened;
    }

    @Override
    public void configure(LineSettings line) {
      try {
        opened.configure(line);
      } catch (IOException e) {
        throw new DeviceFailure(e);
      }
    }

    @Override
    public void transmit(Payload octets) {
      writeTo(opened, octets);
    }

    @Override
    public void handedOver() {
      echo.reset();
      if (client) {
        ready.complete(SerialLine.this);
        driver.lineReady(now());
      } else {
        driver.run(now());
      }
    }

    @Override
    public void failed(String detail) {
      ready.completeExceptionally(
          new LineException(
              "cannot open mode E on serial port " + settings.port() + ": " + detail, null));
      end(null);
    }
  }

  private void remember(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    } else if (failure != thrown) {
      failure.addSuppressed(thrown);
    }
  }

  /** Closes the port and tells everybody. */
  private void end(@Nullable DeviceFailure reason) {
    if (ended) {
      return;
    }
    ended = true;
    closing = true;
    recorded.end();
    cancelTimer();
    SerialDevice opened = device;
    if (opened != null) {
      opened.close();
    }
    boolean linkRan = ready.isDone() && !ready.isCompletedExceptionally();
    if (linkRan) {
      try {
        driver.lineLost(now());
      } catch (RuntimeException | Error e) {
        remember(e);
      }
    } else {
      ready.completeExceptionally(
          new LineException(
              "serial port "
                  + settings.port()
                  + " failed while it was opened: "
                  + (reason == null ? "it is gone" : reason.getMessage()),
              reason));
    }
    Throwable thrown = failure;
    if (thrown == null) {
      closed.complete(null);
    } else {
      closed.completeExceptionally(
          new LineException("the user of the line failed: " + thrown, thrown));
    }
  }

  // Time.

  private void setTimer() {
    cancelTimer();
    long deadline = driver.nextDeadline();
    if (opening != null) {
      deadline = Math.min(deadline, opening.nextDeadline());
    }
    if (deadline != Link.NEVER) {
      timer =
          thread.schedule(
              () -> turn(() -> driver.run(now())),
              Math.max(0, deadline - now()),
              TimeUnit.NANOSECONDS);
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** The user, watched for connections that come and go. */
  private final class Watch implements LinkUser {
    private final LinkUser user;

    Watch(LinkUser user) {
      this.user = user;
    }

    @Override
    public void onLinkEvent(LinkEvent event, long now) {
      if (event instanceof LinkEvent.Up) {
        up.add(event.address());
        if (opening != null) {
          opening.connected();
        }
      } else if (event instanceof LinkEvent.Down) {
        up.remove(event.address());
        if (up.isEmpty()) {
          closing |= client;
          if (opening != null) {
            opening.unconnected();
          }
        }
      }
      user.onLinkEvent(event, now);
    }

    @Override
    public @Nullable Outgoing pollOutgoing(long now) {
      return user.pollOutgoing(now);
    }

    @Override
    public void onRefused(Outgoing refused, long now) {
      user.onRefused(refused, now);
    }

    @Override
    public @Nullable Awaited awaited() {
      return user.awaited();
    }

    @Override
    public long nextDeadline() {
      return user.nextDeadline();
    }

    @Override
    public void onDeadline(long now) {
      user.onDeadline(now);
    }
  }
}
