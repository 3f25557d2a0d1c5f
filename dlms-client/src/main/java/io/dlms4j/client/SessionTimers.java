package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.link.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a session has been given to do later. Used on the line's thread. */
final class SessionTimers {
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private long number;

  /** Those of one time come in the order in which they were set. */
  private record Timer(long at, long number, Consumer<@Nullable DlmsException> task)
      implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /**
   * Sets a timer.
   *
   * @param task run when it is time, with null; or when there is no session any more, with the
   *     reason
   */
  void set(long at, Consumer<@Nullable DlmsException> task) {
    timers.add(new Timer(at, number++, task));
  }

  long next() {
    Timer first = timers.peek();
    return first == null ? Link.NEVER : first.at();
  }

  /** Runs what is due. What is set in that waits for another turn. */
  void run(long now) {
    List<Timer> due = new ArrayList<>();
    for (Timer first = timers.peek(); first != null && first.at() <= now; first = timers.peek()) {
      due.add(timers.remove());
    }
    due.forEach(each -> each.task().accept(null));
  }

  /** Nothing is waited for any more. */
  void end(DlmsException reason) {
    List<Timer> all = new ArrayList<>(timers);
    timers.clear();
    all.forEach(each -> each.task().accept(reason));
  }
}
