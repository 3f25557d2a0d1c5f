package io.dlms4j.cosem.association;

import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import java.time.Duration;

/**
 * How one side does general block transfer (Green Book 9.3.5, 9.4.6.13).
 *
 * @param window Block_Transfer_Window: how many blocks this side takes in one go, 1..63
 * @param timeout how long the side that keeps the exchange going waits for a block
 * @param retries how often it asks again before it gives up, 0..100
 * @param maxOctets octets of the longest APDU that is taken in blocks
 * @param requestsInBlocks whether a request goes in blocks even if it would fit without, so that
 *     its answer does too, and streams with the window of this side from its first block
 */
record GeneralBlockTransferConfig(
    int window, Duration timeout, int retries, int maxOctets, boolean requestsInBlocks) {
  /** Unless there is reason for another number. */
  static final int RETRIES = 3;

  /** Unless there is reason for another. */
  static final int WINDOW = 16;

  private static final Duration SHORTEST = Duration.ofNanos(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final int MOST_RETRIES = 100;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a parameter makes no sense
   */
  GeneralBlockTransferConfig {
    requireWindow(window);
    requireTimeout(timeout);
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException(retries + " retries are not within 0..100");
    }
    if (maxOctets < 1) {
      throw new IllegalArgumentException(maxOctets + " octets hold no APDU");
    }
  }

  static int requireWindow(int window) {
    if (window < 1 || window > GeneralBlockTransfer.MAX_WINDOW) {
      throw new IllegalArgumentException("a window of " + window + " is not within 1..63");
    }
    return window;
  }

  static Duration requireTimeout(Duration timeout) {
    if (!timeout.equals(within(timeout))) {
      throw new IllegalArgumentException(
          "a time-out of " + timeout + " is not more than zero and at most a day");
    }
    return timeout;
  }

  /** A time-out as near as may be. */
  static Duration within(Duration timeout) {
    return timeout.compareTo(SHORTEST) < 0
        ? SHORTEST
        : timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
  }

  /** After so long without a word from the peer, an exchange is over for either side. */
  long patience() {
    return timeout.toNanos() * (retries + 1);
  }
}
