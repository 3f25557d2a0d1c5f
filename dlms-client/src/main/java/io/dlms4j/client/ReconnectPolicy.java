package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.association.AssociationRefusedException;
import java.time.Duration;

/**
 * How a client connects and associates again when its connection is lost. Begin with {@link #of}.
 *
 * <p>It tries again after failures that may pass: no line, no answer, a refusal that is
 * rejected-transient. Any other, such as a wrong password, closes the client, lest a meter lock it
 * out.
 *
 * @param attempts how often it tries at most before it closes, counted anew from each association
 *     on; {@link Integer#MAX_VALUE} for ever
 * @param backoff how long it waits before each
 * @param fromTheStart whether that goes for the first connection too; if not, a client that cannot
 *     connect at first closes at once
 */
public record ReconnectPolicy(int attempts, Backoff backoff, boolean fromTheStart) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if there is to be no attempt
   */
  public ReconnectPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("there has to be an attempt, not " + attempts);
    }
  }

  /**
   * Connects again when a connection is lost, but not when the first cannot be made.
   *
   * @param attempts how often it tries at most; 1 or more
   * @param backoff how long it waits before each
   * @return the policy
   * @throws IllegalArgumentException if there is to be no attempt
   */
  public static ReconnectPolicy of(int attempts, Backoff backoff) {
    return new ReconnectPolicy(attempts, backoff, false);
  }

  /**
   * Tries for ever, after one second at first and after a minute at last.
   *
   * @return the policy
   */
  public static ReconnectPolicy forEver() {
    return of(Integer.MAX_VALUE, Backoff.exponential(Duration.ofSeconds(1), Duration.ofMinutes(1)));
  }

  /**
   * The same for the first connection too.
   *
   * @return the changed policy
   */
  public ReconnectPolicy alsoTheFirst() {
    return new ReconnectPolicy(attempts, backoff, true);
  }

  /** Whether another attempt may end otherwise. */
  static boolean mayPass(DlmsException failure) {
    return failure instanceof LinkException
        || failure instanceof RequestTimeoutException
        || (failure instanceof AssociationRefusedException refusal
            && refusal.result() == AssociationResult.REJECTED_TRANSIENT);
  }
}
