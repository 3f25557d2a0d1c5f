package io.dlms4j.server.push;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.server.push.PushScheduleEvent.Attempt;
import io.dlms4j.server.push.PushScheduleEvent.Finished;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Drives the {@link PushSchedule} of one object in real time. All of it is guarded by this. */
final class PushRun {
  private static final int ID_MASK = 0xFF_FFFF;
  private static final int DAYLIGHT_SAVING = 0x80;

  private final PushEnvironment environment;
  private final PushSending sending;
  private final PushValues values;
  private final Parties parties;
  private final Supplier<PushSettings> settings;
  private final PushLines lines;
  private final PushSchedule schedule = new PushSchedule();
  private final long start = System.nanoTime();
  private int nextId;
  private CompletableFuture<PushOutcome> outcome = new CompletableFuture<>();
  private CompletableFuture<PushOutcome> following = new CompletableFuture<>();
  private @Nullable DataNotification notification;
  private @Nullable Throwable lastFailure;
  private @Nullable ScheduledFuture<?> timer;
  private boolean tried;
  private boolean stopped;

  /** Who pushes, and to whom. */
  record Parties(int serverSap, int clientSap) {}

  PushRun(
      PushEnvironment environment,
      PushSending sending,
      PushValues values,
      Parties parties,
      Supplier<PushSettings> settings) {
    this.environment = environment;
    this.sending = sending;
    this.values = values;
    this.parties = parties;
    this.settings = settings;
    this.lines = new PushLines(environment.loop(), environment.random());
    // A meter that begins anew is not to be taken for what it told before.
    this.nextId = environment.random().nextInt(ID_MASK);
  }

  synchronized CompletionStage<PushOutcome> push() {
    if (stopped) {
      return CompletableFuture.failedStage(new CancellationException("pushing has been stopped"));
    }
    CompletionStage<PushOutcome> asked = tried ? following : outcome;
    schedule.push(settings.get().rules(), now(), local(), environment.entropy());
    run();
    return asked;
  }

  synchronized void stop() {
    stopped = true;
    schedule.cancel();
    run();
    CancellationException cause = new CancellationException("pushing has been stopped");
    outcome.completeExceptionally(cause);
    following.completeExceptionally(cause);
  }

  private long now() {
    return System.nanoTime() - start;
  }

  private LocalDateTime local() {
    return LocalDateTime.now(environment.clock());
  }

  private synchronized void onTimer() {
    timer = null;
    schedule.onDeadline(now(), local());
    run();
  }

  /** Does what the schedule wants, and sets the timer for what it will want. */
  private void run() {
    for (PushScheduleEvent event = schedule.pollEvent();
        event != null;
        event = schedule.pollEvent()) {
      if (event instanceof Attempt) {
        tried = true;
        attempt();
      } else if (event instanceof Finished finished) {
        finish(finished);
      }
    }
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    long due = schedule.nextDeadline();
    if (due != PushSchedule.NEVER && !stopped) {
      try {
        timer =
            environment
                .timer()
                .schedule(this::onTimer, Math.max(0, due - now()), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        // Its owner has closed the timer: nothing will ever be due.
        stop();
      }
    }
  }

  private void attempt() {
    DataNotification known = notification;
    CompletionStage<DataNotification> made;
    try {
      made =
          known != null
              ? CompletableFuture.completedStage(known)
              : values.gather(settings.get().objects()).thenApply(this::notificationOf);
    } catch (RuntimeException e) {
      made = CompletableFuture.failedStage(e);
    }
    made.thenCompose(this::send)
        .whenComplete((nothing, failure) -> later(() -> attempted(failure)));
  }

  private void later(Runnable step) {
    try {
      environment.timer().execute(step);
    } catch (RejectedExecutionException e) {
      stop();
    }
  }

  private CompletionStage<Void> send(DataNotification made) {
    return lines.send(
        new PushLines.Route(settings.get().destination(), parties.serverSap(), parties.clientSap()),
        sending,
        made);
  }

  private synchronized DataNotification notificationOf(EncodedData body) {
    ZonedDateTime time = ZonedDateTime.now(environment.clock());
    boolean daylightSaving = time.getZone().getRules().isDaylightSavings(time.toInstant());
    // Deviation is from local time to UTC (Blue Book 4.1.6.1).
    Octets dateTime =
        CosemDateTime.of(
                time.toLocalDateTime(),
                -time.getOffset().getTotalSeconds() / 60,
                daylightSaving ? DAYLIGHT_SAVING : 0)
            .encode();
    nextId = (nextId + 1) & ID_MASK;
    DataNotification made =
        new DataNotification(
            LongInvokeIdAndPriority.of(nextId, sending.confirmed(), false), dateTime, body);
    // A repetition has the same id, so that the client knows it again.
    notification = made;
    return made;
  }

  private synchronized void attempted(@Nullable Throwable failure) {
    if (failure == null) {
      schedule.succeeded();
    } else {
      lastFailure =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      schedule.failed(now());
    }
    run();
  }

  private void finish(Finished finished) {
    CompletableFuture<PushOutcome> done = outcome;
    PushOutcome result = new PushOutcome(finished.delivered(), finished.attempts(), lastFailure);
    outcome = following;
    following = new CompletableFuture<>();
    notification = null;
    lastFailure = null;
    tried = false;
    if (finished.again() && !stopped) {
      schedule.push(settings.get().rules(), now(), local(), environment.entropy());
    }
    // Whoever is told may ask for the next push.
    later(() -> done.complete(result));
  }
}
