package io.dlms4j.hdlc;

/**
 * Whose turn it is on the primary's side, and which answers with F=1 end it.
 *
 * <p>Every command with P=1 has one answer that ends with F=1 (two-way alternate, ISO/IEC 13239
 * 5.4.3). On a line that keeps order, sequence numbers make it safe to go on after any such answer.
 * But when a command went again because its answer was late, two answers come, and who goes on
 * after both of them has two turns in the air for ever. So an answer that could have been given
 * before the last turn arrived is passed over, as often as there may be such answers.
 */
final class Turn {
  /** How many response time-outs all together a frame that is still coming in may take. */
  private static final int LONGEST_WAIT = 5;

  private final long responseNanos;
  private final int retransmissions;

  /** Frames have gone, but none with P=1 yet. */
  private boolean open;

  private boolean awaitingAnswer;
  private long sentAt;
  private int retries;

  /** How many answers to earlier turns may still come. */
  private int lateAnswers;

  /** I frames of this turn, and how many of them had gone before. */
  private int sent;

  private int repeated;

  /** What came since this turn began: I frames acknowledged, and whether one was accepted. */
  private int acknowledged;

  private boolean accepted;

  Turn(long responseNanos, int retransmissions) {
    this.responseNanos = responseNanos;
    this.retransmissions = retransmissions;
  }

  /** There has been no turn. */
  void reset() {
    awaitingAnswer = false;
    lateAnswers = 0;
    end();
  }

  private void end() {
    open = false;
    retries = 0;
    begin();
  }

  private void begin() {
    sent = 0;
    repeated = 0;
    acknowledged = 0;
    accepted = false;
  }

  boolean isOpen() {
    return open;
  }

  boolean awaitsAnswer() {
    return awaitingAnswer;
  }

  /** Another I frame is about to go. */
  void sends(InformationTransfer transfer) {
    if (!open) {
      begin();
      open = true;
      repeated = transfer.unacknowledged();
    }
    sent++;
  }

  /** A frame with P=1 goes. */
  void polled(long now) {
    if (!open) {
      begin();
    }
    open = false;
    awaitingAnswer = true;
    sentAt = now;
  }

  /** The frame with P=1 has left this side. */
  void transmitted(long now) {
    if (awaitingAnswer) {
      sentAt = Math.max(sentAt, now);
    }
  }

  /** So many of our I frames have been acknowledged. */
  void acknowledged(int count) {
    if (count > 0) {
      acknowledged += count;
      retries = 0;
    }
  }

  /** An I frame came in sequence. */
  void accepted() {
    accepted = true;
    retries = 0;
  }

  /**
   * Whether a frame with F=1, whose N(R) has been taken, answers this turn.
   *
   * @param gap whether the frame was an I frame with others missing before it
   */
  boolean endsWith(InformationTransfer transfer, boolean gap) {
    if (!awaitingAnswer) {
      return false;
    }
    if (acknowledged > repeated) {
      // It knows an I frame that went in this turn for the first time.
      lateAnswers = 0;
      return true;
    }
    if (sent > 0 && transfer.awaitsAcknowledgement()) {
      // A lone I frame is lost together with its P.
      return sent > 1 && isTimely(acknowledged == 0);
    }
    return !gap || accepted || isTimely(true);
  }

  private boolean isTimely(boolean maybeLate) {
    if (lateAnswers > 0) {
      lateAnswers--;
      return false;
    }
    if (maybeLate) {
      // If it was late all the same, the answer to what goes next is the second one to come.
      lateAnswers++;
    }
    return true;
  }

  /** Ends the turn, if it was answered to the end. */
  void answered(boolean pollFinal) {
    if (pollFinal) {
      awaitingAnswer = false;
      end();
    }
  }

  boolean isLastTry() {
    return retries == retransmissions;
  }

  /** No answer came: the same goes again. */
  void goesAgain() {
    awaitingAnswer = false;
    open = false;
    retries++;
    lateAnswers++;
    begin();
  }

  /** Until when an answer is awaited. */
  long deadline(boolean incoming) {
    return sentAt + (incoming ? LONGEST_WAIT * responseNanos : responseNanos);
  }
}
