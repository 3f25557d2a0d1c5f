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
 * <p>The primary has the initiative. It sends I frames up to the window, the last of them with P=1,
 * and goes on when the answer with F=1 has come. What that does not acknowledge goes again at once,
 * for it was lost (checkpoint by P/F). Without an answer within the response time-out the same goes
 * again, N2 times; then the connection is {@link DownReason#NO_ANSWER down}. A frame coming in puts
 * the time-out off until it is complete, but not for more than four further time-outs.
 *
 * <p>A server that needs time acknowledges a request with RR. The primary then asks again with RR
 * every poll interval, until as many payloads have come as were sent, or {@linkplain #setAwaited
 * are awaited}: without end as far as the link is concerned, for only the user knows how long the
 * answer may take. A user that has lost patience sends its next request, which goes at once, or
 * closes the link. Answers that do not fit the sequence numbers are ignored, as if the line had
 * lost them.
 *
 * <p>A user that is not {@linkplain #setReady ready} is asked for no payloads: the primary does not
 * poll for them, and polls with RNR where it must.
 *
 * <p>FRMR, a control field that the profile does not have (REJ and SREJ are such: Green Book 8.4.3)
 * and RR or RNR with an information field take the connection down: ISO/IEC 13239 5.6.4 leaves the
 * recovery to the layer above. {@link #close} sends DISC once; no answer is as good as UA. A {@link
 * #open} that follows waits until the server has had time to go to NDM.
 */
public final class HdlcPrimary implements Link {
  private enum State {
    DISCONNECTED,
    CONNECTING,
    CONNECTED,
    DISCONNECTING
  }

  private final HdlcPrimaryConfig config;
  private final LinkAddress linkAddress;
  private final HdlcAddress client;
  private final long pollNanos;
  private final FrameDelimiter delimiter;
  private final ReceivedFrame frame = new ReceivedFrame();
  private final ArrayDeque<LinkEvent> events = new ArrayDeque<>(1);
  private final UnnumberedCommands unnumbered;
  private final Turn turn;

  private State state = State.DISCONNECTED;

  /** The server; its own address once it has answered to that of the CALLING physical device. */
  private HdlcAddress server;

  private HdlcParameters agreed;
  private InformationTransfer transfer;

  /** Before that, the server may still be on its way to NDM. */
  private long snrmAt = Long.MIN_VALUE;

  /** When to ask the server for more with RR, if there is no I frame to do so. */
  private long pollAt = NEVER;

  /** Payloads sent that no payload has answered yet, unless the user knows better. */
  private int awaited;

  /** The user takes payloads. */
  private boolean ready = true;

  /** The server said RNR. */
  private boolean peerBusy;

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
    unnumbered = new UnnumberedCommands(linkAddress, client);
    pollNanos = config.pollInterval().toNanos();
    turn = new Turn(config.responseTimeout().toNanos(), config.retransmissions());
    delimiter =
        new FrameDelimiter(
            config.interOctetTimeout().toNanos(), FrameCodec.MAX_FRAME_LENGTH, this::onOctets);
    agreed = HdlcParameters.DEFAULT;
    transfer = newTransfer();
  }

  /**
   * The address of the connection, as in all of its events.
   *
   * @return client, logical device, and physical device if the form of address has one; that of the
   *     configuration, also where it is that of the CALLING physical device
   */
  public LinkAddress address() {
    return linkAddress;
  }

  /**
   * The server, as it names itself: the configured address, or the real one of the device that has
   * answered to the address of the CALLING physical device (Green Book 8.4.2.3).
   *
   * @return the source address of its frames
   */
  public HdlcAddress server() {
    return server;
  }

  private InformationTransfer newTransfer() {
    return new InformationTransfer(
        LlcHeader.COMMAND, LlcHeader.RESPONSE, agreed, config.maxPayloadLength());
  }

  @Override
  public void open(long now) {
    if (state == State.DISCONNECTED) {
      server = config.server();
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
    unnumbered.clear();
    delimiter.reset();
    turn.reset();
    down(DownReason.LINE_LOST);
  }

  @Override
  public boolean send(LinkAddress address, Payload payload, long now) {
    boolean taken =
        state == State.CONNECTED && address.equals(linkAddress) && transfer.offer(payload);
    if (taken) {
      awaited++;
    }
    return taken;
  }

  @Override
  public boolean sendUnconfirmed(LinkAddress address, Payload payload, long now) {
    return unnumbered.offer(address, payload, server, state == State.CONNECTED ? agreed : null);
  }

  @Override
  public void setAwaited(LinkAddress address, int payloads, long now) {
    if (state == State.CONNECTED && address.equals(linkAddress)) {
      awaited = payloads;
      if (payloads > 0 && pollAt == NEVER && !turn.awaitsAnswer()) {
        pollAt = now;
      }
    }
  }

  @Override
  public void setReady(LinkAddress address, boolean value, long now) {
    if (state == State.CONNECTED && address.equals(linkAddress)) {
      ready = value;
    }
  }

  @Override
  public @Nullable LinkEvent pollEvent() {
    return events.poll();
  }

  @Override
  public void receive(byte[] octets, int offset, int length, long now) {
    delimiter.receive(octets, offset, length, now);
  }

  private void onOctets(byte[] octets, int offset, int length, long now) {
    try {
      frame.read(octets, offset, length);
    } catch (HdlcException notForUs) {
      return;
    }
    if (!frame.isFor(client) || !isFromServer()) {
      return;
    }
    if (frame.kind() == ReceivedFrame.Kind.UI) {
      onUnnumberedInformation();
      return;
    }
    switch (state) {
      case DISCONNECTED -> turn.answered(frame.pollFinal());
      case CONNECTING -> onAnswerToSnrm();
      case CONNECTED -> onFrame(now);
      case DISCONNECTING -> {
        if (frame.pollFinal()
            && (frame.kind() == ReceivedFrame.Kind.UA || frame.kind() == ReceivedFrame.Kind.DM)) {
          snrmAt = now + config.disconnectTime().toNanos();
          down(DownReason.CLOSED);
        }
      }
    }
  }

  /** Whether the server sent the frame; whoever answers for the CALLING device is the server. */
  private boolean isFromServer() {
    if (frame.isFrom(server)) {
      return true;
    }
    if (!server.isCallingPhysicalDevice()) {
      return false;
    }
    HdlcAddress caller = frame.source();
    return caller.upper() == server.upper()
        && caller.length() > 1
        && !caller.isNoStation()
        && !caller.isAllStation();
  }

  private void onAnswerToSnrm() {
    if (!turn.awaitsAnswer() || !frame.pollFinal()) {
      return;
    }
    if (frame.kind() == ReceivedFrame.Kind.DM) {
      down(DownReason.REFUSED);
    } else if (frame.kind() == ReceivedFrame.Kind.UA) {
      HdlcParameters answer;
      try {
        answer = HdlcParameters.decode(frame.information());
      } catch (HdlcException unreadable) {
        down(DownReason.PROTOCOL_ERROR);
        return;
      }
      server = frame.source();
      agreed = config.parameters().agreedWith(answer);
      transfer = newTransfer();
      enter(State.CONNECTED);
      events.add(new LinkEvent.Up(linkAddress));
    }
  }

  private void onFrame(long now) {
    switch (frame.kind()) {
      case I -> onInformation(now);
      case RR, RNR -> {
        if (frame.informationLength() > 0) {
          down(DownReason.PROTOCOL_ERROR);
        } else {
          onSupervisory(frame.kind() == ReceivedFrame.Kind.RNR, now);
        }
      }
      case DM -> down(DownReason.CLOSED_BY_PEER);
      case FRMR, UNDEFINED -> down(DownReason.PROTOCOL_ERROR);
      case UI, UA, SNRM, DISC -> {}
    }
  }

  private void onInformation(long now) {
    if (!transfer.isValid(frame.receiveSequenceNumber())) {
      return;
    }
    InformationTransfer.Acceptance acceptance = InformationTransfer.Acceptance.OUT_OF_SEQUENCE;
    if (ready) {
      // An information field above what was agreed is taken all the same: it fits, and other meters
      // than the one at hand are known only by what they send.
      acceptance = transfer.accept(frame);
    }
    turn.acknowledged(transfer.acknowledge(frame.receiveSequenceNumber()));
    boolean more = true;
    switch (acceptance) {
      case TOO_LONG -> {
        down(DownReason.PROTOCOL_ERROR);
        return;
      }
      case DUPLICATE -> {
        return;
      }
      case OUT_OF_SEQUENCE -> {}
      case SEGMENT -> turn.accepted();
      case PAYLOAD -> {
        turn.accepted();
        awaited = Math.max(0, awaited - 1);
        more = awaited > 0;
        events.add(new LinkEvent.Received(linkAddress, transfer.takePayload()));
      }
      case NO_LLC_HEADER -> {
        turn.accepted();
        more = awaited > 0;
      }
    }
    if (frame.pollFinal()) {
      peerBusy = false;
      boolean gap = acceptance == InformationTransfer.Acceptance.OUT_OF_SEQUENCE;
      if (turn.endsWith(transfer, gap)) {
        endTurn(more ? now : NEVER);
      }
    }
  }

  private void onSupervisory(boolean notReady, long now) {
    if (!transfer.isValid(frame.receiveSequenceNumber())) {
      return;
    }
    turn.acknowledged(transfer.acknowledge(frame.receiveSequenceNumber()));
    if (!frame.pollFinal() || !turn.awaitsAnswer()) {
      return;
    }
    // Who is not ready drops what it cannot take, so that the number says nothing about the line.
    if (notReady || turn.endsWith(transfer, false)) {
      peerBusy = notReady;
      boolean more =
          awaited > 0
              || transfer.isReassembling()
              || (notReady && (transfer.unacknowledged() > 0 || transfer.canSend()));
      endTurn(more ? now + pollNanos : NEVER);
    }
  }

  /** The answer is complete: what it left unacknowledged goes again. */
  private void endTurn(long nextPollAt) {
    turn.answered(true);
    transfer.rewind();
    pollAt = nextPollAt;
  }

  private void onUnnumberedInformation() {
    Payload apdu = LlcHeader.RESPONSE.strip(frame);
    if (apdu != null) {
      events.add(new LinkEvent.ReceivedUnconfirmed(linkAddress, apdu));
    }
    if (state == State.DISCONNECTED) {
      turn.answered(frame.pollFinal());
    }
  }

  @Override
  public @Nullable Payload pollTransmit(long now) {
    if (turn.awaitsAnswer()) {
      return null;
    }
    if (!unnumbered.isEmpty()) {
      if (unnumbered.nextPolls()) {
        turn.polled(now);
      }
      return unnumbered.next();
    }
    return switch (state) {
      case DISCONNECTED -> null;
      case CONNECTING -> now < snrmAt ? null : poll(snrm(), now);
      case CONNECTED -> nextCommand(now);
      case DISCONNECTING -> poll(new HdlcFrame.Disc(server, client, true, Payload.EMPTY), now);
    };
  }

  private HdlcFrame snrm() {
    return new HdlcFrame.Snrm(server, client, true, config.parameters().encode());
  }

  private Payload poll(HdlcFrame command, long now) {
    turn.polled(now);
    return command.encodeWithFlags();
  }

  /** The next frame of a turn: I frames up to the window, P on the last frame; or RR. */
  private @Nullable Payload nextCommand(long now) {
    if (transfer.canSend() && !peerBusy) {
      pollAt = NEVER;
      turn.sends(transfer);
      // A user that is not ready has RNR close the turn, lest the server answer with I frames.
      boolean last = ready && transfer.nextIsLast();
      if (last) {
        turn.polled(now);
      }
      return transfer.nextFrame(server, client, last);
    }
    // Who was not ready when there was nothing to send may be by now.
    boolean asksAgain = peerBusy && pollAt == NEVER && transfer.canSend();
    if (turn.isOpen() || asksAgain || (now >= pollAt && mayPoll())) {
      pollAt = NEVER;
      int expected = transfer.receiveState();
      return poll(
          ready
              ? new HdlcFrame.Rr(server, client, true, expected)
              : new HdlcFrame.Rnr(server, client, true, expected),
          now);
    }
    return null;
  }

  /** Whether there is anything to ask for: payloads, if the user takes them, or readiness. */
  private boolean mayPoll() {
    return ready || peerBusy;
  }

  @Override
  public void transmitted(long now) {
    turn.transmitted(now);
  }

  @Override
  public long nextDeadline() {
    long due = NEVER;
    if (turn.awaitsAnswer()) {
      due = turn.deadline(delimiter.isPartial());
    } else if (state == State.CONNECTING) {
      due = snrmAt;
    } else if (state == State.CONNECTED && mayPoll()) {
      due = pollAt;
    }
    return Math.min(delimiter.deadline(), due);
  }

  @Override
  public void onDeadline(long now) {
    delimiter.expire(now);
    if (!turn.awaitsAnswer() || now < turn.deadline(delimiter.isPartial())) {
      return;
    }
    if (state == State.DISCONNECTED) {
      // An empty UI frame, which is not repeated, for nothing may be waiting for it.
      turn.reset();
    } else if (state == State.DISCONNECTING) {
      down(DownReason.CLOSED);
    } else if (turn.isLastTry()) {
      down(DownReason.NO_ANSWER);
    } else {
      turn.goesAgain();
      transfer.rewind();
      pollAt = now;
    }
  }

  private void enter(State next) {
    state = next;
    turn.reset();
    pollAt = NEVER;
    awaited = 0;
    ready = true;
    peerBusy = false;
  }

  private void down(DownReason reason) {
    if (state != State.DISCONNECTED) {
      enter(State.DISCONNECTED);
      delimiter.reset();
      agreed = HdlcParameters.DEFAULT;
      transfer = newTransfer();
      events.add(new LinkEvent.Down(linkAddress, reason));
    }
  }
}
