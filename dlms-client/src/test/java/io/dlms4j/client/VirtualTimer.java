package io.dlms4j.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer whose time passes only when a test says so. */
final class VirtualTimer implements ClientTimer {
  private final List<Due> tasks = new ArrayList<>();
  private long now;
  private long made;

  private record Due(long at, long number, Runnable task) {}

  @Override
  public synchronized Runnable after(Duration delay, Runnable task) {
    Due due = new Due(now + delay.toNanos(), made++, task);
    tasks.add(due);
    return () -> {
      synchronized (this) {
        tasks.remove(due);
      }
    };
  }

  /** How many tasks wait. */
  synchronized int waiting() {
    return tasks.size();
  }

  /** Lets time pass, and runs what becomes due in it, in order, on the calling thread. */
  void pass(Duration time) {
    long until;
    synchronized (this) {
      until = now + time.toNanos();
    }
    for (Due due = next(until); due != null; due = next(until)) {
      due.task().run();
    }
    synchronized (this) {
      now = until;
    }
  }

  private synchronized @org.jspecify.annotations.Nullable Due next(long until) {
    Due first =
        tasks.stream()
            .filter(due -> due.at() <= until)
            .min(Comparator.comparingLong(Due::at).thenComparingLong(Due::number))
            .orElse(null);
    if (first != null) {
      tasks.remove(first);
      now = Math.max(now, first.at());
    }
    return first;
  }
}
