package io.dlms4j.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which job of a pool is next. Hosts take turns, the lines of a host take turns, and the jobs of a
 * line go in the order in which they came: many jobs for one hold up nobody else's. A pure machine;
 * each step takes the same time however many jobs wait, and of what has no jobs nothing is kept.
 *
 * @param <J> a job, equal to itself only
 */
final class PoolQueue<J> {
  private final PoolLimits limits;
  private final Map<Object, Host> hosts = new HashMap<>();

  /** Hosts with a job that may go. */
  private final Deque<Host> turns = new ArrayDeque<>();

  private int active;
  private int waiting;

  /**
   * Where a job's connection goes.
   *
   * @param host what all lines of a host have in common
   * @param line what all connections to one place have in common
   * @param shared whether the line takes one connection at a time
   */
  record Place(Object host, Object line, boolean shared) {}

  private final class Host {
    final Object key;
    final Map<Object, Line> lines = new HashMap<>();
    final Deque<Line> turns = new ArrayDeque<>();
    int active;
    boolean hasTurn;

    Host(Object key) {
      this.key = key;
    }
  }

  private final class Line {
    final Host host;
    final Place place;
    final Set<J> jobs = new LinkedHashSet<>();
    int active;
    boolean hasTurn;

    Line(Host host, Place place) {
      this.host = host;
      this.place = place;
    }

    boolean isReady() {
      return !jobs.isEmpty() && active < (place.shared() ? 1 : limits.perEndpoint());
    }
  }

  PoolQueue(PoolLimits limits) {
    this.limits = limits;
  }

  /** How many jobs wait. */
  int waiting() {
    return waiting;
  }

  /** How many jobs have been given and are not over. */
  int active() {
    return active;
  }

  /** How many hosts are known: those with jobs. */
  int hosts() {
    return hosts.size();
  }

  void add(Place place, J job) {
    Host host = hosts.computeIfAbsent(place.host(), Host::new);
    Line line = host.lines.computeIfAbsent(place.line(), key -> new Line(host, place));
    line.jobs.add(job);
    waiting++;
    offer(line);
  }

  /** Gives the line, and its host, a turn if they have none. */
  private void offer(Line line) {
    if (!line.hasTurn && line.isReady()) {
      line.hasTurn = true;
      line.host.turns.add(line);
    }
    offer(line.host);
  }

  private void offer(Host host) {
    if (!host.hasTurn && !host.turns.isEmpty() && host.active < limits.perHost()) {
      host.hasTurn = true;
      turns.add(host);
    }
  }

  /** The next job that may go now, counted as active; null if there is none. */
  @Nullable J next() {
    while (active < limits.total()) {
      Host host = turns.poll();
      if (host == null) {
        return null;
      }
      host.hasTurn = false;
      Line line = host.turns.poll();
      J job = null;
      if (line != null) {
        line.hasTurn = false;
        job = take(line);
        offer(line);
        forget(line);
      }
      offer(host);
      if (job != null) {
        return job;
      }
    }
    return null;
  }

  /** Takes the line's first job, unless they have all been taken back. */
  private @Nullable J take(Line line) {
    if (!line.isReady()) {
      return null;
    }
    J job = line.jobs.iterator().next();
    line.jobs.remove(job);
    waiting--;
    active++;
    line.active++;
    line.host.active++;
    return job;
  }

  /** A job that was given is over. */
  void done(Place place) {
    Host host = hosts.get(place.host());
    Line line = host == null ? null : host.lines.get(place.line());
    if (line == null) {
      throw new IllegalStateException("no job was given for " + place);
    }
    active--;
    line.active--;
    line.host.active--;
    offer(line);
    forget(line);
  }

  /** Takes a waiting job back; false if it does not wait any more. */
  boolean remove(Place place, J job) {
    Host host = hosts.get(place.host());
    Line line = host == null ? null : host.lines.get(place.line());
    if (line == null || !line.jobs.remove(job)) {
      return false;
    }
    waiting--;
    forget(line);
    return true;
  }

  private void forget(Line line) {
    if (line.jobs.isEmpty() && line.active == 0) {
      if (line.hasTurn) {
        line.hasTurn = false;
        line.host.turns.remove(line);
      }
      line.host.lines.remove(line.place.line());
      if (line.host.lines.isEmpty()) {
        if (line.host.hasTurn) {
          line.host.hasTurn = false;
          turns.remove(line.host);
        }
        hosts.remove(line.host.key);
      }
    }
  }

  /** Takes all waiting jobs back. */
  List<J> removeAll() {
    List<J> all = new ArrayList<>();
    for (Host host : List.copyOf(hosts.values())) {
      for (Line line : List.copyOf(host.lines.values())) {
        all.addAll(line.jobs);
        line.jobs.clear();
        forget(line);
      }
    }
    waiting = 0;
    return all;
  }
}
