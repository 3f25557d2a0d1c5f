package io.dlms4j.examples.cli;

import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.InvocationCounterStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Invocation counters for the time of a command. For all threads. */
final class OpenCounters implements InvocationCounterStore, AutoCloseable {
  private static final long NONE = -1;

  private final InvocationCounterStore store;
  private final Closeable file;
  private final long first;
  private final AtomicLong highest = new AtomicLong(NONE);

  /**
   * Counters.
   *
   * @param store keeps them
   * @param file what is closed with them
   * @param first what each of this side begins with at least
   */
  OpenCounters(InvocationCounterStore store, Closeable file, long first) {
    this.store = store;
    this.file = file;
    this.first = first;
  }

  /**
   * Where the next run may begin whose counters are not kept.
   *
   * @return a number that is higher than all that were used; nothing if none was
   */
  OptionalLong nextFirst() {
    long used = highest.get();
    return used == NONE ? OptionalLong.empty() : OptionalLong.of(used + 1);
  }

  @Override
  public long next(CounterId id) {
    store.skipTo(id, first); // Never back.
    long next = store.next(id);
    highest.accumulateAndGet(next, Math::max);
    return next;
  }

  @Override
  public void skipTo(CounterId id, long counter) {
    store.skipTo(id, counter);
  }

  @Override
  public boolean accept(CounterId id, long counter) {
    return store.accept(id, counter);
  }

  @Override
  public long lowestAcceptable(CounterId id) {
    return store.lowestAcceptable(id);
  }

  /**
   * Closes the file, if there is one.
   *
   * @throws CommandException if that fails
   */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new CommandException(
          "the file of invocation counters cannot be closed: " + e.getMessage(), e);
    }
  }
}
