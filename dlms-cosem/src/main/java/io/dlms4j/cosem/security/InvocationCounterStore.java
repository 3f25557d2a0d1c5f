package io.dlms4j.cosem.security;

/**
 * Keeps invocation counters: those that this side counts with, and the highest ones received (Green
 * Book 9.2.3.3.7). A counter that comes twice under one key breaks AES-GCM for good; a received one
 * that is forgotten lets a replay through. So whatever a method returns must be true for ever
 * after, also if the process is killed at that moment.
 *
 * <p>For all threads: several associations may share a key. The methods are called while a message
 * is protected, and may block shortly.
 */
public interface InvocationCounterStore {
  /** The highest invocation counter there is. */
  long HIGHEST = 0xFFFF_FFFFL;

  /** What a counter of this side begins with. */
  long FIRST = 1;

  /**
   * The next counter of this side.
   *
   * @param id whose, and under which key
   * @return a number within 1..2^32-1 that is greater than all that were returned for this id
   *     before
   * @throws ProtectionException with reason COUNTER_EXHAUSTED at the end of the range, or
   *     COUNTER_STORE if it cannot be kept
   */
  long next(CounterId id);

  /**
   * Goes on with a higher counter, because the peer wants it; never with a lower one. Whoever calls
   * this should bound the step, for what asks for it may be forged.
   *
   * @param id whose, and under which key
   * @param counter the lowest one that {@link #next} may return from now on
   * @throws ProtectionException with reason COUNTER_STORE if it cannot be kept
   */
  void skipTo(CounterId id, long counter);

  /**
   * Takes a received counter, if it is greater than all that were taken for this id before. To be
   * called only when the tag has been found right.
   *
   * @param id whose, and under which key
   * @param counter 0..2^32-1
   * @return whether it was taken; if not, nothing has changed
   * @throws ProtectionException with reason COUNTER_STORE if it cannot be kept
   */
  boolean accept(CounterId id, long counter);

  /**
   * The lowest received counter that {@link #accept} would take.
   *
   * @param id whose, and under which key
   * @return 0..2^32, where 2^32 says that none will be taken
   */
  long lowestAcceptable(CounterId id);
}
