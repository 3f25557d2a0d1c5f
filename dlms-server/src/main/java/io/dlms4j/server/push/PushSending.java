package io.dlms4j.server.push;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a meter sends what it pushes. Begin with {@link #DEFAULT}.
 *
 * @param confirmed whether the client is to confirm it; what is not confirmed is tried again
 * @param confirmationTimeout how long that is waited for
 * @param maxPduSize octets of the longest APDU that the client takes, 16..65535, so that what is
 *     longer goes in general blocks; 0 for any
 * @param blockTimeout how long the client's word about blocks is waited for, four times altogether
 * @param connectTimeout how long a TCP line may take to be made
 * @param security how it is protected; null for not at all
 */
public record PushSending(
    boolean confirmed,
    Duration confirmationTimeout,
    int maxPduSize,
    Duration blockTimeout,
    Duration connectTimeout,
    @Nullable PushSecurity security) {
  /** In clear, without confirmation and blocks, with time-outs of ten seconds. */
  public static final PushSending DEFAULT =
      new PushSending(
          false, Duration.ofSeconds(10), 0, Duration.ofSeconds(10), Duration.ofSeconds(10), null);

  /**
   * The same with confirmation.
   *
   * @param timeout how long it is waited for
   * @return how to send
   */
  public PushSending withConfirmation(Duration timeout) {
    return new PushSending(true, timeout, maxPduSize, blockTimeout, connectTimeout, security);
  }

  /**
   * The same with blocks for what is longer than an APDU may be.
   *
   * @param octets octets of the longest APDU that the client takes, 16..65535; 0 for any
   * @param timeout how long the client's word about blocks is waited for
   * @return how to send
   */
  public PushSending withBlocks(int octets, Duration timeout) {
    return new PushSending(
        confirmed, confirmationTimeout, octets, timeout, connectTimeout, security);
  }

  /**
   * The same with protection.
   *
   * @param by the protection
   * @return how to send
   */
  public PushSending withSecurity(PushSecurity by) {
    return new PushSending(
        confirmed, confirmationTimeout, maxPduSize, blockTimeout, connectTimeout, by);
  }
}
