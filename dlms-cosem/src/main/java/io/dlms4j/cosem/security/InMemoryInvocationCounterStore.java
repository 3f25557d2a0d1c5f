package io.dlms4j.cosem.security;

import java.util.HashMap;
import java.util.Map;

/**
 * Counters that end with the process: for keys that do so too, such as dedicated keys, and for
 * tests. With any other key a restart would repeat nonces.
 */
public final class InMemoryInvocationCounterStore implements InvocationCounterStore {
  private static final int DEFAULT_ENTRIES = 65_536;

  private final Map<CounterId, Long> own = new HashMap<>();
  private final Map<CounterId, Long> received = new HashMap<>();
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
    long next = own.getOrDefault(id, FIRST);
    checkNotExhausted(next);
    put(own, id, next + 1);
    return next;
  }

  @Override
  public synchronized void skipTo(CounterId id, long counter) {
    checkRange(counter);
    if (counter > own.getOrDefault(id, FIRST)) {
      put(own, id, counter);
    }
  }

  @Override
  public synchronized boolean accept(CounterId id, long counter) {
    checkRange(counter);
    if (counter < lowestAcceptable(id)) {
      return false;
    }
    put(received, id, counter + 1);
    return true;
  }

  @Override
  public synchronized long lowestAcceptable(CounterId id) {
    return received.getOrDefault(id, 0L);
  }

  private void put(Map<CounterId, Long> counters, CounterId id, long value) {
    // None may be dropped in favour of another: whoever is forgotten can be replayed.
    if (counters.size() >= maxEntries && !counters.containsKey(id)) {
      throw full(maxEntries);
    }
    counters.put(id, value);
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
