package io.dlms4j.benchmarks;

import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.InvocationCounterStore;

/**
 * Counters that are looked after as ever, until they are forgotten: then the same messages can be
 * received once more.
 */
final class ReceivedCounters implements InvocationCounterStore {
  private InvocationCounterStore counters = new InMemoryInvocationCounterStore();

  void forget() {
    counters = new InMemoryInvocationCounterStore();
  }

  @Override
  public long next(CounterId id) {
    return counters.next(id);
  }

  @Override
  public void skipTo(CounterId id, long counter) {
    counters.skipTo(id, counter);
  }

  @Override
  public boolean accept(CounterId id, long counter) {
    return counters.accept(id, counter);
  }

  @Override
  public long lowestAcceptable(CounterId id) {
    return counters.lowestAcceptable(id);
  }
}
