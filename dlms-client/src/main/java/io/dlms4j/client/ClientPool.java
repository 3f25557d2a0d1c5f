package io.dlms4j.client;

import io.dlms4j.transport.TransportLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads many meters: a job gets a connection of its own when it is its turn, and the connection is
 * closed when the job is over. All of them run on one loop, with no thread a connection.
 *
 * <pre>{@code
 * try (ClientPool pool = ClientPool.create(PoolLimits.DEFAULT)) {
 *   for (DlmsClientBuilder meter : meters) {
 *     pool.run(meter, client -> client.get(ENERGY)).thenAccept(...);
 *   }
 * }
 * }</pre>
 *
 * <p>There are never more connections at once than the {@linkplain PoolLimits limits} say. Meters
 * behind one HDLC line or serial port are taken in turn, one at a time. Hosts take turns, and so do
 * the lines of a host. May be used on any thread; jobs begin on whatever thread makes room for
 * them, and must not block.
 */
public final class ClientPool implements AutoCloseable {
  private final TransportLoop loop;
  private final boolean ownsLoop;
  private final Object lock = new Object();
  private final PoolQueue<Job<?>> queue;
  private final Set<Job<?>> running = new HashSet<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private boolean closing;

  private ClientPool(TransportLoop loop, boolean ownsLoop, PoolLimits limits) {
    this.loop = loop;
    this.ownsLoop = ownsLoop;
    this.queue = new PoolQueue<>(limits);
  }

  /**
   * A pool with a loop of its own, of as many threads as there are processors.
   *
   * @param limits how many connections there may be at once
   * @return the pool
   */
  public static ClientPool create(PoolLimits limits) {
    return new ClientPool(
        TransportLoop.create(Runtime.getRuntime().availableProcessors()), true, limits);
  }

  /**
   * A pool on a loop that somebody else closes.
   *
   * @param shared the loop
   * @param limits how many connections there may be at once
   * @return the pool
   */
  public static ClientPool on(TransportLoop shared, PoolLimits limits) {
    return new ClientPool(shared, false, limits);
  }

  /**
   * Has a job done with a connection, when it is its turn.
   *
   * @param meter whom to connect to, as it is set now; the pool's loop is used, and no other
   * @param job what to do; the client is closed when the stage that it gives is over, or when it
   *     throws
   * @param <T> what comes of it
   * @return what came of it; fails as the stage of the job does, with what the job throws, or with
   *     a {@link PoolClosedException}. Who cancels it takes a waiting job back, and closes the
   *     connection of a running one
   * @throws IllegalArgumentException if a setting is out of its range
   */
  public <T extends @Nullable Object> CompletionStage<T> run(
      DlmsClientBuilder meter, Function<DlmsClient, ? extends CompletionStage<T>> job) {
    ClientPlan plan = meter.plan();
    Job<T> made = new Job<>(plan, job);
    boolean late;
    synchronized (lock) {
      late = closing;
      if (!late) {
        queue.add(made.place, made);
      }
    }
    if (late) {
      made.result.completeExceptionally(new PoolClosedException());
    } else {
      CompletionStage<T> given = made.result;
      given.whenComplete((value, failure) -> made.resultGiven());
      startAll();
    }
    return made.result;
  }

  /**
   * How many jobs wait for their turn.
   *
   * @return 0 or more
   */
  public int waiting() {
    synchronized (lock) {
      return queue.waiting();
    }
  }

  /**
   * How many jobs have a connection, or are getting one.
   *
   * @return 0 or more
   */
  public int running() {
    synchronized (lock) {
      return queue.active();
    }
  }

  private void startAll() {
    for (Job<?> job = next(); job != null; job = next()) {
      job.start();
    }
  }

  private @Nullable Job<?> next() {
    synchronized (lock) {
      Job<?> job = closing ? null : queue.next();
      if (job != null) {
        running.add(job);
      }
      return job;
    }
  }

  private void over(Job<?> job) {
    boolean last;
    synchronized (lock) {
      running.remove(job);
      queue.done(job.place);
      last = closing && running.isEmpty();
    }
    if (last) {
      end();
    } else {
      startAll();
    }
  }

  private void end() {
    closed.complete(null);
    if (ownsLoop) {
      loop.close();
    }
  }

  /**
   * Fails all jobs with a {@link PoolClosedException}, closes the connections of those that run,
   * and takes no more. Closing again does nothing.
   *
   * @return completes when the last connection is closed
   */
  public CompletionStage<Void> closeAsync() {
    List<Job<?>> failed;
    List<Job<?>> cut;
    synchronized (lock) {
      if (closing) {
        return closed.copy();
      }
      closing = true;
      failed = queue.removeAll();
      cut = new ArrayList<>(running);
    }
    failed.forEach(job -> job.result.completeExceptionally(new PoolClosedException()));
    if (cut.isEmpty()) {
      end();
    }
    cut.forEach(Job::cut);
    return closed.copy();
  }

  /**
   * As {@link #closeAsync}, and waits until the last connection is closed. Not to be called by a
   * job or by what hears of one, which may be on a thread that has to close them.
   */
  @Override
  public void close() {
    closeAsync();
    closed.join();
    if (ownsLoop) {
      loop.close();
    }
  }

  /** A job, from its being given to the closing of its connection. */
  private final class Job<T extends @Nullable Object> {
    final CompletableFuture<T> result = new CompletableFuture<>();
    final PoolQueue.Place place;
    private final ClientPlan plan;
    private final Function<DlmsClient, ? extends CompletionStage<T>> task;
    private @Nullable DlmsClient client;
    private boolean isCut;
    private final AtomicBoolean finished = new AtomicBoolean();

    Job(ClientPlan plan, Function<DlmsClient, ? extends CompletionStage<T>> task) {
      this.plan = plan;
      this.task = task;
      this.place = plan.path().place(plan.wrapper() == null);
    }

    void start() {
      DlmsClient made;
      try {
        made = plan.connect(loop);
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
        over(this);
        return;
      }
      boolean late;
      synchronized (lock) {
        client = made;
        late = isCut;
      }
      if (late || result.isDone()) {
        finish(made, null, new PoolClosedException());
        return;
      }
      CompletionStage<T> stage;
      try {
        stage = task.apply(made);
      } catch (RuntimeException | Error e) {
        finish(made, null, e);
        return;
      }
      stage.whenComplete((value, failure) -> finish(made, value, failure));
    }

    /** The line is free for the next job when it is closed, and not before. */
    @SuppressWarnings("NullAway") // A stage without failure has a value of its type.
    private void finish(DlmsClient made, @Nullable T value, @Nullable Throwable failure) {
      if (!finished.compareAndSet(false, true)) {
        return;
      }
      made.closeAsync()
          .whenComplete(
              (done, thrown) -> {
                over(this);
                if (failure == null) {
                  result.complete(value);
                } else {
                  result.completeExceptionally(Blocking.root(failure));
                }
              });
    }

    /** Whoever waited for it has what came of it, or has given it up. */
    void resultGiven() {
      boolean waited;
      synchronized (lock) {
        waited = queue.remove(place, this);
      }
      if (!waited && result.isCancelled()) {
        cut();
      }
    }

    void cut() {
      DlmsClient made;
      synchronized (lock) {
        isCut = true;
        made = client;
      }
      if (made != null) {
        finish(made, null, new PoolClosedException());
      }
    }
  }
}
