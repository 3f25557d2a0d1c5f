package io.dlms4j.cosem.association;

/** How long one side of general block transfer waits, and how often it asks again. */
final class GeneralBlockTransferPatience {
  private final GeneralBlockTransferConfig config;
  private int retriesLeft;
  private long deadline = GeneralBlockTransferMachine.NEVER;
  private long lastTransmitted;

  GeneralBlockTransferPatience(GeneralBlockTransferConfig config) {
    this.config = config;
  }

  /** An exchange begins. */
  void begin() {
    progress();
    waitForNothing();
  }

  /** The exchange has got on: it may be asked as often again. */
  void progress() {
    retriesLeft = config.retries();
  }

  /**
   * Asks whether to try once more, and counts it.
   *
   * @return false if it has been tried often enough
   */
  boolean takeRetry() {
    if (retriesLeft == 0) {
      return false;
    }
    retriesLeft--;
    return true;
  }

  /** How often something is tried altogether. */
  int attempts() {
    return config.retries() + 1;
  }

  void waitForNothing() {
    deadline = GeneralBlockTransferMachine.NEVER;
  }

  /** Waits for the peer's next block, to ask again if there is none. */
  void waitForBlock(long now) {
    deadline = now + config.timeout().toNanos();
  }

  /** Waits as long as a peer goes on asking. */
  void waitForPeer(long now) {
    deadline = now + config.patience();
  }

  /** Waits as long as a peer need not be told that its block is there. */
  void waitQuietly(long now) {
    deadline = now + quiet();
  }

  long deadline() {
    return deadline;
  }

  boolean isDue(long now) {
    return now >= deadline;
  }

  void transmitted(long now) {
    lastTransmitted = now;
  }

  /** Whether nothing has been sent for so long that what the peer has sent again is answered. */
  boolean isQuiet(long now) {
    return now - lastTransmitted >= quiet();
  }

  private long quiet() {
    return config.timeout().toNanos() / 4;
  }

  /** The time-out, for a message. */
  long timeoutMillis() {
    return config.timeout().toMillis();
  }
}
