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
 */
record GeneralBlockTransferConfig(int window, Duration timeout, int retries, int maxOctets) {
  private static final int MOST_RETRIES = 100;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a parameter makes no sense
   */
  GeneralBlockTransferConfig {
    if (window < 1 || window > GeneralBlockTransfer.MAX_WINDOW) {
      throw new IllegalArgumentException("a window of " + window + " is not within 1..63");
    }
    if (timeout.isNegative()
        || timeout.isZero()
        || timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE / (MOST_RETRIES + 1) / 2)) > 0) {
      throw new IllegalArgumentException("a time-out of " + timeout + " is out of range");
    }
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new IllegalArgumentException(retries + " retries are not within 0..100");
    }
    if (maxOctets < 1) {
      throw new IllegalArgumentException(maxOctets + " octets hold no APDU");
    }
  }

  /** After so long without a word from the peer, an exchange is over for either side. */
  long patience() {
    return timeout.toNanos() * (retries + 1);
  }
}
