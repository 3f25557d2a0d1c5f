package io.dlms4j.cosem.association;

import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.InvocationCounterStore;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.ProtectionException.Reason;

/** In place of a store where nothing is counted, such as where ECDSA authenticates alone. */
enum NoCounters implements InvocationCounterStore {
  INSTANCE;

  @Override
  public long next(CounterId id) {
    throw none();
  }

  @Override
  public void skipTo(CounterId id, long counter) {
    throw none();
  }

  @Override
  public boolean accept(CounterId id, long counter) {
    throw none();
  }

  @Override
  public long lowestAcceptable(CounterId id) {
    return 0;
  }

  private static ProtectionException none() {
    return ProtectionException.local(
        Reason.COUNTER_STORE, "there is no store of invocation counters for this association");
  }
}
