package io.dlms4j.client.push;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Confirmed notifications that came lately, so that one that is sent again, because its
 * confirmation was lost or late, is delivered once only. For all threads.
 */
final class RecentNotifications {
  /** Octets of memory are bounded by this: an entry has about a hundred. */
  private static final int MOST = 65_536;

  private final long windowNanos;
  private final Map<Key, Entry> entries = new LinkedHashMap<>();

  /**
   * What tells a notification from another one.
   *
   * @param origin the title of who has proved to have sent it, or the remote host
   * @param hash of the APDU, for a meter that has lost count begins anew with its ids
   */
  record Key(Object origin, int serverSap, int clientSap, int longInvokeId, int length, int hash) {}

  private static final class Entry {
    final long until;
    final List<Runnable> confirmations = new ArrayList<>();
    boolean done;

    Entry(long until) {
      this.until = until;
    }
  }

  /** What is to be done with a notification. */
  enum Verdict {
    /** It is to be delivered. */
    NEW,
    /** It was delivered before; it is confirmed when that one is, or has been so again. */
    AGAIN
  }

  RecentNotifications(long windowNanos) {
    this.windowNanos = windowNanos;
  }

  /**
   * Takes note of a notification.
   *
   * @param confirmation confirms it on the line that it came on
   */
  Verdict note(Key key, Runnable confirmation, long now) {
    synchronized (entries) {
      forgetOld(now);
      Entry known = entries.get(key);
      if (known == null) {
        Entry entry = new Entry(now + windowNanos);
        entry.confirmations.add(confirmation);
        entries.put(key, entry);
        return Verdict.NEW;
      }
      if (!known.done) {
        // A meter that floods is confirmed once a line, which is enough.
        if (known.confirmations.size() < 8) {
          known.confirmations.add(confirmation);
        }
        return Verdict.AGAIN;
      }
    }
    confirmation.run();
    return Verdict.AGAIN;
  }

  /**
   * The handler has done with a notification: everybody who has sent it is confirmed.
   *
   * @return false if it is not known any more
   */
  boolean done(Key key) {
    List<Runnable> due;
    synchronized (entries) {
      Entry entry = entries.get(key);
      if (entry == null) {
        return false;
      }
      entry.done = true;
      due = List.copyOf(entry.confirmations);
      entry.confirmations.clear();
    }
    due.forEach(Runnable::run);
    return true;
  }

  /** The handler has not taken it: if it comes again, it is new. */
  void failed(Key key) {
    synchronized (entries) {
      entries.remove(key);
    }
  }

  private void forgetOld(long now) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (now < entry.until && entries.size() < MOST) {
        return;
      }
      oldest.remove();
    }
  }
}
