package io.dlms4j.hdlc;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.Payload;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** One client's connection to one logical device, in normal response mode, seen by the server. */
final class SecondaryConnection {
  /** What the client is owed since it polled. */
  private enum Reply {
    NONE,
    UA,
    I_OR_RR,
    FRMR
  }

  /** Why a frame with good check sequences cannot be (ISO/IEC 13239 5.5.3.2). */
  private enum Fault {
    UNDEFINED_CONTROL,
    INFORMATION_NOT_ALLOWED,
    INFORMATION_TOO_LONG,
    INVALID_SEQUENCE_NUMBER
  }

  private final LinkAddress linkAddress;
  private final HdlcAddress server;
  private final HdlcAddress client;
  private final HdlcParameters agreed;
  private final @Nullable Payload uaInformation;
  private final InformationTransfer transfer;
  private final UnnumberedQueue unnumbered;
  private final long inactivityNanos;
  private final long answerNanos;

  private Reply reply = Reply.UA;

  /** Until when the layer above may think before an owed reply becomes an RR. */
  private long holdUntil;

  /** A payload was handed up since the last poll, so that an answer to it may be on its way. */
  private boolean delivered;

  /** The layer above takes payloads. */
  private boolean ready = true;

  /** An I frame was dropped because the layer above took none, and the client does not know yet. */
  private boolean dropped;

  /** The client said RNR. */
  private boolean peerBusy;

  private @Nullable FrameReject rejected;
  private long lastFrameAt;

  /**
   * A connection that SNRM has just set up; the client is owed UA.
   *
   * @param server the logical device, as it names itself
   */
  SecondaryConnection(
      LinkAddress linkAddress,
      HdlcAddress server,
      HdlcAddress client,
      boolean offersNothing,
      HdlcParameters offered,
      HdlcSecondaryConfig config,
      UnnumberedQueue unnumbered,
      long now) {
    this.linkAddress = linkAddress;
    this.server = server;
    this.client = client;
    this.unnumbered = unnumbered;
    agreed = config.parameters().agreedWith(offered);
    // Who offered nothing and gets the defaults need not be told.
    boolean silent = offersNothing && agreed.equals(HdlcParameters.DEFAULT);
    uaInformation = silent ? null : agreed.encode();
    transfer =
        new InformationTransfer(
            LlcHeader.RESPONSE, LlcHeader.COMMAND, agreed, config.maxPayloadLength());
    long inactivity = config.inactivityTimeout().toNanos();
    inactivityNanos = inactivity == 0 ? Link.NEVER : inactivity;
    answerNanos = config.answerTimeout().toNanos();
    lastFrameAt = now;
  }

  LinkAddress linkAddress() {
    return linkAddress;
  }

  /** The logical device, in the form of address that set the connection up. */
  HdlcAddress server() {
    return server;
  }

  HdlcAddress client() {
    return client;
  }

  boolean send(Payload payload) {
    return rejected == null && transfer.offer(payload);
  }

  /** Whether there is something that the client has not been sent yet. */
  boolean hasUnsent() {
    return rejected == null && transfer.canSend();
  }

  /** The longest APDU that goes in a UI frame. */
  int longestUnnumbered() {
    return UnnumberedQueue.longest(agreed.maxInformationFieldLengthTransmit());
  }

  void setReady(boolean value) {
    ready = value;
  }

  /** Takes any frame but SNRM and DISC. */
  void receive(ReceivedFrame frame, long now, Queue<LinkEvent> events) {
    lastFrameAt = now;
    if (rejected != null) {
      // Only SNRM or DISC ends this condition; who polls is told again (ISO/IEC 13239 5.6.4).
      if (frame.pollFinal()) {
        reply = Reply.FRMR;
      }
      return;
    }
    switch (frame.kind()) {
      case I -> onInformation(frame, now, events);
      case RR -> onSupervisory(frame, false, now, events);
      case RNR -> onSupervisory(frame, true, now, events);
      case UI -> onUnnumberedInformation(frame, now, events);
      case UNDEFINED -> reject(frame, Fault.UNDEFINED_CONTROL, events);
      case SNRM, DISC, UA, DM, FRMR -> {}
    }
  }

  private void onInformation(ReceivedFrame frame, long now, Queue<LinkEvent> events) {
    if (!transfer.isValid(frame.receiveSequenceNumber())) {
      reject(frame, Fault.INVALID_SEQUENCE_NUMBER, events);
      return;
    }
    if (frame.informationLength() > agreed.maxInformationFieldLengthReceive()) {
      reject(frame, Fault.INFORMATION_TOO_LONG, events);
      return;
    }
    boolean inSequence = false;
    if (ready) {
      InformationTransfer.Acceptance acceptance = transfer.accept(frame);
      if (acceptance == InformationTransfer.Acceptance.TOO_LONG) {
        reject(frame, Fault.INFORMATION_TOO_LONG, events);
        return;
      }
      if (acceptance == InformationTransfer.Acceptance.PAYLOAD) {
        events.add(new LinkEvent.Received(linkAddress, transfer.takePayload()));
        delivered = true;
      }
      inSequence =
          acceptance != InformationTransfer.Acceptance.OUT_OF_SEQUENCE
              && acceptance != InformationTransfer.Acceptance.DUPLICATE;
    } else {
      dropped = true;
    }
    transfer.acknowledge(frame.receiveSequenceNumber());
    if (frame.pollFinal()) {
      peerBusy = false;
    }
    polled(frame, inSequence, now);
  }

  private void onSupervisory(
      ReceivedFrame frame, boolean notReady, long now, Queue<LinkEvent> events) {
    if (frame.informationLength() > 0) {
      reject(frame, Fault.INFORMATION_NOT_ALLOWED, events);
      return;
    }
    if (!transfer.isValid(frame.receiveSequenceNumber())) {
      reject(frame, Fault.INVALID_SEQUENCE_NUMBER, events);
      return;
    }
    transfer.acknowledge(frame.receiveSequenceNumber());
    peerBusy = notReady;
    polled(frame, !notReady, now);
  }

  private void onUnnumberedInformation(ReceivedFrame frame, long now, Queue<LinkEvent> events) {
    if (frame.informationLength() > agreed.maxInformationFieldLengthReceive()) {
      reject(frame, Fault.INFORMATION_TOO_LONG, events);
      return;
    }
    Payload apdu = LlcHeader.COMMAND.strip(frame);
    if (apdu != null) {
      events.add(new LinkEvent.ReceivedUnconfirmed(linkAddress, apdu));
    }
    polled(frame, false, now);
  }

  /** Owes a reply if the client polled, which may wait for the answer to what came before. */
  private void polled(ReceivedFrame frame, boolean mayWait, long now) {
    if (frame.pollFinal()) {
      // What the client did not acknowledge by now it did not get.
      transfer.rewind();
      reply = Reply.I_OR_RR;
      holdUntil = delivered && mayWait ? now + answerNanos : now;
      delivered = false;
    }
  }

  /** There will be no answer to what came before. */
  void stopHolding(long now) {
    holdUntil = now;
  }

  private void reject(ReceivedFrame frame, Fault fault, Queue<LinkEvent> events) {
    boolean notAllowed = fault == Fault.INFORMATION_NOT_ALLOWED;
    rejected =
        new FrameReject(
            frame.control(),
            transfer.sendState(),
            transfer.receiveState(),
            false,
            // What must not carry information makes the control field invalid as well.
            fault == Fault.UNDEFINED_CONTROL || notAllowed,
            notAllowed,
            fault == Fault.INFORMATION_TOO_LONG,
            fault == Fault.INVALID_SEQUENCE_NUMBER);
    reply = frame.pollFinal() ? Reply.FRMR : Reply.NONE;
    events.add(new LinkEvent.Down(linkAddress, LinkEvent.DownReason.PROTOCOL_ERROR));
  }

  /** Whether the layer above knows the connection: not after it was told that it is down. */
  boolean isUp() {
    return rejected == null;
  }

  /** The next frame of the reply that is owed, if it may go now. */
  @Nullable Payload pollReply(long now) {
    return switch (reply) {
      case NONE -> null;
      case UA -> {
        reply = Reply.NONE;
        Payload information = uaInformation == null ? Payload.EMPTY : uaInformation;
        yield new HdlcFrame.Ua(client, server, true, information).encodeWithFlags();
      }
      case FRMR -> {
        reply = Reply.NONE;
        Payload information = rejected == null ? Payload.EMPTY : rejected.encode();
        yield new HdlcFrame.Frmr(client, server, true, information).encodeWithFlags();
      }
      case I_OR_RR -> pollTurn(now);
    };
  }

  /** The next frame of a turn: UI frames, then I frames up to the window, F on the last frame. */
  private @Nullable Payload pollTurn(long now) {
    boolean information = transfer.canSend() && !peerBusy;
    if (!information && now < holdUntil) {
      return null;
    }
    holdUntil = now;
    Payload apdu = unnumbered.poll(linkAddress);
    while (apdu != null) {
      if (apdu.length() <= longestUnnumbered()) {
        return LlcHeader.RESPONSE.unnumbered(client, server, false, apdu);
      }
      apdu = unnumbered.poll(linkAddress);
    }
    boolean takesMore = ready && !dropped;
    if (information) {
      // An I frame with F says that its sender is ready (ISO/IEC 13239 5.5.2.2).
      boolean last = takesMore && transfer.nextIsLast();
      reply = last ? Reply.NONE : Reply.I_OR_RR;
      return transfer.nextFrame(client, server, last);
    }
    reply = Reply.NONE;
    dropped = false;
    int expected = transfer.receiveState();
    return takesMore
        ? new HdlcFrame.Rr(client, server, true, expected).encodeWithFlags()
        : new HdlcFrame.Rnr(client, server, true, expected).encodeWithFlags();
  }

  /** When it has been silent for too long. */
  long inactiveAt() {
    return inactivityNanos == Link.NEVER ? Link.NEVER : lastFrameAt + inactivityNanos;
  }

  long nextDeadline() {
    return reply == Reply.I_OR_RR ? Math.min(holdUntil, inactiveAt()) : inactiveAt();
  }
}
