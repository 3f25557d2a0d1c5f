package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The way of APDUs between the services of an association and its link. Where general block
 * transfer has been agreed on, what is longer than the peer takes goes in blocks (Green Book
 * 9.4.6.13); else nothing is changed on the way.
 *
 * <p>An APDU of the services goes in by {@link #send} and comes out, as one or as many, by {@link
 * #pollTransmit}; an APDU of the link goes in by {@link #receive} and comes out, when it is whole,
 * by {@link #pollArrival}.
 */
final class ApduChannel {
  /** The deadline when there is nothing to wait for. */
  static final long NEVER = GeneralBlockTransferMachine.NEVER;

  private static final int GENERAL_BLOCK_TRANSFER = 0xE0;

  private final ApduCodec codec;
  private final GeneralBlockTransferConfig config;
  private final boolean client;
  private final Deque<Octets> outgoing = new ArrayDeque<>(1);
  private final Deque<Arrival> incoming = new ArrayDeque<>(1);
  private @Nullable OutgoingApdu lastNotification;

  /** For an association that has agreed on blocks: most have not, and do without. */
  private @Nullable GeneralBlockTransferMachine blocks;

  private int longest = Agreement.NO_LIMIT;

  /** What has come over the way. */
  sealed interface Arrival {
    /**
     * An APDU.
     *
     * @param inBlocks whether it came by general block transfer
     */
    record Whole(Octets apdu, boolean inBlocks) implements Arrival {}

    /** A notification that was sent gave way to a request: it is to be sent again. */
    record Postponed(OutgoingApdu notification) implements Arrival {}

    /**
     * General block transfer has failed.
     *
     * @param sent what this side had sent by it; null if nothing
     */
    record Failed(@Nullable Purpose sent, DlmsException cause) implements Arrival {}
  }

  ApduChannel(GeneralBlockTransferConfig config, ApduCodec codec, boolean client) {
    this.codec = codec;
    this.config = config;
    this.client = client;
  }

  /** Whether an APDU is a part of another. */
  static boolean isBlock(Octets apdu) {
    return !apdu.isEmpty() && apdu.at(0) == GENERAL_BLOCK_TRANSFER;
  }

  /** An association has begun. */
  void begin(Agreement agreed) {
    reset();
    longest = agreed.maxSendPduSize();
    if (agreed.longApdus()) {
      GeneralBlockTransferMachine machine = new GeneralBlockTransferMachine(config, codec, client);
      machine.reset(longest);
      blocks = machine;
    }
  }

  /** Forgets whatever is on the way: the association is over. */
  void reset() {
    blocks = null;
    lastNotification = null;
    outgoing.clear();
    incoming.clear();
  }

  /** Whether any request may be sent; while one is on its way in blocks, none may. */
  boolean takesRequests(long now) {
    GeneralBlockTransferMachine machine = blocks;
    return machine == null || machine.canSend(Purpose.REQUEST, now);
  }

  /**
   * Whether an APDU may be sent now; if not, later.
   *
   * @param overhead how many octets it may become longer by its protection
   */
  boolean takes(OutgoingApdu apdu, int overhead, long now) {
    GeneralBlockTransferMachine machine = blocks;
    if (machine == null || (apdu.fits(longest - overhead) && !apdu.answersBlocks())) {
      return true;
    }
    boolean blocksAwaitAnswer = machine.awaitsAnswer();
    if (apdu.answersBlocks() && !blocksAwaitAnswer) {
      // Nobody waits for it any more: it will be dropped.
      return true;
    }
    return machine.canSend(apdu.purpose(), now)
        && (apdu.purpose() != Purpose.RESPONSE || apdu.answersBlocks() == blocksAwaitAnswer);
  }

  /** Takes an APDU of the services. Only if it {@linkplain #takes may} be sent. */
  void send(OutgoingApdu apdu, long now) {
    GeneralBlockTransferMachine machine = blocks;
    boolean blocksAwaitAnswer = machine != null && machine.awaitsAnswer();
    if (apdu.answersBlocks() && !blocksAwaitAnswer) {
      return;
    }
    if (machine == null
        || (apdu.purpose() == Purpose.RESPONSE && !apdu.answersBlocks() && blocksAwaitAnswer)) {
      outgoing.add(apdu.octets());
    } else {
      if (!apdu.fits(longest) && apdu.purpose() == Purpose.NOTIFICATION) {
        lastNotification = apdu;
      }
      machine.send(apdu.pieces(), apdu.purpose(), now);
    }
  }

  /** The next APDU for the link. */
  @Nullable Octets pollTransmit(long now) {
    Octets whole = outgoing.poll();
    GeneralBlockTransferMachine machine = blocks;
    return whole != null || machine == null ? whole : machine.pollTransmit(now);
  }

  /**
   * Takes an APDU of the link.
   *
   * @return whether it brings on what goes in blocks
   */
  boolean receive(Octets apdu, long now) {
    GeneralBlockTransferMachine machine = blocks;
    if (machine == null || !isBlock(apdu)) {
      incoming.add(new Arrival.Whole(apdu, false));
      return false;
    }
    try {
      return machine.receive((GeneralBlockTransfer) codec.decode(apdu), now);
    } catch (ApduException e) {
      // Whoever answers what cannot be read answers this, too.
      incoming.add(new Arrival.Whole(apdu, false));
      return false;
    }
  }

  /** The next thing for the services. Also time, and what is sent, may bring it about. */
  @Nullable Arrival pollArrival() {
    Arrival whole = incoming.poll();
    GeneralBlockTransferMachine machine = blocks;
    if (whole != null || machine == null) {
      return whole;
    }
    GeneralBlockTransferEvent event = machine.pollEvent();
    if (event instanceof GeneralBlockTransferEvent.Received received) {
      return new Arrival.Whole(received.apdu(), true);
    }
    OutgoingApdu notification = lastNotification;
    if (event instanceof GeneralBlockTransferEvent.Postponed && notification != null) {
      return new Arrival.Postponed(notification);
    }
    return event instanceof GeneralBlockTransferEvent.Failed failed
        ? new Arrival.Failed(failed.sent(), failed.cause())
        : null;
  }

  /** The request that came last in blocks has no answer. */
  void noAnswer(long now) {
    GeneralBlockTransferMachine machine = blocks;
    if (machine != null) {
      machine.noAnswer(now);
    }
  }

  /** The client's request is over, or has its answer, although not in blocks. */
  void answered(long now) {
    GeneralBlockTransferMachine machine = blocks;
    if (machine != null) {
      machine.answered(now);
    }
  }

  /** The client's request is given up. */
  void abandon(long now) {
    GeneralBlockTransferMachine machine = blocks;
    if (machine != null) {
      machine.abandon(now);
    }
  }

  /** The client asks the server without blocks. */
  void asked(long now) {
    GeneralBlockTransferMachine machine = blocks;
    if (machine != null) {
      machine.asked(now);
    }
  }

  /** When {@link #onDeadline} has to be called at the latest. */
  long nextDeadline() {
    GeneralBlockTransferMachine machine = blocks;
    return machine == null ? NEVER : machine.nextDeadline();
  }

  /** Says that time has passed. */
  void onDeadline(long now) {
    GeneralBlockTransferMachine machine = blocks;
    if (machine != null) {
      machine.onDeadline(now);
    }
  }
}
