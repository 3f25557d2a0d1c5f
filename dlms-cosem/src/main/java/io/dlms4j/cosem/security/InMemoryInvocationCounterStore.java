package io.dlms4j.cosem.security;

import java.util.HashMap;
import java.util.Map;

/**
 * Counters that end with the process: for keys that do so too, such as dedicated keys, and for
 * tests. With any other key a restart would repeat nonces.
 */
public final class InMemoryInvocationCounterStore implements InvocationCounterStore {
  private static final int DEFAULT_ENTRIES = 65_536;

  private final Map<CounterId, Counter> own = new HashMap<>();
  private final Map<CounterId, Counter> received = new HashMap<>();
  private final int maxEntries;

  /** A store for at most 65,536 counters of either kind. */
  public InMemoryInvocationCounterStore() {
    this(DEFAULT_ENTRIES);
  }

  /**
   * A store.
   *
   * @param maxEntries how many counters of either kind it keeps at most; further ones are refused
   */
  public InMemoryInvocationCounterStore(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  @Override
  public synchronized long next(CounterId id) {
    Counter counter = counter(own, id, FIRST);
    checkNotExhausted(counter.next);
    return counter.next++;
  }

  @Override
  public synchronized void skipTo(CounterId id, long counter) {
    checkRange(counter);
    Counter kept = counter(own, id, FIRST);
    kept.next = Math.max(kept.next, counter);
  }

  @Override
  public synchronized boolean accept(CounterId id, long counter) {
    checkRange(counter);
    Counter kept = counter(received, id, 0);
    if (counter < kept.next) {
      return false;
    }
    kept.next = counter + 1;
    return true;
  }

  @Override
  public synchronized long lowestAcceptable(CounterId id) {
    Counter kept = received.get(id);
    return kept == null ? 0 : kept.next;
  }

  private Counter counter(Map<CounterId, Counter> counters, CounterId id, long first) {
    Counter kept = counters.get(id);
    if (kept == null) {
      // None may be dropped in favour of another: whoever is forgotten can be replayed.
      if (counters.size() >= maxEntries) {
        throw full(maxEntries);
      }
      kept = new Counter(first);
      counters.put(id, kept);
    }
    return kept;
  }

  /** The lowest counter that has not been used, or received, yet. */
  private static final class Counter {
    private long next;

    Counter(long first) {
      next = first;
    }
  }

  static void checkRange(long counter) {
    if (counter < 0 || counter > HIGHEST) {
      throw new IllegalArgumentException("invocation counter " + counter + " has not 32 bits");
    }
  }

  static void checkNotExhausted(long next) {
    if (next > HIGHEST) {
      throw ProtectionException.local(
          ProtectionException.Reason.COUNTER_EXHAUSTED,
          "the invocation counter of this side has reached its end: change the key (Green Book"
              + " 9.2.3.3.7)");
    }
  }

  static ProtectionException full(int maxEntries) {
    return ProtectionException.local(
        ProtectionException.Reason.COUNTER_STORE,
        "the store has its " + maxEntries + " invocation counters and takes no further one");
  }
}
