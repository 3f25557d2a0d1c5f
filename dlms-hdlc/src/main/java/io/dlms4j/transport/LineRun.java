package io.dlms4j.transport;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkDriver;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs a link and its user on any line, by way of {@link LinkDriver}: turns, the timer, and how a
 * line ends. All of its state belongs to one thread, which is the only one to call what is not of
 * {@link LineDriver}.
 */
final class LineRun implements LineDriver {
  /**
   * How many octets may wait to be sent, or be on their way in memory: more than a link hands over
   * in a turn. A peer that does not take them loses its line.
   */
  static final long MAX_UNSENT = 1L << 25;

  private final Outlet outlet;
  private final ScheduledExecutorService thread;
  private final LongSupplier clock;
  private final boolean closeWhenDown;
  private final Link link;
  private final LinkDriver driver;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** 0 for ever. */
  private final long idleNanos;

  private final RecordedLine recorded;
  private long lastReceivedAt;
  private boolean unflushed;
  private boolean ready;
  private boolean everUp;
  private boolean closing;
  private boolean ended;
  private @Nullable Throwable failure;
  private long timerDeadline = Link.NEVER;
  private @Nullable Future<?> timer;

  /** The way to the peer. Called on the line's thread. */
  interface Outlet {
    /** Sends octets, at the next {@link #flush} at the latest. */
    void write(Payload octets);

    /** Lets go what was written. */
    void flush();

    /** Whether more waits to be sent than may. */
    boolean isOverrun();

    /** Cuts the line, after what was written; {@link LineRun#lost} follows, now or later. */
    void close();

    /** Where this end is. */
    SocketAddress localAddress();

    /** Where the other end is. May be called on any thread. */
    SocketAddress remoteAddress();
  }

  /**
   * Joins a line and what runs on it.
   *
   * @param outlet the way to the peer
   * @param thread the line's own
   * @param clock time in nanoseconds
   * @param closeWhenDown whether the line ends with the last connection of its link
   * @param idleTimeout how long nothing may come before the line is closed; zero for ever
   * @param recorded what is recorded of the line
   * @param attach makes link and user
   */
  LineRun(
      Outlet outlet,
      ScheduledExecutorService thread,
      LongSupplier clock,
      boolean closeWhenDown,
      Duration idleTimeout,
      RecordedLine recorded,
      Function<LineDriver, Attachment> attach) {
    this.outlet = outlet;
    this.thread = thread;
    this.clock = clock;
    this.closeWhenDown = closeWhenDown;
    this.idleNanos = idleTimeout.toNanos();
    this.recorded = recorded;
    Attachment attachment = attach.apply(this);
    link = attachment.link();
    driver = new LinkDriver(link, new Watch(attachment.user()), this::write);
  }

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
    thread.execute(this::closeOrderly);
  }

  private void closeOrderly() {
    if (!closing) {
      closing = true;
      turn(() -> driver.close(now()));
    }
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed.minimalCompletionStage();
  }

  @Override
  public SocketAddress remoteAddress() {
    return outlet.remoteAddress();
  }

  /** The line is there. */
  void ready() {
    if (ended) {
      return;
    }
    ready = true;
    lastReceivedAt = now();
    recorded.begin(outlet.localAddress(), outlet.remoteAddress());
    turn(() -> driver.lineReady(now()));
  }

  /** Octets came: any piece of a stream, or one datagram. */
  void receive(byte[] octets, int offset, int length) {
    if (ended) {
      return;
    }
    lastReceivedAt = now();
    recorded.received(octets, offset, length);
    turn(() -> driver.receive(octets, offset, length, now()));
  }

  /** The line is gone. */
  void lost() {
    if (ended) {
      return;
    }
    ended = true;
    closing = true;
    try {
      driver.lineLost(now());
    } catch (RuntimeException | Error e) {
      remember(e);
    }
    cancelTimer();
    recorded.end();
    if (failure == null) {
      closed.complete(null);
    } else {
      closed.completeExceptionally(
          new LineException("the user of the line failed: " + failure, failure));
    }
  }

  /** Whether a connection of the link has ever been up. */
  boolean wasUp() {
    return everUp;
  }

  private long now() {
    return clock.getAsLong();
  }

  private void write(Payload octets) {
    unflushed = true;
    recorded.sent(octets);
    outlet.write(octets);
  }

  /** One turn of the machine: whatever fails in it costs this line, and no other. */
  private void turn(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      remember(e);
      outlet.close();
      return;
    }
    if (unflushed) {
      unflushed = false;
      outlet.flush();
    }
    boolean atRest = closing && link.nextDeadline() == Link.NEVER;
    if (link.isFinished() || atRest || outlet.isOverrun()) {
      outlet.close();
    }
    setTimer();
  }

  private void remember(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    } else if (failure != thrown) {
      failure.addSuppressed(thrown);
    }
  }

  private long idleAt() {
    return ready && !closing && idleNanos > 0 ? lastReceivedAt + idleNanos : Link.NEVER;
  }

  private void setTimer() {
    long deadline = Math.min(driver.nextDeadline(), idleAt());
    if (deadline >= timerDeadline && timer != null) {
      // Deadlines move on with every message: a timer that is early finds out, and is set anew.
      return;
    }
    cancelTimer();
    if (deadline != Link.NEVER && !ended) {
      timerDeadline = deadline;
      timer = thread.schedule(this::onTimer, Math.max(0, deadline - now()), TimeUnit.NANOSECONDS);
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    timerDeadline = Link.NEVER;
  }

  private void onTimer() {
    timer = null;
    timerDeadline = Link.NEVER;
    if (now() >= idleAt()) {
      closeOrderly();
    }
    if (!ended) {
      turn(() -> driver.run(now()));
    }
  }

  /** The user, watched for the last connection going down. */
  private final class Watch implements LinkUser {
    private final LinkUser user;
    private final Set<LinkAddress> up = new HashSet<>();

    Watch(LinkUser user) {
      this.user = user;
    }

    @Override
    public void onLinkEvent(LinkEvent event, long now) {
      everUp |= event instanceof LinkEvent.Up;
      if (closeWhenDown) {
        if (event instanceof LinkEvent.Up) {
          up.add(event.address());
        } else if (event instanceof LinkEvent.Down) {
          up.remove(event.address());
          closing |= up.isEmpty();
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
