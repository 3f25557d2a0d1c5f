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

  private final LinkAddress linkAddress;
  private final HdlcAddress server;
  private final HdlcAddress client;
  private final HdlcParameters agreed;
  private final @Nullable Payload uaInformation;
  private final InformationTransfer transfer;
  private final long inactivityNanos;
  private final long answerNanos;

  private Reply reply = Reply.UA;

  /** Until when the layer above may think before an owed reply becomes an RR. */
  private long holdUntil;

  private boolean peerBusy;
  private @Nullable FrameReject rejected;
  private long lastFrameAt;

  SecondaryConnection(
      LinkAddress linkAddress,
      HdlcFrame.Snrm snrm,
      HdlcParameters offered,
      HdlcSecondaryConfig config,
      long now) {
    this.linkAddress = linkAddress;
    server = snrm.destination();
    client = snrm.source();
    agreed = config.parameters().agreedWith(offered);
    // Who offered nothing and gets the defaults need not be told.
    boolean silent = snrm.information().length() == 0 && agreed.equals(HdlcParameters.DEFAULT);
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

  /** Whether a frame comes in the form of address that set the connection up. */
  boolean isAddressedBy(HdlcFrame frame) {
    return frame.destination().equals(server);
  }

  boolean send(Payload payload) {
    return rejected == null && transfer.offer(payload);
  }

  /** Takes any frame but SNRM and DISC. */
  void receive(HdlcFrame frame, long now, Queue<LinkEvent> events) {
    lastFrameAt = now;
    if (rejected != null) {
      // Only SNRM or DISC ends this condition; who polls is told again (ISO/IEC 13239 5.6.4).
      if (frame.pollFinal()) {
        reply = Reply.FRMR;
      }
    } else if (frame instanceof HdlcFrame.I i) {
      onInformation(i, now, events);
    } else if (frame instanceof HdlcFrame.Rr rr) {
      onSupervisory(rr, rr.receiveSequenceNumber(), false, events);
    } else if (frame instanceof HdlcFrame.Rnr rnr) {
      onSupervisory(rnr, rnr.receiveSequenceNumber(), true, events);
    } else if (frame instanceof HdlcFrame.Ui ui) {
      onUnnumberedInformation(ui, events);
    } else if (frame instanceof HdlcFrame.Undefined) {
      reject(frame, true, false, false, events);
    }
  }

  private void onInformation(HdlcFrame.I frame, long now, Queue<LinkEvent> events) {
    if (!transfer.isValid(frame.receiveSequenceNumber())) {
      reject(frame, false, false, true, events);
      return;
    }
    if (frame.information().length() > agreed.maxInformationFieldLengthReceive()) {
      reject(frame, false, true, false, events);
      return;
    }
    InformationTransfer.Acceptance acceptance = transfer.accept(frame);
    if (acceptance == InformationTransfer.Acceptance.TOO_LONG) {
      reject(frame, false, true, false, events);
      return;
    }
    transfer.acknowledge(frame.receiveSequenceNumber());
    peerBusy = false;
    boolean delivered = acceptance == InformationTransfer.Acceptance.PAYLOAD;
    if (delivered) {
      events.add(new LinkEvent.Received(linkAddress, transfer.takePayload()));
    }
    polled(frame, delivered ? now + answerNanos : now);
  }

  private void onSupervisory(
      HdlcFrame frame, int receiveSequenceNumber, boolean notReady, Queue<LinkEvent> events) {
    if (!transfer.isValid(receiveSequenceNumber)) {
      reject(frame, false, false, true, events);
      return;
    }
    transfer.acknowledge(receiveSequenceNumber);
    peerBusy = notReady;
    polled(frame, lastFrameAt);
  }

  private void onUnnumberedInformation(HdlcFrame.Ui frame, Queue<LinkEvent> events) {
    Payload information = frame.information();
    if (LlcHeader.COMMAND.begins(information)) {
      Payload apdu = information.slice(LlcHeader.LENGTH, information.length() - LlcHeader.LENGTH);
      events.add(new LinkEvent.Received(linkAddress, Payload.of(apdu.toByteArray())));
    }
    polled(frame, lastFrameAt);
  }

  private void polled(HdlcFrame frame, long hold) {
    if (frame.pollFinal()) {
      // What the client did not acknowledge by now it did not get.
      transfer.rewind();
      reply = Reply.I_OR_RR;
      holdUntil = hold;
    }
  }

  private void reject(
      HdlcFrame frame,
      boolean undefinedControl,
      boolean tooLong,
      boolean invalidSequenceNumber,
      Queue<LinkEvent> events) {
    rejected =
        new FrameReject(
            frame.control(),
            transfer.sendState(),
            transfer.receiveState(),
            false,
            undefinedControl,
            false,
            tooLong,
            invalidSequenceNumber);
    reply = frame.pollFinal() ? Reply.FRMR : Reply.NONE;
    events.add(new LinkEvent.Down(linkAddress, LinkEvent.DownReason.PROTOCOL_ERROR));
  }

  /** Whether the layer above knows the connection: not after it was told that it is down. */
  boolean isUp() {
    return rejected == null;
  }

  /** The reply that is owed, if it may go now. */
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
      case I_OR_RR -> {
        if (transfer.canSend() && !peerBusy) {
          reply = Reply.NONE;
          yield transfer.nextFrame(client, server, true);
        }
        if (now < holdUntil) {
          yield null;
        }
        reply = Reply.NONE;
        yield new HdlcFrame.Rr(client, server, true, transfer.receiveState()).encodeWithFlags();
      }
    };
  }

  /** When it has been silent for too long. */
  long inactiveAt() {
    return inactivityNanos == Link.NEVER ? Link.NEVER : lastFrameAt + inactivityNanos;
  }

  long nextDeadline() {
    return reply == Reply.I_OR_RR ? Math.min(holdUntil, inactiveAt()) : inactiveAt();
  }
}
