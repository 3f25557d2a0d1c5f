package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.association.GeneralBlockTransferReceiver.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of general block transfer, as one side sees it: both directions, and what the peer
 * has said about itself. When something is sent is the machine's business.
 */
final class GeneralBlockTransferExchange {
  /** Where the peer has not said otherwise: the first block goes alone, and asks for its window. */
  private static final int FIRST_WINDOW = 1;

  private final GeneralBlockTransferConfig config;
  private final boolean client;
  private final GeneralBlockTransferSender sender = new GeneralBlockTransferSender();
  private final GeneralBlockTransferReceiver receiver;

  /** What this side sends; null as long as it only receives. */
  private @Nullable Purpose purpose;

  private int peerWindow = FIRST_WINDOW;
  private boolean nothingToAnswer;
  private int lastAcknowledged;
  private boolean repeats;

  /** What an APDU is in its exchange. */
  enum Purpose {
    /** It has an answer. */
    REQUEST,
    /** It is one. */
    RESPONSE,
    /** It has none: a notification, an unconfirmed request. */
    NOTIFICATION
  }

  /**
   * What a block has brought.
   *
   * @param octets whether it brought octets of an APDU, or word that some have arrived
   */
  record News(Verdict verdict, boolean anything, boolean progress, boolean octets) {}

  /**
   * An exchange without a block.
   *
   * @param purpose what this side has sent, or is about to send; null if the peer begins
   */
  GeneralBlockTransferExchange(
      GeneralBlockTransferConfig config, boolean client, @Nullable Purpose purpose) {
    this.config = config;
    this.client = client;
    this.purpose = purpose;
    this.receiver = new GeneralBlockTransferReceiver(config.maxOctets());
    this.nothingToAnswer = client && purpose == null;
    if (purpose == Purpose.RESPONSE || purpose == Purpose.NOTIFICATION) {
      receiver.close();
    }
  }

  boolean is(@Nullable Purpose what) {
    return purpose == what;
  }

  @Nullable Purpose purpose() {
    return purpose;
  }

  /** Whether the request went without blocks, so that what comes in blocks may be its answer. */
  boolean isAnswerToPlainRequest() {
    return purpose == Purpose.REQUEST && !sender.hasBegun();
  }

  /** Whether all of the answer has been sent, so that the client may have it. */
  boolean isAnswered() {
    return purpose == Purpose.RESPONSE && sender.isAllSent();
  }

  /** What comes is not the answer to the request, but something that has none. */
  void isNoAnswer() {
    purpose = null;
    nothingToAnswer = true;
  }

  /** Begins to send an APDU. */
  void send(BlockSender apdu, Purpose what, int blockDataRoom) {
    purpose = what;
    sender.begin(apdu, blockDataRoom);
  }

  /** The APDU that came has no answer. */
  void noAnswer() {
    nothingToAnswer = true;
  }

  /** Whether this side has a request that came in blocks, and has not answered it. */
  boolean awaitsAnswer() {
    return purpose == null && receiver.isComplete();
  }

  /** Whether this side owes the peer an APDU, for all it knows. */
  boolean owesAnswer() {
    return purpose == null && !nothingToAnswer;
  }

  /** Whether all has come that is due, and nothing of this side is left. */
  boolean isComplete() {
    return receiver.isComplete()
        && (purpose == null || (purpose == Purpose.REQUEST && !sender.hasData()));
  }

  /** Whether the peer's APDU has begun and is not complete. */
  boolean isReassembling() {
    return receiver.hasHeard() && !receiver.isComplete();
  }

  boolean hasData() {
    return sender.hasData();
  }

  boolean isAllSent() {
    return sender.isAllSent();
  }

  boolean isStreaming() {
    return sender.isStreaming();
  }

  /** A window of 0: the peer takes no blocks, and no acknowledgements either. */
  boolean peerTakesNone() {
    return peerWindow == 0;
  }

  /** Whether this side acts when the peer is silent. */
  boolean keepsGoing() {
    return client
        || purpose == Purpose.NOTIFICATION
        // The client has asked without blocks, and may not know yet that the answer has some.
        || (purpose == Purpose.RESPONSE && !receiver.hasHeard());
  }

  /** Whether blocks of the peer came that it has not been told of. */
  boolean hasToAcknowledge() {
    return receiver.contiguous() > lastAcknowledged;
  }

  /** Whether this block with data is of another exchange than this one. */
  boolean isLeftBy(GeneralBlockTransfer block) {
    return receiver.isOfAnother(block);
  }

  /**
   * Whether this block can be of this exchange: it acknowledges nothing that was never sent, and is
   * no part of an answer whose beginning is not known, which may be that of the request before.
   */
  boolean admits(GeneralBlockTransfer block) {
    return block.blockNumberAck() <= sender.sent()
        && (purpose != Purpose.REQUEST
            || block.blockData().isEmpty()
            || block.blockNumber() == 1
            || receiver.contiguous() > 0);
  }

  /** Takes a block: its acknowledgement, window and data. */
  News take(GeneralBlockTransfer block) {
    boolean hadData = sender.hasData();
    boolean progress = sender.acknowledge(block.blockNumberAck());
    peerWindow = block.window();
    if (purpose == Purpose.NOTIFICATION && !block.blockData().isEmpty()) {
      // The peer has begun an exchange of its own at the same time: it will ask again.
      return new News(Verdict.NOTHING_NEW, progress, progress, progress);
    }
    if (purpose == Purpose.REQUEST && block.blockNumber() != 1 && receiver.contiguous() == 0) {
      // An acknowledgement, after the first one was lost; or of the request before.
      return new News(Verdict.NOTHING_NEW, progress, progress, progress && hadData);
    }
    if (purpose == Purpose.REQUEST
        && !block.blockData().isEmpty()
        && !sender.isAllOf(block.blockNumberAck())) {
      // An answer acknowledges all of its request: it is a notification, and the server will give
      // way.
      return new News(Verdict.NOTHING_NEW, progress, progress, progress);
    }
    Verdict verdict = receiver.take(block);
    boolean anything = progress || verdict != Verdict.NOTHING_NEW;
    boolean octets =
        (progress && hadData) || (verdict != Verdict.NOTHING_NEW && !block.blockData().isEmpty());
    return new News(verdict, anything, progress || (anything && !sender.hasData()), octets);
  }

  /** The peer's APDU, once it is complete. */
  Octets apdu() {
    return receiver.apdu();
  }

  /** This side's turn: what the peer misses and takes, else one block without data. */
  void startStream() {
    sender.startStream(Math.max(1, peerWindow));
  }

  /** The next block of the stream. */
  GeneralBlockTransfer nextBlock() {
    // An empty block is the last unless an answer follows.
    GeneralBlockTransferSender.Block block =
        sender.next(nothingToAnswer || purpose == Purpose.REQUEST);
    int gap = receiver.gap();
    repeats |= gap > 0 || block.again();
    lastAcknowledged = receiver.contiguous();
    return new GeneralBlockTransfer(
        block.last(),
        block.streaming(),
        // Who misses some asks for those, not for all that came after them once more.
        gap == 0 ? config.window() : Math.min(gap, config.window()),
        block.number(),
        lastAcknowledged,
        block.data());
  }

  /** Whether a block has been sent again, or asked for that may be on its way. */
  boolean repeats() {
    return repeats;
  }

  /** This side has no more to send. */
  void releaseSender() {
    sender.release();
  }

  /** The exchange is over: lets go of everything but what tells its blocks from others. */
  void release() {
    sender.release();
    receiver.release();
  }
}
