package io.dlms4j.cosem.association;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client makes one request: immutable, begun with {@link #DEFAULT}.
 *
 * @param confirmed whether the server is to answer. A GET, a Read and the blocks of a long request
 *     cannot go without answers; what is not confirmed ends when it has been sent
 * @param priority high or normal, where the association manages priorities
 * @param paced for the value of a single attribute: each block after the first is asked for only
 *     when {@link ClientAssociation#proceed} is called, so that no more than one block is ever
 *     ahead of its consumer and the value may be of any length. What comes by general block
 *     transfer comes as a whole all the same
 * @param responseTimeout how long each answer to this request may take, more than zero; null for
 *     the association's own time-out
 */
public record RequestOptions(
    boolean confirmed, Priority priority, boolean paced, @Nullable Duration responseTimeout) {
  /** The priority of a request. */
  public enum Priority {
    /** As the association is configured. */
    CONFIGURED,
    /** Before requests of normal priority. */
    HIGH,
    /** In order. */
    NORMAL
  }

  /** Confirmed, with the configured priority and time-out, not paced. */
  public static final RequestOptions DEFAULT =
      new RequestOptions(true, Priority.CONFIGURED, false, null);

  /**
   * Checks the time-out.
   *
   * @throws IllegalArgumentException if it is not more than zero
   */
  public RequestOptions {
    if (responseTimeout != null && (responseTimeout.isZero() || responseTimeout.isNegative())) {
      throw new IllegalArgumentException("a response time-out of " + responseTimeout);
    }
  }

  /**
   * The same, without an answer.
   *
   * @return the changed options
   */
  public RequestOptions unconfirmed() {
    return new RequestOptions(false, priority, paced, responseTimeout);
  }

  /**
   * The same with another priority.
   *
   * @param other the priority
   * @return the changed options
   */
  public RequestOptions withPriority(Priority other) {
    return new RequestOptions(confirmed, other, paced, responseTimeout);
  }

  /**
   * The same, at the pace of the consumer.
   *
   * @return the changed options
   */
  public RequestOptions atConsumersPace() {
    return new RequestOptions(confirmed, priority, true, responseTimeout);
  }

  /**
   * The same with a time-out of its own, for what takes a server longer than anything else.
   *
   * @param timeout how long each answer may take, more than zero; null for the association's
   * @return the changed options
   * @throws IllegalArgumentException if it is not more than zero
   */
  public RequestOptions withResponseTimeout(@Nullable Duration timeout) {
    return new RequestOptions(confirmed, priority, paced, timeout);
  }
}
