package io.dlms4j.client;

import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.RequestTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests are made again when they fail, how often and after how long. Begin with {@link
 * #NONE} or {@link #of}.
 *
 * <p>Only what reads is made again unless {@link #repeatingChanges} says otherwise: nobody knows
 * whether a SET or an ACTION without an answer has been carried out. What reads is a GET, an ACCESS
 * of readings only, and a Read of names without parameters, for with a parameter a Read may invoke
 * a method. What is {@linkplain DlmsClient#send sent} without an answer is never sent again.
 *
 * @param attempts how often a request is made at most, the first time included; 1..1000
 * @param backoff how long to wait in between
 * @param failures after which failures
 * @param repeatsChanges whether requests that write or invoke are made again too
 */
public record RetryPolicy(
    int attempts, Backoff backoff, Set<Failure> failures, boolean repeatsChanges) {
  private static final int MOST_ATTEMPTS = 1000;

  /** A failure that may pass. */
  public enum Failure {
    /**
     * The connection was lost. Of use to a client that {@linkplain DlmsClientBuilder#reconnect
     * connects again}; with any other it is not retried.
     */
    LINK_LOST,
    /** There was no answer in time. */
    TIMEOUT,
    /** The server answered temporary-failure. */
    TEMPORARY_FAILURE;

    /** Which of these a failure is, if any. */
    static Optional<Failure> of(Throwable cause) {
      if (cause instanceof LinkException) {
        return Optional.of(LINK_LOST);
      }
      if (cause instanceof RequestTimeoutException) {
        return Optional.of(TIMEOUT);
      }
      boolean temporary =
          (cause instanceof DataAccessException access
                  && access.result() == DataAccessResult.TEMPORARY_FAILURE)
              || (cause instanceof ActionException action
                  && action.result() == ActionResult.TEMPORARY_FAILURE);
      return temporary ? Optional.of(TEMPORARY_FAILURE) : Optional.empty();
    }
  }

  /** Every request is made once. */
  public static final RetryPolicy NONE =
      new RetryPolicy(1, Backoff.constant(Duration.ZERO), Set.of(), false);

  /**
   * Checks the range, and keeps a copy of the set.
   *
   * @throws IllegalArgumentException if the number of attempts is out of range
   */
  public RetryPolicy {
    if (attempts < 1 || attempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(attempts + " attempts are not within 1.." + MOST_ATTEMPTS);
    }
    failures = Set.copyOf(failures);
  }

  /**
   * What reads is made again after any of the failures.
   *
   * @param attempts how often a request is made at most, the first time included; 1..1000
   * @param backoff how long to wait in between
   * @return the policy
   * @throws IllegalArgumentException if the number of attempts is out of range
   */
  public static RetryPolicy of(int attempts, Backoff backoff) {
    return new RetryPolicy(attempts, backoff, Set.of(Failure.values()), false);
  }

  /**
   * The same for some failures only.
   *
   * @param only after which failures
   * @return the changed policy
   */
  public RetryPolicy after(Failure... only) {
    return new RetryPolicy(attempts, backoff, Set.of(only), repeatsChanges);
  }

  /**
   * The same for requests that write or invoke as well: they may be carried out more than once.
   *
   * @return the changed policy
   */
  public RetryPolicy repeatingChanges() {
    return new RetryPolicy(attempts, backoff, failures, true);
  }

  /** Whether any request may be made more than once. */
  boolean isActive() {
    return attempts > 1 && !failures.isEmpty();
  }

  /** Whether a request is made again after a failure, as far as the number of attempts goes. */
  boolean retries(boolean reads, Throwable cause, boolean reconnects) {
    return (reads || repeatsChanges)
        && Failure.of(cause)
            .filter(failures::contains)
            .filter(failure -> failure != Failure.LINK_LOST || reconnects)
            .isPresent();
  }
}
