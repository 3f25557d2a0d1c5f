package io.dlms4j.cosem.association;

/** How long one side of general block transfer waits, and how often it asks again. */
final class GeneralBlockTransferPatience {
  private final GeneralBlockTransferConfig config;
  private int retriesLeft;
  private long deadline = GeneralBlockTransferMachine.NEVER;
  private long lastTransmitted;
  private boolean repeated;
  private long unsettledUntil = GeneralBlockTransferMachine.NEVER;

  GeneralBlockTransferPatience(GeneralBlockTransferConfig config) {
    this.config = config;
  }

  /** Forgets everything. */
  void reset() {
    unsettledUntil = GeneralBlockTransferMachine.NEVER;
    begin();
  }

  /** An exchange begins. */
  void begin() {
    repeated = false;
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
    repeated = true;
    return true;
  }

  /** A block came, or was sent or asked for, that may have come or been sent before. */
  void repeated() {
    repeated = true;
  }

  /** If either side has sent anything twice, some of it may still be on its way. */
  void settleIfRepeated(long now) {
    if (repeated) {
      settle(now);
    }
  }

  /** Something is still on its way that must not meet the next exchange. */
  void settle(long now) {
    settleUntil(now + config.timeout().toNanos());
  }

  /** A client that has not given up may go on asking for what is over on this side. */
  void settleWithPeer(long now) {
    settleUntil(now + config.patience());
  }

  private void settleUntil(long time) {
    if (unsettledUntil == GeneralBlockTransferMachine.NEVER || time > unsettledUntil) {
      unsettledUntil = time;
    }
  }

  /** Whether an exchange may begin that nothing on its way can be taken to belong to. */
  boolean isSettled(long now) {
    return unsettledUntil == GeneralBlockTransferMachine.NEVER || now >= unsettledUntil;
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

  long nextDeadline() {
    return Math.min(deadline, unsettledUntil);
  }

  /** Whether it is time; what was waited for is waited for no more. */
  boolean expires(long now) {
    if (now >= unsettledUntil) {
      unsettledUntil = GeneralBlockTransferMachine.NEVER;
    }
    if (now < deadline) {
      return false;
    }
    waitForNothing();
    return true;
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
