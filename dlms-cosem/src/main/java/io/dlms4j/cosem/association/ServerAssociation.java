package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseApdu;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.acse.RLRE;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.DataNotificationConfirm;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.InformationReport;
import io.dlms4j.cosem.association.ApduChannel.Arrival;
import io.dlms4j.cosem.association.AssociationState.Signal;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one association, as a pure state machine: APDUs in, APDUs and events out
 * (Green Book 9.4). How long a silent client is kept is the link's business.
 *
 * <p>Several requests may be outstanding; each is told as one {@link
 * ServerAssociationEvent.ServiceIndication} when all of it has arrived, and answered item by item
 * with {@link #answer}. A long answer goes in blocks as the client asks for them; values are
 * encoded no sooner.
 *
 * <p>No octets from the client make any of its methods throw. Used by one thread at a time. Poll
 * events after each call.
 */
public final class ServerAssociation {
  /** The deadline when there is nothing to wait for. */
  public static final long NEVER = ApduChannel.NEVER;

  /**
   * Most APDUs, or events, that wait to be taken. There are 16 invoke-ids, so no client has reason
   * to ask more before it has heard the answers.
   */
  private static final int MOST_WAITING = 16;

  private static final int RLRQ_TAG = 0x62;

  private final ServerAssociationConfig config;
  private final ApduCodec codec;
  private final AssociationAcceptor acceptor;
  private final ApduChannel channel;
  private final ServerRequests.Names names = new ServerRequests.Names();
  private final Deque<ServerAssociationEvent> events = new ArrayDeque<>();

  /** What is no service: AARE and RLRE. */
  private final Deque<Octets> control = new ArrayDeque<>();

  /** Answers of high priority, where that counts. */
  private final Deque<OutgoingApdu> urgent = new ArrayDeque<>();

  private final Deque<OutgoingApdu> outgoing = new ArrayDeque<>();

  private AssociationState state = AssociationState.INACTIVE;
  private @Nullable Agreement agreed;
  private @Nullable ServerRequests requests;

  /**
   * An association that waits for its link.
   *
   * @param config what the server offers
   */
  public ServerAssociation(ServerAssociationConfig config) {
    this.config = config;
    this.codec = new ApduCodec(config.limits(), config.quirks());
    this.acceptor = new AssociationAcceptor(config, codec);
    this.channel = new ApduChannel(config.generalBlockTransfer(), codec, false);
  }

  /** The link is up, or has come up anew: a client may associate. */
  public void linkUp() {
    endAssociation();
    state = state.after(Signal.LINK_UP);
  }

  /** The link is down, and the association with it. */
  public void linkDown() {
    endAssociation();
    state = state.after(Signal.LINK_DOWN);
  }

  /** Ends the association without a word to the client (A-ABORT); the link stays. */
  public void abort() {
    endAssociation();
    if (state.permits(Signal.ABORT)) {
      state = state.after(Signal.ABORT);
    }
  }

  /**
   * Whether a client is associated.
   *
   * @return true between AARE and the end
   */
  public boolean isAssociated() {
    return state == AssociationState.ASSOCIATED;
  }

  /**
   * What was agreed on.
   *
   * @return the context, or null while no client is associated
   */
  public @Nullable NegotiatedContext context() {
    Agreement agreement = agreed;
    return agreement == null ? null : agreement.context();
  }

  /**
   * Takes an APDU from the link. While 16 APDUs or events wait to be polled, it is dropped: a
   * client that floods the server is not answered faster than the link can carry.
   *
   * @param apdu the whole of it
   * @param now time, in nanoseconds
   */
  public void receive(Octets apdu, long now) {
    if (state == AssociationState.INACTIVE
        || apdu.isEmpty()
        || control.size() + urgent.size() + outgoing.size() >= MOST_WAITING
        || events.size() >= MOST_WAITING) {
      return;
    }
    if (apdu.at(0) == AcseCodec.AARQ_TAG) {
      receiveAarq(apdu);
    } else if (apdu.at(0) == RLRQ_TAG && state == AssociationState.ASSOCIATED) {
      receiveRlrq(apdu);
    } else {
      if (!refusesLong(apdu)) {
        channel.receive(apdu, now);
      }
      takeArrived(now);
    }
  }

  private boolean refusesLong(Octets apdu) {
    Agreement agreement = agreed;
    int most = agreement == null ? 0 : agreement.context().serverMaxReceivePduSize();
    if (agreement == null || most == 0 || apdu.length() <= most) {
      return false;
    }
    refuse(ServiceGate.tooLong(agreement, apdu.at(0)), false);
    return true;
  }

  private void takeArrived(long now) {
    for (Arrival each = channel.pollArrival(); each != null; each = channel.pollArrival()) {
      if (each instanceof Arrival.Whole whole) {
        receiveService(whole.apdu(), whole.inBlocks(), now);
      } else if (each instanceof Arrival.Postponed postponed) {
        outgoing.addFirst(postponed.notification());
      } else if (each instanceof Arrival.Failed failed && failed.sent() != null) {
        events.add(new ServerAssociationEvent.TransferFailed(failed.cause()));
      }
    }
  }

  /**
   * The next APDU for the link.
   *
   * @param now time, in nanoseconds
   * @return an APDU, or null if there is none at present
   */
  public @Nullable Octets pollTransmit(long now) {
    Octets apdu = control.poll();
    if (apdu == null) {
      apdu = channel.pollTransmit(now);
    }
    while (apdu == null && (sendNext(urgent, now) || sendNext(outgoing, now))) {
      apdu = channel.pollTransmit(now);
    }
    takeArrived(now);
    return apdu;
  }

  /** Sends the first that may be sent: what has to wait for its turn holds up nothing else. */
  private boolean sendNext(Deque<OutgoingApdu> queue, long now) {
    for (Iterator<OutgoingApdu> each = queue.iterator(); each.hasNext(); ) {
      OutgoingApdu next = each.next();
      if (channel.takes(next, now)) {
        each.remove();
        channel.send(next, now);
        return true;
      }
    }
    return false;
  }

  /**
   * The next thing that the layer above must know.
   *
   * @return an event, or null if there is none at present
   */
  public @Nullable ServerAssociationEvent pollEvent() {
    return events.poll();
  }

  /**
   * When {@link #onDeadline} has to be called at the latest.
   *
   * @return a time in nanoseconds, or {@link #NEVER}
   */
  public long nextDeadline() {
    return channel.nextDeadline();
  }

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   */
  public void onDeadline(long now) {
    channel.onDeadline(now);
    takeArrived(now);
  }

  /**
   * Whether a request is with the application, which has yet to answer it.
   *
   * @return false if all that was asked has been answered, or is not to be
   */
  public boolean isAnswerAwaited() {
    ServerRequests going = requests;
    return going != null && going.isAnswerAwaited();
  }

  /**
   * Answers one item of a request. The answer is sent when the last item has its own. What answers
   * a request that is over, or was not to be confirmed, or an item once more, is dropped.
   *
   * @param request the request's name
   * @param item which item, from 0
   * @param result what became of it: {@link ItemResult.Value} for what is read, {@link
   *     ItemResult.Success} for what is written, {@link ItemResult.Refused} for both; all of them
   *     for a method
   * @throws IllegalArgumentException if the request has no such item, or the result is of another
   *     kind
   */
  public void answer(long request, int item, ItemResult result) {
    ServerRequests going = requests;
    if (going != null) {
      going.answer(request, item, result);
    }
  }

  /**
   * Answers all items of a request that have no answer yet with the same refusal. Dropped if the
   * request is over.
   *
   * @param request the request's name
   * @param result why, not success
   * @throws IllegalArgumentException if the result is success
   */
  public void refuse(long request, DataAccessResult result) {
    if (result == DataAccessResult.SUCCESS) {
      throw new IllegalArgumentException("success is no refusal");
    }
    ServerRequests going = requests;
    if (going != null) {
      going.refuse(request, result);
    }
  }

  /**
   * Tells the client something that it did not ask for (Green Book 9.3). Do not send what needs
   * general block transfer over a link that loses APDUs, such as UDP, unless APDUs are
   * authenticated: blocks do not say which APDU they belong to, and if the transfer is given up
   * half way, the client cannot tell what it has of it from the blocks of the next answer. A link
   * without an association will do, for a client that knows the server beforehand.
   *
   * @param notification an {@link EventNotification}, a {@link DataNotification} or an {@link
   *     InformationReport}
   * @return false if it is not sent: there is no link, it was not agreed on, it is longer than the
   *     client takes, or too much waits already
   * @throws IllegalArgumentException if it is another APDU
   */
  public boolean sendNotification(Apdu notification) {
    Conformance needed;
    if (notification instanceof EventNotification) {
      needed = Conformance.EVENT_NOTIFICATION;
    } else if (notification instanceof DataNotification) {
      needed = Conformance.DATA_NOTIFICATION;
    } else if (notification instanceof InformationReport) {
      needed = Conformance.INFORMATION_REPORT;
    } else {
      throw new IllegalArgumentException(
          notification.getClass().getSimpleName() + " is no notification");
    }
    Octets apdu = codec.encode(notification);
    Agreement agreement = agreed;
    if (state == AssociationState.INACTIVE
        || outgoing.size() >= MOST_WAITING
        || (agreement != null
            && (!agreement.has(needed) || apdu.length() > agreement.longestWhole()))) {
      return false;
    }
    outgoing.add(OutgoingApdu.of(apdu, Purpose.NOTIFICATION));
    return true;
  }

  private void receiveAarq(Octets apdu) {
    AARQ aarq;
    try {
      if (!(AcseCodec.decode(apdu) instanceof AARQ decoded)) {
        return;
      }
      aarq = decoded;
    } catch (BerException e) {
      events.add(new ServerAssociationEvent.Refused("the AARQ is malformed: " + e.getMessage()));
      sendControl(
          new AARE(
              config.applicationContextName(),
              AssociationResult.REJECTED_PERMANENT,
              ResultSourceDiagnostic.PROVIDER_NO_REASON_GIVEN,
              null));
      return;
    }
    endAssociation();
    state = state.after(Signal.AARQ);
    AssociationAcceptor.Verdict verdict = acceptor.judge(aarq);
    AARE aare = verdict.aare();
    if (aare != null) {
      sendControl(aare);
    }
    NegotiatedContext context = verdict.context();
    if (context != null) {
      state = state.after(Signal.ACCEPTED);
      begin(context);
    } else {
      state = state.after(Signal.REJECTED);
      String refusal = verdict.refusal();
      events.add(new ServerAssociationEvent.Refused(refusal == null ? "" : refusal));
    }
  }

  private void begin(NegotiatedContext context) {
    int clientMax =
        context.clientMaxReceivePduSize() == 0
            ? Agreement.NO_LIMIT
            : context.clientMaxReceivePduSize();
    Agreement agreement =
        new Agreement(
            codec,
            context,
            Math.min(clientMax, config.maxSendPduSize()),
            config.limits(),
            Agreement.hasGeneralBlocks(context),
            true);
    agreed = agreement;
    requests = new ServerRequests(config, agreement, names, events, this::send);
    channel.begin(agreement);
    events.add(new ServerAssociationEvent.Associated(context));
  }

  private void receiveRlrq(Octets octets) {
    try {
      if (AcseCodec.decode(octets) instanceof RLRQ) {
        boolean confirmed = isConfirmed();
        state = state.after(Signal.RLRQ);
        endAssociation();
        state = state.after(Signal.RLRE);
        if (confirmed) {
          sendControl(new RLRE(RLRE.Reason.NORMAL, null));
        }
      }
    } catch (BerException e) {
      refuse(ServiceGate.unreadable(), false);
    }
  }

  private void sendControl(AcseApdu apdu) {
    control.add(AcseCodec.encode(apdu));
  }

  private boolean isConfirmed() {
    Agreement agreement = agreed;
    return agreement == null || agreement.context().confirmed();
  }

  private void receiveService(Octets octets, boolean inBlocks, long now) {
    Agreement agreement = agreed;
    ServerRequests going = requests;
    if (agreement == null || going == null) {
      refuse(ServiceGate.noAssociation(), false);
      return;
    }
    int tag = octets.at(0);
    Apdu apdu;
    try {
      apdu = codec.decode(octets);
    } catch (ApduException e) {
      supersede(going, inBlocks, now);
      refuse(ServiceGate.unreadable(agreement, tag, e.reason()), inBlocks);
      return;
    }
    if (apdu instanceof DataNotificationConfirm confirm) {
      if (inBlocks) {
        channel.noAnswer(now);
      }
      events.add(new ServerAssociationEvent.NotificationConfirmed(confirm));
      return;
    }
    supersede(going, inBlocks, now);
    boolean answered = !ServiceGate.isRequest(apdu) || ServerExchanges.isConfirmed(apdu);
    if (inBlocks && !answered) {
      channel.noAnswer(now);
    }
    Apdu refusal = ServiceGate.refusal(agreement, apdu, tag);
    if (refusal == null) {
      if (isConfirmed() || !answered) {
        going.receive(apdu, inBlocks);
      }
    } else if (answered) {
      refuse(refusal, inBlocks);
    }
  }

  /** The client asks anew. What it asked by general block transfer before, it has given up. */
  private void supersede(ServerRequests going, boolean inBlocks, long now) {
    if (!inBlocks) {
      channel.asked(now);
    }
    going.supersede();
    urgent.removeIf(OutgoingApdu::answersBlocks);
    outgoing.removeIf(OutgoingApdu::answersBlocks);
  }

  private void refuse(Apdu refusal, boolean inBlocks) {
    send(OutgoingApdu.answer(codec.encode(refusal), inBlocks), false);
  }

  /** In an unconfirmed association the client is answered nothing (Green Book 9.3.2). */
  private void send(OutgoingApdu apdu, boolean highPriority) {
    if (isConfirmed()) {
      (highPriority ? urgent : outgoing).add(apdu);
    }
  }

  private void endAssociation() {
    if (agreed != null) {
      events.add(new ServerAssociationEvent.Ended());
    }
    // Answers to the old association are nothing for whoever comes next.
    control.clear();
    urgent.clear();
    outgoing.clear();
    channel.reset();
    agreed = null;
    requests = null;
  }
}
