package io.dlms4j.server;

import io.dlms4j.cosem.association.ServerAssociation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for an association, over all lines of a server: how many are open and being opened,
 * and who has failed to authenticate itself too often. For all threads.
 */
final class Admissions {
  private final Limits limits;
  private final Map<Place, Failures> failures = new HashMap<>();
  private int opening;
  private int open;

  /**
   * What is put up with.
   *
   * @param associations most that are open at once
   * @param openings most that are being opened at once
   * @param longestBackOff how long a client SAP is refused at the most; zero for never
   */
  record Limits(int associations, int openings, Duration longestBackOff) {
    static final Limits DEFAULT = new Limits(65_536, 1_024, Duration.ofMinutes(5));
  }

  /**
   * One association that may be asked for. Where a client comes from does not count: whoever
   * guesses could come from anywhere.
   */
  record Place(PhysicalDevice physical, int serverSap, int clientSap) {}

  private static final class Failures {
    /** Mistakes that cost nothing. */
    private static final int FREE = 3;

    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DOUBLINGS = 30;

    private int count;
    private long until;

    /** Each failure beyond the free ones doubles the time. */
    void add(long now, long longest) {
      count++;
      if (count >= FREE) {
        long backOff = FIRST << Math.min(count - FREE, MOST_DOUBLINGS);
        until = now + Math.min(backOff, longest);
      }
    }

    long left(long now) {
      return count < FREE ? 0 : until - now;
    }
  }

  /** What one connection has, or asks for. */
  final class Ticket implements ServerAssociation.Admission {
    private final Place place;
    private State state = State.NONE;

    private enum State {
      NONE,
      OPENING,
      OPEN
    }

    private Ticket(Place place) {
      this.place = place;
    }

    @Override
    public @Nullable String refusal(long now) {
      synchronized (Admissions.this) {
        String refusal = refusalOf(place, now);
        if (refusal == null) {
          move(State.OPENING);
        }
        return refusal;
      }
    }

    /** The association is there. */
    void opened() {
      synchronized (Admissions.this) {
        failures.remove(place);
        move(State.OPEN);
      }
    }

    /** The client did not prove who it is. */
    void failed(long now) {
      synchronized (Admissions.this) {
        failures
            .computeIfAbsent(place, any -> new Failures())
            .add(now, limits.longestBackOff().toNanos());
        move(State.NONE);
      }
    }

    /** The association has ended, perhaps because the client asks for the next one already. */
    void ended() {
      synchronized (Admissions.this) {
        if (state == State.OPEN) {
          move(State.NONE);
        }
      }
    }

    /** There is no association, and none is being opened. */
    void over() {
      synchronized (Admissions.this) {
        move(State.NONE);
      }
    }

    private void move(State next) {
      opening += (next == State.OPENING ? 1 : 0) - (state == State.OPENING ? 1 : 0);
      open += (next == State.OPEN ? 1 : 0) - (state == State.OPEN ? 1 : 0);
      state = next;
    }
  }

  Admissions(Limits limits) {
    this.limits = limits;
  }

  Ticket ticket(Place place) {
    return new Ticket(place);
  }

  private @Nullable String refusalOf(Place place, long now) {
    Failures failed = failures.get(place);
    long left = failed == null ? 0 : failed.left(now);
    if (left > 0) {
      return "client SAP "
          + place.clientSap()
          + " has failed to authenticate itself too often, and is refused for "
          + Duration.ofNanos(left).toMillis()
          + " ms more";
    }
    if (opening >= limits.openings()) {
      return "there are " + opening + " associations being opened already";
    }
    if (open >= limits.associations()) {
      return "there are " + open + " associations already";
    }
    return null;
  }
}
