package io.dlms4j.client;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a profile: its rows as their subscriber asks for them, from as many requests as it
 * takes. The next block is asked for when the rows of the one before have been given and more are
 * wanted. What has been cut off goes on as the client's retry policy says.
 *
 * <p>Whoever has something new goes through {@link #drain}, in which one thread at a time does what
 * there is to do, for all others too.
 */
final class ProfileSubscription implements Flow.Subscription {
  private final DlmsClient client;
  private final ProfileReader reader;
  private final Flow.Subscriber<? super ProfileRow> subscriber;
  private final @Nullable Consumer<ProfileProgress> progress;

  private final AtomicInteger toDo = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private final Queue<Runnable> arrived = new ConcurrentLinkedQueue<>();
  private volatile boolean over;
  private volatile @Nullable Runnable giveUp;

  // Used in drain only.
  private final Deque<ProfileRow> rows = new ArrayDeque<>();
  private ProfileReader.@Nullable Reading reading;
  private @Nullable Resumption resumption;
  private @Nullable RowParser parser;
  private @Nullable Blocks current;
  private ProfileSelection.@Nullable Rows toAskFor;
  private @Nullable DlmsException broken;
  private boolean begun;

  /** Whether a block, or what has to be known before, is on its way. */
  private boolean awaits;

  private boolean complete;
  private boolean newBlock;
  private int failures;

  ProfileSubscription(
      DlmsClient client,
      ProfileReader reader,
      Flow.Subscriber<? super ProfileRow> subscriber,
      @Nullable Consumer<ProfileProgress> progress) {
    this.client = client;
    this.reader = reader;
    this.subscriber = subscriber;
    this.progress = progress;
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      fail(new IllegalArgumentException("a subscriber cannot ask for " + n + " rows"));
      return;
    }
    demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
    drain();
  }

  @Override
  public void cancel() {
    over = true;
    drain();
  }

  /** The subscription fails, whatever comes. */
  private void fail(Throwable cause) {
    arrived.add(() -> end(cause));
    drain();
  }

  private void drain() {
    if (toDo.getAndIncrement() != 0) {
      return;
    }
    int done = 1;
    do {
      while (!over && step()) {
        // There may be more.
      }
      if (over) {
        release();
      }
      done = toDo.addAndGet(-done);
    } while (done != 0);
  }

  /** Does one thing; false if there is nothing to do at present. */
  private boolean step() {
    Runnable task = arrived.poll();
    if (task != null) {
      task.run();
      return true;
    }
    if (!rows.isEmpty()) {
      return give();
    }
    if (newBlock) {
      newBlock = false;
      report();
      return true;
    }
    if (complete) {
      end(broken);
      return true;
    }
    if (demand.get() > 0 && !awaits) {
      awaits = true;
      goOn();
      return true;
    }
    return false;
  }

  private boolean give() {
    if (demand.get() == 0) {
      return false;
    }
    if (demand.get() != Long.MAX_VALUE) {
      demand.decrementAndGet();
    }
    failures = 0;
    try {
      subscriber.onNext(rows.remove());
    } catch (RuntimeException | Error e) {
      // A subscriber must not throw: what it began ends, and it hears of nothing more.
      over = true;
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
    return true;
  }

  private void report() {
    Consumer<ProfileProgress> to = progress;
    RowParser parsed = parser;
    Resumption at = resumption;
    if (to == null || parsed == null || at == null) {
      return;
    }
    long given = at.given();
    OptionalLong left = parsed.left();
    try {
      to.accept(
          new ProfileProgress(
              given,
              left.isPresent() ? OptionalLong.of(given + left.getAsLong()) : OptionalLong.empty()));
    } catch (RuntimeException | Error e) {
      end(ProfileReader.consumerFailed(e));
    }
  }

  private void end(@Nullable Throwable cause) {
    if (over) {
      return;
    }
    over = true;
    if (cause == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(cause);
    }
  }

  private void release() {
    rows.clear();
    arrived.clear();
    parser = null;
    Blocks blocks = current;
    current = null;
    if (blocks != null && blocks.result != null) {
      blocks.result.cancel(false);
    }
    Runnable other = giveUp;
    giveUp = null;
    if (other != null) {
      other.run();
    }
  }

  /** Asks for the next block, or for what has to be known before the first. */
  private void goOn() {
    ProfileReader.Reading known = reading;
    ProfileSelection.Rows next = toAskFor;
    Blocks blocks = current;
    if (!begun) {
      begun = true;
      begin();
    } else if (known != null && next != null) {
      toAskFor = null;
      ask(known, next);
    } else if (blocks != null && blocks.made != null) {
      ClientSession.Request made = blocks.made;
      client.connection().submit(session -> session.proceed(made), blocks::onFailure);
    }
  }

  private void begin() {
    CompletableFuture<ProfileReader.Reading> first = reader.reading().toCompletableFuture();
    giveUp = () -> first.cancel(false);
    CompletionStage<ProfileReader.Reading> stage = first;
    stage.whenComplete(
        (value, failure) -> {
          arrived.add(
              () -> {
                giveUp = null;
                if (failure == null) {
                  begin(value);
                } else {
                  end(Blocking.root(failure));
                }
              });
          drain();
        });
  }

  private void begin(ProfileReader.Reading first) {
    ProfileSelection.Rows wanted = first.selection().rows();
    reading = first;
    resumption =
        new Resumption(
            wanted,
            client.entryNumbering(),
            first.columns().stream().map(ProfileColumn::definition).toList());
    ask(first, wanted);
  }

  private void ask(ProfileReader.Reading of, ProfileSelection.Rows which) {
    parser = new RowParser(client.limits(), of.columns().size());
    Blocks blocks = new Blocks(of.columns());
    current = blocks;
    blocks.result =
        client
            .connection()
            .ask(
                reader.request(of, which),
                client.settings().options().atConsumersPace(),
                result -> blocks);
  }

  /** A request ended before its rows did: the rest may be asked for once more. */
  private void cutOff(DlmsException cause) {
    current = null;
    failures++;
    RetryPolicy retry = client.settings().retry();
    ProfileReader.Reading of = reading;
    Optional<ProfileSelection.Rows> next =
        resumption != null
                && failures < retry.attempts()
                && retry.retries(true, cause, client.connection().reconnects())
            ? resumption.next()
            : Optional.empty();
    if (of == null || next.isEmpty()) {
      end(cause);
      return;
    }
    awaits = true;
    toAskFor = next.get();
    Duration delay = retry.backoff().delay(failures, client.connection().jitter().next());
    client.connection().events().retried(reader.request(of, next.get()), failures, delay, cause);
    try {
      giveUp = client.connection().timer().after(delay, this::delayIsOver);
    } catch (RejectedExecutionException e) {
      end(cause);
    }
  }

  private void delayIsOver() {
    arrived.add(
        () -> {
          giveUp = null;
          awaits = false;
        });
    drain();
  }

  /** Takes the blocks of one request, on the line's thread. */
  private final class Blocks implements ClientSession.Receiver {
    private final List<ProfileColumn> columns;
    private @Nullable CompletableFuture<Boolean> result;
    private volatile ClientSession.@Nullable Request made;

    Blocks(List<ProfileColumn> columns) {
      this.columns = columns;
    }

    @Override
    public void onBegun(ClientSession.Request request) {
      made = request;
    }

    @Override
    public void onData(Octets octets, boolean last) {
      arrived.add(
          () -> {
            if (current == this) {
              take(octets, last);
            }
          });
      drain();
    }

    @Override
    public void onFailure(DlmsException cause) {
      arrived.add(
          () -> {
            if (current == this) {
              cutOff(cause);
            }
          });
      drain();
    }

    private void take(Octets octets, boolean last) {
      RowParser into = parser;
      Resumption at = resumption;
      if (into == null || at == null) {
        return;
      }
      newBlock = true;
      awaits = false;
      try {
        into.feed(
            octets,
            last,
            values -> {
              if (at.take(values)) {
                rows.add(new ProfileRow(columns, values));
              }
            });
        if (last) {
          at.end();
          complete = true;
          current = null;
        }
      } catch (DlmsException e) {
        // What came in front of it is given first.
        broken = e;
        complete = true;
      }
    }
  }
}
