package io.dlms4j.client;

import io.dlms4j.cosem.association.RequestOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How requests are made: immutable, begun with {@link #DEFAULT}, given to {@link
 * DlmsClientBuilder#requests} for all requests of a client, or to {@link DlmsClient#with} for some.
 *
 * @param deadline how long a request may take in all, from its making on: waiting for the
 *     association and for its turn, all attempts and the delays in between. Then it is given up,
 *     and fails with a {@link io.dlms4j.cosem.RequestTimeoutException}, a list as a whole; its
 *     answer, which may be late, meets no other. Null for as long as it takes. The rows of a
 *     profile come as long as their consumer takes them: what is read before them keeps to it
 * @param responseTimeout how long each answer may take; null for that of {@link
 *     DlmsClientBuilder#responseTimeout}
 * @param retry what is made again when it fails
 * @param priority high or normal, where the association manages priorities
 */
public record RequestSettings(
    @Nullable Duration deadline,
    @Nullable Duration responseTimeout,
    RetryPolicy retry,
    RequestOptions.Priority priority) {
  /** No deadline, the association's time-out and priority, every request once. */
  public static final RequestSettings DEFAULT =
      new RequestSettings(null, null, RetryPolicy.NONE, RequestOptions.Priority.CONFIGURED);

  private static final Duration LONGEST = Duration.ofDays(365);

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException if one is not more than zero, or longer than a year
   */
  public RequestSettings {
    requireTime("deadline", deadline);
    requireTime("response time-out", responseTimeout);
  }

  private static void requireTime(String what, @Nullable Duration time) {
    if (time != null && (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0)) {
      throw new IllegalArgumentException("a " + what + " of " + time);
    }
  }

  /**
   * The same with a deadline.
   *
   * @param time how long a request may take in all; null for as long as it takes
   * @return the changed settings
   * @throws IllegalArgumentException if it is not more than zero, or longer than a year
   */
  public RequestSettings withDeadline(@Nullable Duration time) {
    return new RequestSettings(time, responseTimeout, retry, priority);
  }

  /**
   * The same with a response time-out.
   *
   * @param time how long each answer may take; null for the association's
   * @return the changed settings
   * @throws IllegalArgumentException if it is not more than zero, or longer than a year
   */
  public RequestSettings withResponseTimeout(@Nullable Duration time) {
    return new RequestSettings(deadline, time, retry, priority);
  }

  /**
   * The same with a retry policy.
   *
   * @param policy what is made again
   * @return the changed settings
   */
  public RequestSettings withRetry(RetryPolicy policy) {
    return new RequestSettings(deadline, responseTimeout, policy, priority);
  }

  /**
   * The same with a priority.
   *
   * @param other the priority
   * @return the changed settings
   */
  public RequestSettings withPriority(RequestOptions.Priority other) {
    return new RequestSettings(deadline, responseTimeout, retry, other);
  }

  /** What of this is the association's business. */
  RequestOptions options() {
    return RequestOptions.DEFAULT.withPriority(priority).withResponseTimeout(responseTimeout);
  }

  /** Given options, with what they leave open. */
  RequestOptions complete(RequestOptions given) {
    RequestOptions complete =
        given.responseTimeout() == null ? given.withResponseTimeout(responseTimeout) : given;
    return given.priority() == RequestOptions.Priority.CONFIGURED
        ? complete.withPriority(priority)
        : complete;
  }
}
