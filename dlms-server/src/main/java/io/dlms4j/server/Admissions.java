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
  private boolean stopped;

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

  /**
   * What one connection has, and asks for: a client may ask for an association while it has the one
   * before, which goes on until the new one is accepted.
   */
  final class Ticket implements ServerAssociation.Admission {
    private final Place place;
    private boolean isOpening;
    private boolean isOpen;

    private Ticket(Place place) {
      this.place = place;
    }

    @Override
    public @Nullable String refusal(long now) {
      synchronized (Admissions.this) {
        String refusal =
            refusalOf(place, now, opening - (isOpening ? 1 : 0), open - (isOpen ? 1 : 0));
        if (refusal == null) {
          setOpening(true);
        }
        return refusal;
      }
    }

    /** The association is there. */
    void opened() {
      synchronized (Admissions.this) {
        failures.remove(place);
        setOpening(false);
        setOpen(true);
      }
    }

    /** The client did not prove who it is. */
    void failed(long now) {
      synchronized (Admissions.this) {
        failures
            .computeIfAbsent(place, any -> new Failures())
            .add(now, limits.longestBackOff().toNanos());
        setOpening(false);
      }
    }

    /** What was asked for is not opened, for another reason. */
    void refused() {
      synchronized (Admissions.this) {
        setOpening(false);
      }
    }

    /** The association has ended, perhaps because the client asks for the next one already. */
    void ended() {
      synchronized (Admissions.this) {
        setOpen(false);
      }
    }

    /** The link has gone, with whatever there was. */
    void over() {
      synchronized (Admissions.this) {
        setOpening(false);
        setOpen(false);
      }
    }

    private void setOpening(boolean value) {
      opening += (value ? 1 : 0) - (isOpening ? 1 : 0);
      isOpening = value;
    }

    private void setOpen(boolean value) {
      open += (value ? 1 : 0) - (isOpen ? 1 : 0);
      isOpen = value;
    }
  }

  Admissions(Limits limits) {
    this.limits = limits;
  }

  Ticket ticket(Place place) {
    return new Ticket(place);
  }

  /** From now on nobody may ask. */
  synchronized void stop() {
    stopped = true;
  }

  /** A device is gone, and with it what its clients have done. */
  synchronized void forget(PhysicalDevice device) {
    failures.keySet().removeIf(place -> place.physical() == device);
  }

  private @Nullable String refusalOf(
      Place place, long now, int otherOpenings, int otherAssociations) {
    if (stopped) {
      return "the server is being stopped";
    }
    Failures failed = failures.get(place);
    long left = failed == null ? 0 : failed.left(now);
    if (left > 0) {
      return "client SAP "
          + place.clientSap()
          + " has failed to authenticate itself too often, and is refused for "
          + Duration.ofNanos(left).toMillis()
          + " ms more";
    }
    if (otherOpenings >= limits.openings()) {
      return "there are " + otherOpenings + " associations being opened already";
    }
    if (otherAssociations >= limits.associations()) {
      return "there are " + otherAssociations + " associations already";
    }
    return null;
  }
}
