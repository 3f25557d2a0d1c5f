package io.dlms4j.server.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A state that ends with the process: for tests, and for meters that are made anew each time. For
 * all threads.
 */
public final class InMemorySecuritySetupStore implements SecuritySetupStore {
  private @Nullable SecuritySetupState state;

  /** An empty store. */
  public InMemorySecuritySetupStore() {}

  @Override
  public synchronized Optional<SecuritySetupState> load() {
    return Optional.ofNullable(state);
  }

  @Override
  public synchronized void save(SecuritySetupState saved) {
    state = saved;
  }
}
