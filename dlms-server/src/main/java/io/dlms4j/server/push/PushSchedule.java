package io.dlms4j.server.push;

import io.dlms4j.cosem.classes.CommunicationWindow;
import io.dlms4j.cosem.classes.RepetitionDelay;
import io.dlms4j.server.push.PushScheduleEvent.Attempt;
import io.dlms4j.server.push.PushScheduleEvent.Finished;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a push is tried: after a random delay, within the communication windows, and again after
 * each failure, as often as it may be (Blue Book 4.4.8). A pure state machine: time, local time and
 * entropy are given to it. Used by one thread at a time.
 *
 * <p>A push that is asked for while another one is under way is not another one, as long as that
 * has not been tried: it will tell what is so then. Else it follows it.
 */
final class PushSchedule {
  /** The deadline when there is nothing to wait for. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * What the attributes of the object say.
   *
   * @param windows when pushing is allowed; none for always
   * @param randomisationStartInterval seconds, the most that the start is put off by chance
   * @param retries how often it is tried again
   * @param repetitionDelay how long after a failure
   */
  record Rules(
      List<CommunicationWindow> windows,
      int randomisationStartInterval,
      int retries,
      RepetitionDelay repetitionDelay) {}

  private final Deque<PushScheduleEvent> events = new ArrayDeque<>();
  private @Nullable Rules rules;
  private int attempts;
  private boolean attempting;
  private boolean again;
  private long dueAt = NEVER;

  /**
   * Asks for a push.
   *
   * @param asked the rules as they are now
   * @param now time, in nanoseconds
   * @param local local time
   * @param entropy chooses the random delay
   */
  void push(Rules asked, long now, LocalDateTime local, RandomGenerator entropy) {
    if (rules != null) {
      again |= attempts > 0;
      return;
    }
    rules = asked;
    attempts = 0;
    long most = Duration.ofSeconds(asked.randomisationStartInterval()).toNanos();
    long delay = most == 0 ? 0 : entropy.nextLong(most);
    dueAt = now + Windows.untilOpen(asked.windows(), local).toNanos() + delay;
  }

  /** Whether nothing is asked for. */
  boolean isIdle() {
    return rules == null;
  }

  @Nullable PushScheduleEvent pollEvent() {
    return events.poll();
  }

  long nextDeadline() {
    return dueAt;
  }

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   * @param local local time
   */
  void onDeadline(long now, LocalDateTime local) {
    Rules current = rules;
    if (current == null || attempting || now < dueAt) {
      return;
    }
    Duration closed = Windows.untilOpen(current.windows(), local);
    if (!closed.isZero()) {
      dueAt = now + closed.toNanos();
      return;
    }
    dueAt = NEVER;
    attempting = true;
    attempts++;
    events.add(new Attempt(attempts));
  }

  /** The attempt has succeeded. */
  void succeeded() {
    if (attempting) {
      finish(true);
    }
  }

  /**
   * The attempt has failed.
   *
   * @param now time, in nanoseconds
   */
  void failed(long now) {
    Rules current = rules;
    if (!attempting || current == null) {
      return;
    }
    if (attempts > current.retries()) {
      finish(false);
      return;
    }
    attempting = false;
    dueAt = now + current.repetitionDelay().before(attempts).toNanos();
  }

  private void finish(boolean delivered) {
    events.add(new Finished(delivered, attempts, again));
    cancel();
  }

  /** Forgets what is asked for. */
  void cancel() {
    rules = null;
    attempting = false;
    attempts = 0;
    again = false;
    dueAt = NEVER;
  }
}
