package io.dlms4j.cosem.security;

import java.util.concurrent.CompletionStage;

/**
 * Where keys come from: a file, or a key management service that takes its time. It is asked once
 * for each association, before anything is protected; the protocol itself never waits for it.
 */
@FunctionalInterface
public interface KeyProvider {
  /**
   * Finds the keys that two parties have with each other. For all threads; must not block.
   *
   * @param own this side
   * @param peer the other side, as it calls itself: nothing of it has been proved yet
   * @return the keys; or a failure with a {@link ProtectionException}, reason UNKNOWN_KEY, if there
   *     are none
   */
  CompletionStage<KeyRing> keysFor(SystemTitle own, SystemTitle peer);
}
