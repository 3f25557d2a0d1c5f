package io.dlms4j.server.security;

import io.dlms4j.axdr.CosemData;
import org.jspecify.annotations.Nullable;

/** What a method does to a security setup, when its parameters have been read. */
@FunctionalInterface
interface Change {
  /**
   * Works out what will be. Nothing counts before it has been saved.
   *
   * @param now the state
   * @return the state after it, and what the method returns
   * @throws RefusedException if it cannot be done
   */
  Outcome applyTo(SecuritySetupState now) throws RefusedException;

  /**
   * What becomes of a change.
   *
   * @param next the state after it; the one before if nothing changes
   * @param returned what the method returns, or null
   */
  record Outcome(SecuritySetupState next, @Nullable CosemData returned) {}

  static Outcome to(SecuritySetupState next) {
    return new Outcome(next, null);
  }
}
