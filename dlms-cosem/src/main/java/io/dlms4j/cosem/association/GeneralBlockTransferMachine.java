package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.News;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import io.dlms4j.cosem.association.GeneralBlockTransferReceiver.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * General block transfer (Green Book 9.3.5, 9.4.6.13): carries APDUs of any length in APDUs that
 * the peer takes. A pure state machine for either side of an association, between its services and
 * the link.
 *
 * <p>An exchange is a request and its answer, or an APDU that has no answer; once one of them has
 * gone in blocks, the rest of the exchange does too. The sides take turns: a stream of up to a
 * window of blocks ends with streaming = 0, then the other side acknowledges, with data of its own
 * or without. Block-number-ack below what was sent makes the sender begin again behind it, and a
 * receiver that misses blocks asks for no more than the gap, by its window.
 *
 * <p>The client, and whoever sends a notification, keeps the exchange going: when the peer is
 * silent it sends again or acknowledges again, a bounded number of times. A server that answers
 * only reacts, once the client has taken notice of its blocks. The last block of an answer is not
 * acknowledged. An exchange is aborted by an empty last block with all numbers 0.
 *
 * <p>When both begin at once, the server's notification waits. The blocks carry no name of their
 * exchange: a line that delivers blocks of one exchange after the next one has begun can make a
 * request fail, or spoil what it carries; and a request in blocks that does not differ from the one
 * before (with short names, which have no invoke-ids) may be taken for the same, sent again. Used
 * by one thread at a time.
 */
final class GeneralBlockTransferMachine {
  /** The deadline when there is nothing to wait for. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int MOST_EVENTS = 16;
  private static final int NO_LIMIT = 0xFFFF;
  private static final GeneralBlockTransfer ABORT =
      new GeneralBlockTransfer(true, false, 0, 0, 0, Octets.EMPTY);

  private final GeneralBlockTransferConfig config;
  private final ApduCodec codec;
  private final boolean client;
  private final Deque<Octets> outgoing = new ArrayDeque<>();
  private final Deque<GeneralBlockTransferEvent> events = new ArrayDeque<>();

  private final GeneralBlockTransferPatience patience;

  private int peerMaxPduSize = NO_LIMIT;
  private Phase phase = Phase.IDLE;

  private GeneralBlockTransferExchange exchange;
  private boolean acknowledgementDue;

  private enum Phase {
    /** Nothing is under way. */
    IDLE,
    /** A request has gone as it is; its answer may come in blocks. */
    PLAIN,
    /** It is this side's turn, and its stream is being polled. */
    SENDING,
    /** It is the peer's turn. */
    LISTENING,
    /** The peer's APDU is there: it is to be answered, or ends the exchange. */
    COMPLETE,
    /** The exchange has ended; what still comes of it is dropped. */
    OVER
  }

  GeneralBlockTransferMachine(GeneralBlockTransferConfig config, ApduCodec codec, boolean client) {
    this.config = config;
    this.codec = codec;
    this.client = client;
    this.patience = new GeneralBlockTransferPatience(config);
    this.exchange = new GeneralBlockTransferExchange(config, client, null);
  }

  /**
   * An association has begun or ended: forgets everything before.
   *
   * @param maxPduSize octets of the longest APDU that the peer takes; 0 is no limit
   */
  void reset(int maxPduSize) {
    peerMaxPduSize = maxPduSize == 0 ? NO_LIMIT : maxPduSize;
    outgoing.clear();
    events.clear();
    begin(null);
    patience.reset();
    phase = Phase.IDLE;
  }

  /**
   * Whether an APDU may be sent that may need blocks. A response may while its request is the last
   * thing that came; anything else only when no exchange is under way, nor a block of the one
   * before that was sent twice or given up.
   *
   * @param now time, in nanoseconds
   */
  boolean canSend(Purpose what, long now) {
    if (what != Purpose.RESPONSE && !patience.isSettled(now)) {
      return false;
    }
    return switch (phase) {
      case IDLE, PLAIN, OVER -> true;
      case COMPLETE -> what == Purpose.RESPONSE ? exchange.is(null) : !exchange.owesAnswer();
      // The last blocks of an answer are not acknowledged.
      case LISTENING ->
          what == Purpose.RESPONSE && exchange.is(Purpose.RESPONSE) && exchange.isAllSent();
      case SENDING -> what == Purpose.RESPONSE && exchange.awaitsAnswer();
    };
  }

  /**
   * Sends an APDU, in blocks if it is too long for the peer, answers a request in blocks, or is a
   * request and the configuration wants those in blocks. One that is none of this goes at any time.
   *
   * @param apdu the APDU, piece by piece
   * @return false if blocks are needed and {@link #canSend} forbids it: nothing is sent
   * @throws RuntimeException what the source throws where the APDU begins; nothing is sent
   */
  boolean send(DataStream apdu, Purpose what, long now) {
    BlockSender source = new BlockSender(apdu, false);
    boolean answersBlocks = what == Purpose.RESPONSE && awaitsAnswer();
    boolean inBlocks = answersBlocks || (what == Purpose.REQUEST && config.requestsInBlocks());
    if (!inBlocks && source.fits(peerMaxPduSize)) {
      if (canSend(what, now) && what != Purpose.NOTIFICATION) {
        endBeforeNext(now);
        begin(what);
        phase = what == Purpose.REQUEST ? Phase.PLAIN : Phase.IDLE;
      }
      outgoing.add(source.next(peerMaxPduSize));
      return true;
    }
    if (!canSend(what, now)) {
      return false;
    }
    if (!answersBlocks) {
      endBeforeNext(now);
      begin(what);
    }
    acknowledgementDue = false;
    exchange.send(source, what, GeneralBlockTransfer.blockDataRoom(peerMaxPduSize));
    startStream();
    return true;
  }

  /**
   * The APDU that came last has no answer.
   *
   * @param now time, in nanoseconds
   */
  void noAnswer(long now) {
    if (awaitsAnswer()) {
      exchange.noAnswer();
      if (phase == Phase.COMPLETE) {
        if (acknowledgementDue) {
          startStream();
        } else {
          patience.waitForPeer(now);
        }
      }
    }
  }

  /**
   * The exchange goes no further: the peer has asked or answered without blocks, or nobody waits
   * for the answer any more.
   *
   * @param now time, in nanoseconds
   */
  void abandon(long now) {
    if (phase == Phase.PLAIN) {
      phase = Phase.IDLE;
    } else if (isUnderWay()) {
      if (phase != Phase.COMPLETE && !exchange.isAnswered()) {
        patience.settle(now);
      }
      end(now);
    }
  }

  /** Whether a request has come in blocks, and is to be answered in blocks. */
  boolean awaitsAnswer() {
    return isUnderWay() && exchange.awaitsAnswer();
  }

  /**
   * The peer has answered without blocks. What comes in blocks, if its request did not go in
   * blocks, is something else: a notification, which goes on.
   *
   * @param now time, in nanoseconds
   */
  void answered(long now) {
    if (isUnderWay() && exchange.isAnswerToPlainRequest()) {
      exchange.isNoAnswer();
    } else {
      abandon(now);
    }
  }

  /**
   * The peer has asked without blocks: it has no more need of another answer in blocks. A
   * notification goes on.
   *
   * @param now time, in nanoseconds
   */
  void asked(long now) {
    if (!isUnderWay() || !exchange.is(Purpose.NOTIFICATION)) {
      abandon(now);
    }
  }

  /** Whether a part of an APDU of the peer's has come, and the rest has not. */
  boolean isReassembling() {
    return phase == Phase.LISTENING || (phase == Phase.SENDING && exchange.isReassembling());
  }

  /** Whether something goes out in blocks, and the peer has not acknowledged all of it. */
  boolean isSendingBlocks() {
    return isUnderWay() && exchange.hasData();
  }

  /** Whether something waits to be polled that goes without blocks. */
  boolean hasOutgoing() {
    return !outgoing.isEmpty();
  }

  private boolean isUnderWay() {
    return phase == Phase.COMPLETE || phase == Phase.SENDING || phase == Phase.LISTENING;
  }

  /** The peer is not left without the acknowledgement that it waits for. */
  private void endBeforeNext(long now) {
    if (phase == Phase.COMPLETE && acknowledgementDue) {
      startStream();
      Octets acknowledgement = nextOfStream(now);
      if (acknowledgement != null) {
        outgoing.add(acknowledgement);
      }
    }
  }

  private void begin(@Nullable Purpose what) {
    exchange = new GeneralBlockTransferExchange(config, client, what);
    acknowledgementDue = false;
    patience.begin();
  }

  /**
   * Takes a block from the link. Blocks of no exchange that is known are dropped.
   *
   * @param block the block
   * @param now time, in nanoseconds
   * @return whether the exchange has got on: octets have come, or are known to have arrived
   */
  boolean receive(GeneralBlockTransfer block, long now) {
    if (events.size() >= MOST_EVENTS) {
      return false;
    }
    if (beginsAnew(block)) {
      if (isUnderWay() && exchange.is(Purpose.NOTIFICATION)) {
        events.add(new GeneralBlockTransferEvent.Postponed());
      }
      if (phase != Phase.PLAIN) {
        begin(isAnswerBegunAnew() ? Purpose.REQUEST : null);
      }
      phase = Phase.LISTENING;
    }
    if (!isUnderWay() || !exchange.admits(block)) {
      return false;
    }
    if (isAbort(block)) {
      if (phase != Phase.COMPLETE || exchange.owesAnswer()) {
        fail(GeneralBlockTransferFaults.aborted(), now);
      }
      return false;
    }
    News news = exchange.take(block);
    if (news.progress()) {
      patience.progress();
    }
    switch (news.verdict()) {
      case TOO_LONG -> abort(GeneralBlockTransferFaults.tooLong(config.maxOctets()), now);
      case CONFLICT -> abort(GeneralBlockTransferFaults.conflict(block.blockNumber()), now);
      case COMPLETED -> complete(now);
      case TAKEN, NOTHING_NEW -> react(block, news, now);
    }
    return news.octets();
  }

  private static boolean isAbort(GeneralBlockTransfer block) {
    return block.lastBlock()
        && block.blockNumber() == 0
        && block.blockNumberAck() == 0
        && block.blockData().isEmpty();
  }

  private boolean beginsAnew(GeneralBlockTransfer block) {
    if (block.blockData().isEmpty() || block.blockNumber() != 1 || block.blockNumberAck() != 0) {
      return false;
    }
    return switch (phase) {
      case IDLE, PLAIN -> true;
      case OVER, COMPLETE -> exchange.isLeftBy(block);
      case SENDING, LISTENING ->
          (!exchange.is(Purpose.REQUEST) || exchange.isAnswerToPlainRequest())
              // When both begin at once, the server gives way.
              && !(client && exchange.is(Purpose.NOTIFICATION))
              && exchange.isLeftBy(block);
    };
  }

  /** What began as the answer to a plain request was left over from something else. */
  private boolean isAnswerBegunAnew() {
    return (phase == Phase.LISTENING || phase == Phase.SENDING)
        && exchange.isAnswerToPlainRequest();
  }

  private void complete(long now) {
    events.add(new GeneralBlockTransferEvent.Received(exchange.apdu()));
    phase = Phase.COMPLETE;
    patience.settleIfRepeated(now);
    if (exchange.is(Purpose.REQUEST)) {
      exchange.releaseSender();
      patience.waitForPeer(now);
    } else if (!exchange.owesAnswer()) {
      startStream();
    } else {
      // The answer acknowledges its request; but it may take its time.
      acknowledgementDue = true;
      patience.waitQuietly(now);
    }
  }

  /** Answers a block, if it is this side's turn and there is something to say. */
  private void react(GeneralBlockTransfer block, News news, long now) {
    if (block.streaming() && !block.lastBlock()) {
      if (phase == Phase.LISTENING) {
        listen(now);
      }
      return;
    }
    // Doubles are not answered one by one, or there would be ever more of them.
    boolean worthIt = news.anything() || exchange.hasToAcknowledge() || patience.isQuiet(now);
    boolean carriesData = !block.blockData().isEmpty();
    if (carriesData && news.verdict() == Verdict.NOTHING_NEW) {
      patience.repeated();
      if (phase == Phase.COMPLETE) {
        patience.settle(now);
      }
    }
    if (phase == Phase.COMPLETE) {
      if (worthIt && !acknowledgementDue && (carriesData || exchange.owesAnswer())) {
        startStream();
      }
    } else if (exchange.hasData()) {
      if (worthIt) {
        sendAgain(news.progress(), now);
      }
    } else if (exchange.is(Purpose.NOTIFICATION) || exchange.is(Purpose.RESPONSE)) {
      end(now);
    } else if (carriesData && worthIt) {
      startStream();
    } else if (phase == Phase.LISTENING) {
      listen(now);
    }
  }

  /** Sends what is missing; not for ever to a peer whose acknowledgements do not get on. */
  private void sendAgain(boolean progress, long now) {
    if (progress || !exchange.keepsGoing() || patience.takeRetry()) {
      startStream();
    } else {
      fail(GeneralBlockTransferFaults.neverAcknowledged(patience.attempts()), now);
    }
  }

  /** This side's turn. */
  private void startStream() {
    exchange.startStream();
    phase = Phase.SENDING;
    patience.waitForNothing();
  }

  /** The peer's turn. */
  private void listen(long now) {
    phase = Phase.LISTENING;
    if (exchange.keepsGoing()) {
      patience.waitForBlock(now);
    } else {
      patience.waitForPeer(now);
    }
  }

  /**
   * The next APDU for the link.
   *
   * @param now time, in nanoseconds
   * @return an APDU, or null if there is none at present
   */
  @Nullable Octets pollTransmit(long now) {
    Octets plain = outgoing.poll();
    if (plain != null || phase != Phase.SENDING) {
      return plain;
    }
    return nextOfStream(now);
  }

  private @Nullable Octets nextOfStream(long now) {
    if (exchange.peerTakesNone()) {
      return peerTakesNone(now);
    }
    GeneralBlockTransfer block;
    try {
      block = exchange.nextBlock();
    } catch (RuntimeException e) {
      // Whatever the source throws ends this exchange and no more.
      abort(GeneralBlockTransferFaults.source(e), now);
      return outgoing.poll();
    }
    patience.transmitted(now);
    if (exchange.repeats()) {
      patience.repeated();
    }
    acknowledgementDue = false;
    if (!exchange.isStreaming()) {
      endOfStream(now);
    }
    return codec.encode(block);
  }

  private void endOfStream(long now) {
    if (exchange.isComplete()) {
      phase = Phase.COMPLETE;
      if (!exchange.owesAnswer()) {
        patience.waitForPeer(now);
      }
    } else {
      listen(now);
    }
  }

  /** A window of 0: an acknowledgement is pointless, and data does not arrive. */
  private @Nullable Octets peerTakesNone(long now) {
    if (exchange.hasData()) {
      fail(GeneralBlockTransferFaults.takesNone(), now);
    } else {
      acknowledgementDue = false;
      endOfStream(now);
    }
    return null;
  }

  /**
   * The next thing that the association must know.
   *
   * @return an event, or null if there is none at present
   */
  @Nullable GeneralBlockTransferEvent pollEvent() {
    return events.poll();
  }

  /**
   * When {@link #onDeadline} has to be called at the latest.
   *
   * @return a time in nanoseconds, or {@link #NEVER}
   */
  long nextDeadline() {
    return patience.nextDeadline();
  }

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   */
  void onDeadline(long now) {
    if (!patience.expires(now)) {
      return;
    }
    switch (phase) {
      case COMPLETE -> {
        if (acknowledgementDue) {
          startStream();
        } else {
          phase = Phase.IDLE;
        }
      }
      case OVER -> phase = Phase.IDLE;
      case LISTENING -> silence(now);
      case IDLE, PLAIN, SENDING -> {
        // Nothing is waited for.
      }
    }
  }

  private void silence(long now) {
    if (exchange.keepsGoing() && !exchange.peerTakesNone() && patience.takeRetry()) {
      startStream();
    } else if (exchange.is(Purpose.RESPONSE) && exchange.isAllSent()) {
      // The last blocks of an answer are not acknowledged.
      end(now);
    } else {
      fail(GeneralBlockTransferFaults.silence(patience.timeoutMillis(), patience.attempts()), now);
    }
  }

  private void end(long now) {
    phase = Phase.OVER;
    exchange.release();
    patience.settleIfRepeated(now);
    patience.waitForPeer(now);
  }

  private void fail(DlmsException cause, long now) {
    events.add(new GeneralBlockTransferEvent.Failed(exchange.purpose(), cause));
    if (client) {
      patience.settle(now);
    } else {
      patience.settleWithPeer(now);
    }
    end(now);
  }

  private void abort(DlmsException cause, long now) {
    outgoing.add(codec.encode(ABORT));
    fail(cause, now);
  }
}
