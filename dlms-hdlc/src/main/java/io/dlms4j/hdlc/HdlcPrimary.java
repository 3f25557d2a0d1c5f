package io.dlms4j.hdlc;

import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an HDLC line: the primary station, with one connection to one logical device
 * (Green Book 8.4.5).
 *
 * <p>The primary has the initiative. Every frame it sends carries P=1, and the next one goes when
 * the answer with F=1 has come. Without an answer within the response time-out the same goes again,
 * N2 times; then the connection is {@link DownReason#NO_ANSWER down}. A frame coming in puts the
 * time-out off until it is complete, but not for more than four further time-outs.
 *
 * <p>A server that needs time acknowledges a request with RR. The primary then asks again with RR
 * every poll interval, until an I frame comes: without end as far as the link is concerned, for
 * only the user knows how long the answer may take. A user that has lost patience sends its next
 * request, which goes at once, or closes the link. Answers that do not fit the sequence numbers are
 * ignored, as if the line had lost them.
 *
 * <p>{@link #close} sends DISC once; no answer is as good as UA. The window is 1.
 */
public final class HdlcPrimary implements Link {
  /** How many response time-outs all together a frame that is still coming in may take. */
  private static final int LONGEST_WAIT = 5;

  private enum State {
    DISCONNECTED,
    CONNECTING,
    CONNECTED,
    DISCONNECTING
  }

  private final HdlcPrimaryConfig config;
  private final LinkAddress linkAddress;
  private final HdlcAddress client;
  private final HdlcAddress server;
  private final long responseNanos;
  private final long pollNanos;
  private final FrameDelimiter delimiter;
  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>();

  private State state = State.DISCONNECTED;
  private InformationTransfer transfer;

  /** A command with P=1 is on its way, since {@link #sentAt}, for the {@link #retries}th time. */
  private boolean awaitingAnswer;

  private long sentAt;
  private int retries;

  /** When to ask the server for more with RR, if there is no I frame to do so. */
  private long pollAt = NEVER;

  /** The server said RNR. */
  private boolean peerBusy;

  /** The last command was an I frame, not an RR. */
  private boolean sentInformation;

  /**
   * A primary that is not connected.
   *
   * @param config addresses, parameters and time-outs
   */
  public HdlcPrimary(HdlcPrimaryConfig config) {
    this.config = config;
    server = config.server();
    client = HdlcAddress.client(config.clientSap());
    linkAddress = new LinkAddress(config.clientSap(), server.upper(), server.lower());
    responseNanos = config.responseTimeout().toNanos();
    pollNanos = config.pollInterval().toNanos();
    delimiter =
        new FrameDelimiter(config.interOctetTimeout().toNanos(), FrameCodec.MAX_FRAME_LENGTH);
    transfer = newTransfer(config.parameters());
  }

  /**
   * The address of the connection, as in all of its events.
   *
   * @return client, logical device, and physical device if the form of address has one
   */
  public LinkAddress address() {
    return linkAddress;
  }

  private InformationTransfer newTransfer(HdlcParameters agreed) {
    return new InformationTransfer(
        LlcHeader.COMMAND, LlcHeader.RESPONSE, agreed, config.maxPayloadLength());
  }

  @Override
  public void open(long now) {
    if (state == State.DISCONNECTED) {
      delimiter.reset();
      enter(State.CONNECTING);
    }
  }

  @Override
  public void close(long now) {
    if (state == State.CONNECTING || state == State.CONNECTED) {
      enter(State.DISCONNECTING);
    }
  }

  @Override
  public void lineLost(long now) {
    down(DownReason.LINE_LOST);
  }

  @Override
  public boolean send(LinkAddress address, Payload payload, long now) {
    return state == State.CONNECTED && address.equals(linkAddress) && transfer.offer(payload);
  }

  @Override
  public @Nullable LinkEvent pollEvent() {
    return events.poll();
  }

  @Override
  public void receive(byte[] octets, int offset, int length, long now) {
    if (state != State.DISCONNECTED) {
      delimiter.receive(octets, offset, length, now, frame -> onOctets(frame, now));
    }
  }

  private void onOctets(Payload octets, long now) {
    HdlcFrame frame;
    try {
      frame = FrameCodec.decodeChecked(octets);
    } catch (HdlcException notForUs) {
      return;
    }
    if (!frame.destination().equals(client) || !frame.source().equals(server)) {
      return;
    }
    switch (state) {
      case DISCONNECTED -> {}
      case CONNECTING -> onAnswerToSnrm(frame);
      case CONNECTED -> onFrame(frame, now);
      case DISCONNECTING -> {
        if (frame.pollFinal() && (frame instanceof HdlcFrame.Ua || frame instanceof HdlcFrame.Dm)) {
          down(DownReason.CLOSED);
        }
      }
    }
  }

  private void onAnswerToSnrm(HdlcFrame frame) {
    if (!awaitingAnswer || !frame.pollFinal()) {
      return;
    }
    if (frame instanceof HdlcFrame.Dm) {
      down(DownReason.REFUSED);
    } else if (frame instanceof HdlcFrame.Ua) {
      HdlcParameters answer;
      try {
        answer = HdlcParameters.decode(frame.information());
      } catch (HdlcException unreadable) {
        down(DownReason.PROTOCOL_ERROR);
        return;
      }
      transfer = newTransfer(config.parameters().agreedWith(answer));
      enter(State.CONNECTED);
      events.add(new LinkEvent.Up(linkAddress));
    }
  }

  private void onFrame(HdlcFrame frame, long now) {
    if (frame instanceof HdlcFrame.I i) {
      onInformation(i, now);
    } else if (frame instanceof HdlcFrame.Rr rr) {
      onReceiveReady(rr, now);
    } else if (frame instanceof HdlcFrame.Rnr rnr) {
      onReceiveNotReady(rnr, now);
    } else if (frame instanceof HdlcFrame.Ui ui) {
      onUnnumberedInformation(ui);
    } else if (frame instanceof HdlcFrame.Dm) {
      down(DownReason.CLOSED_BY_PEER);
    } else if (frame instanceof HdlcFrame.Frmr) {
      down(DownReason.PROTOCOL_ERROR);
    }
  }

  private void onInformation(HdlcFrame.I frame, long now) {
    if (!transfer.isValid(frame.receiveSequenceNumber())) {
      return;
    }
    // An information field above what was agreed is taken all the same: it fits, and other meters
    // than the one at hand are known only by what they send.
    InformationTransfer.Acceptance acceptance = transfer.accept(frame);
    if (acceptance == InformationTransfer.Acceptance.OUT_OF_SEQUENCE) {
      return;
    }
    transfer.acknowledge(frame.receiveSequenceNumber());
    if (acceptance == InformationTransfer.Acceptance.TOO_LONG) {
      down(DownReason.PROTOCOL_ERROR);
      return;
    }
    if (acceptance == InformationTransfer.Acceptance.PAYLOAD) {
      events.add(new LinkEvent.Received(linkAddress, transfer.takePayload()));
    }
    peerBusy = false;
    if (answersEarlierCommand()) {
      return;
    }
    pollAt = acceptance == InformationTransfer.Acceptance.SEGMENT ? now : NEVER;
    answered(frame);
  }

  private void onReceiveReady(HdlcFrame.Rr frame, long now) {
    if (!isAnswer(frame, frame.receiveSequenceNumber())) {
      return;
    }
    transfer.acknowledge(frame.receiveSequenceNumber());
    if (answersEarlierCommand()) {
      return;
    }
    peerBusy = false;
    pollAt = now + pollNanos;
    answered(frame);
  }

  private void onReceiveNotReady(HdlcFrame.Rnr frame, long now) {
    if (isAnswer(frame, frame.receiveSequenceNumber())) {
      transfer.acknowledge(frame.receiveSequenceNumber());
      peerBusy = true;
      pollAt = now + pollNanos;
      answered(frame);
    }
  }

  /**
   * Whether a frame leaves the I frame unacknowledged that went last: then it answers an earlier
   * command, late, or the server did not take the I frame. That one goes again when its time is up;
   * sending it again at once would keep two answers in the air for ever. An I frame that was not
   * acknowledged before the last command goes again now.
   */
  private boolean answersEarlierCommand() {
    if (!transfer.awaitsAcknowledgement()) {
      return false;
    }
    if (awaitingAnswer && sentInformation) {
      return true;
    }
    transfer.rewind();
    return false;
  }

  private boolean isAnswer(HdlcFrame frame, int receiveSequenceNumber) {
    return awaitingAnswer && frame.pollFinal() && transfer.isValid(receiveSequenceNumber);
  }

  private void answered(HdlcFrame frame) {
    if (frame.pollFinal()) {
      awaitingAnswer = false;
      retries = 0;
    }
  }

  private void onUnnumberedInformation(HdlcFrame.Ui frame) {
    Payload information = frame.information();
    if (LlcHeader.RESPONSE.begins(information)) {
      Payload apdu = information.slice(LlcHeader.LENGTH, information.length() - LlcHeader.LENGTH);
      events.add(new LinkEvent.Received(linkAddress, Payload.of(apdu.toByteArray())));
    }
  }

  @Override
  public @Nullable Payload pollTransmit(long now) {
    if (awaitingAnswer) {
      return null;
    }
    Payload octets =
        switch (state) {
          case DISCONNECTED -> null;
          case CONNECTING ->
              new HdlcFrame.Snrm(server, client, true, config.parameters().encode())
                  .encodeWithFlags();
          case CONNECTED -> nextCommand(now);
          case DISCONNECTING ->
              new HdlcFrame.Disc(server, client, true, Payload.EMPTY).encodeWithFlags();
        };
    if (octets != null) {
      awaitingAnswer = true;
      sentAt = now;
    }
    return octets;
  }

  private @Nullable Payload nextCommand(long now) {
    if (transfer.canSend() && !peerBusy) {
      pollAt = NEVER;
      sentInformation = true;
      return transfer.nextFrame(server, client, true);
    }
    if (now >= pollAt) {
      pollAt = NEVER;
      sentInformation = false;
      return new HdlcFrame.Rr(server, client, true, transfer.receiveState()).encodeWithFlags();
    }
    return null;
  }

  @Override
  public long nextDeadline() {
    if (state == State.DISCONNECTED) {
      return NEVER;
    }
    return Math.min(delimiter.deadline(), awaitingAnswer ? answerDeadline() : pollAt);
  }

  private long answerDeadline() {
    return sentAt + (delimiter.isPartial() ? LONGEST_WAIT * responseNanos : responseNanos);
  }

  @Override
  public void onDeadline(long now) {
    if (state == State.DISCONNECTED) {
      return;
    }
    delimiter.expire(now, frame -> onOctets(frame, now));
    if (awaitingAnswer && now >= answerDeadline()) {
      awaitingAnswer = false;
      if (state == State.DISCONNECTING) {
        down(DownReason.CLOSED);
      } else if (retries == config.retransmissions()) {
        down(DownReason.NO_ANSWER);
      } else {
        retries++;
        transfer.rewind();
        pollAt = now;
      }
    }
  }

  private void enter(State next) {
    state = next;
    awaitingAnswer = false;
    retries = 0;
    pollAt = NEVER;
    peerBusy = false;
    sentInformation = false;
  }

  private void down(DownReason reason) {
    if (state != State.DISCONNECTED) {
      enter(State.DISCONNECTED);
      delimiter.reset();
      transfer = newTransfer(config.parameters());
      events.add(new LinkEvent.Down(linkAddress, reason));
    }
  }
}
