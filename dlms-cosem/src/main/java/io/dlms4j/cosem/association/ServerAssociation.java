package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.Conformance;
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
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
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
  private final Admission admission;
  private final ApduCodec codec;
  private final ServerOpening opening;
  private final ApduChannel channel;
  private final ServerOutbox outbox;
  private final ServerRelease release;
  private final ServerRequests.Names names = new ServerRequests.Names();
  private final Deque<ServerAssociationEvent> events = new ArrayDeque<>(1);

  private AssociationState state = AssociationState.INACTIVE;
  private long deadline = NEVER;
  private @Nullable Agreement agreed;
  private @Nullable ServerRequests requests;

  /**
   * Says whether a client may ask for an association now. Where many have failed to authenticate
   * themselves, or too much is being opened, the answer is a rejection for now.
   */
  @FunctionalInterface
  public interface Admission {
    /** Every client may ask at any time. */
    Admission ALWAYS = now -> null;

    /**
     * Called for every AARQ.
     *
     * @param now time, in nanoseconds
     * @return why it is refused for now, for the log; null if it is not
     */
    @Nullable String refusal(long now);
  }

  /**
   * An association that waits for its link.
   *
   * @param config what the server offers
   */
  public ServerAssociation(ServerAssociationConfig config) {
    this(config, Admission.ALWAYS);
  }

  /**
   * An association that waits for its link.
   *
   * @param config what the server offers
   * @param admission whether clients may ask for it
   */
  public ServerAssociation(ServerAssociationConfig config, Admission admission) {
    this.config = config;
    this.admission = admission;
    this.codec = new ApduCodec(config.limits(), config.quirks());
    this.opening = new ServerOpening(config, codec);
    this.channel = new ApduChannel(config.generalBlockTransfer(), codec, false);
    this.outbox = new ServerOutbox(codec, channel, opening, this::messageRefused);
    this.release = new ServerRelease(codec, opening, this::messageRefused);
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
        || outbox.size() >= MOST_WAITING
        || events.size() >= MOST_WAITING) {
      return;
    }
    if (apdu.at(0) == AcseCodec.AARQ_TAG) {
      receiveAarq(apdu, now);
    } else if (state == AssociationState.AUTHENTICATION_PENDING) {
      receivePass3(apdu);
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
        outbox.addAgain(postponed.notification());
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
    Octets apdu = outbox.poll(now);
    takeArrived(now);
    return apdu;
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
    return Math.min(deadline, channel.nextDeadline());
  }

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   */
  public void onDeadline(long now) {
    if (now >= deadline) {
      openingTimedOut();
    }
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
   * Whether something that was asked has not come to its end: it is with the application, or only a
   * part of the request has come or of the answer gone.
   *
   * @return false if the client is owed nothing
   */
  public boolean isBusy() {
    ServerRequests going = requests;
    return going != null && going.isBusy();
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
   *     client takes, too much waits already, or the policy protects responses and there is no
   *     association whose keys could
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
        || outbox.usualSize() >= MOST_WAITING
        || (opening.security() == null && !opening.leastOfResponses().isEmpty())
        || (agreement != null
            && (!agreement.has(needed) || apdu.length() > agreement.longestWhole()))) {
      return false;
    }
    outbox.add(OutgoingApdu.of(apdu, Purpose.NOTIFICATION).in(opening.ofNotification()), false);
    return true;
  }

  private void receiveAarq(Octets apdu, long now) {
    AARQ aarq;
    try {
      if (!(AcseCodec.decode(apdu) instanceof AARQ decoded)) {
        return;
      }
      aarq = decoded;
    } catch (BerException e) {
      if (state == AssociationState.ASSOCIATION_PENDING
          || state == AssociationState.AUTHENTICATION_PENDING) {
        // Whoever counts what is being opened is told that this one is over, and so it is.
        endAssociation();
        state = state.after(Signal.REJECTED);
      }
      refused("the AARQ is malformed: " + e.getMessage(), false);
      outbox.addControl(
          AcseCodec.encode(
              new AARE(
                  config.applicationContextName(),
                  AssociationResult.REJECTED_PERMANENT,
                  ResultSourceDiagnostic.PROVIDER_NO_REASON_GIVEN,
                  null)));
      return;
    }
    if (!isProtected()) {
      endAssociation();
      state = state.after(Signal.AARQ);
    }
    deadline = now + config.openingTimeout().toNanos();
    String refusal = admission.refusal(now);
    take(refusal == null ? opening.begin(aarq) : opening.refuseForNow(refusal));
  }

  /**
   * Gives the keys that {@link ServerAssociationEvent.KeysWanted} asked for. Without effect if they
   * are wanted no more.
   *
   * @param client whose keys they are, as it was asked
   * @param keys the keys
   */
  public void useKeys(SystemTitle client, KeyRing keys) {
    take(opening.useKeys(client, keys));
  }

  /**
   * Says that there are no keys for a client, which is refused therefore. Without effect if they
   * are wanted no more.
   *
   * @param client whose keys were asked for
   * @param reason why, for the log
   */
  public void refuseKeys(SystemTitle client, String reason) {
    take(opening.refuseKeys(client, reason));
  }

  /** Whether there is an association in which an AARQ has to prove as much as any message. */
  private boolean isProtected() {
    return state == AssociationState.ASSOCIATED
        && opening.security() != null
        && !opening.leastOfRequests().isEmpty();
  }

  /** The client has proved who it is, and has no use for the association before. */
  private void replace() {
    if (state == AssociationState.ASSOCIATED) {
      endServices();
      state = state.after(Signal.AARQ);
    }
  }

  private void take(ServerOpening.@Nullable Step step) {
    if (step instanceof ServerOpening.Step.Associated associated) {
      replace();
      sendControl(associated.answer());
      begin(associated.context());
    } else if (step instanceof ServerOpening.Step.Challenged challenged) {
      replace();
      sendControl(challenged.answer());
      state = state.after(Signal.CHALLENGED);
    } else if (step instanceof ServerOpening.Step.KeysWanted wanted) {
      events.add(
          new ServerAssociationEvent.KeysWanted(
              Objects.requireNonNull(config.security()).systemTitle(), wanted.client()));
    } else if (step instanceof ServerOpening.Step.Refused refused) {
      sendControl(refused.answer());
      rejected(refused.reason(), refused.authentication());
    }
  }

  private void rejected(String reason, boolean authentication) {
    deadline = NEVER;
    if (state == AssociationState.ASSOCIATED) {
      // Whoever asked has proved nothing, and ends nothing.
      opening.abandon();
    } else {
      state = state.after(Signal.REJECTED);
      opening.forget();
    }
    refused(reason, authentication);
  }

  private void refused(String reason, boolean authentication) {
    events.add(new ServerAssociationEvent.Refused(reason, authentication));
  }

  /** Nothing but pass 3 is carried out before pass 4 (Green Book 9.2.7.4). */
  private void receivePass3(Octets octets) {
    MessageForm form = MessageForm.PLAIN;
    ServerOpening.Authenticated authenticated = null;
    try {
      Octets clear = octets;
      MessageSecurity security = opening.security();
      if (security != null) {
        MessageSecurity.Clear message =
            security.unprotect(octets).require(opening.leastOfRequests()).requireForOne();
        clear = message.apdu();
        form = message.form();
      }
      authenticated = opening.authenticate(codec.decode(clear));
    } catch (ProtectionException e) {
      messageRefused(e);
      outbox.add(OutgoingApdu.answer(codec.encode(ServiceGate.notTaken(e)), false), false);
      return;
    } catch (ApduException e) {
      // It is no pass 3.
    }
    if (authenticated == null) {
      refuse(ServiceGate.noAssociation(), false);
      return;
    }
    OutgoingApdu pass4 =
        new ServerRequests.Manner(false, form).answer(codec.encode(authenticated.pass4()));
    NegotiatedContext context = authenticated.context();
    if (context != null) {
      outbox.add(pass4, false);
      begin(context);
    } else {
      ProtectionException cause = Objects.requireNonNull(authenticated.refusal());
      outbox.addLast(pass4);
      rejected(
          "high level security: " + cause.getMessage(),
          cause.origin() == DlmsException.Origin.REMOTE);
    }
  }

  private void openingTimedOut() {
    deadline = NEVER;
    String reason =
        "the association was not opened within " + config.openingTimeout().toMillis() + " ms";
    if (state == AssociationState.ASSOCIATION_PENDING || state == AssociationState.ASSOCIATED) {
      take(opening.refuseForNow(reason));
    } else if (state == AssociationState.AUTHENTICATION_PENDING) {
      rejected(reason, false);
    }
  }

  private void begin(NegotiatedContext context) {
    state = state.after(Signal.ACCEPTED);
    deadline = NEVER;
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
    requests =
        new ServerRequests(config, agreement, this::overheadOfAnswer, names, events, this::send);
    channel.begin(agreement);
    events.add(new ServerAssociationEvent.Associated(context));
  }

  private int overheadOfAnswer(MessageForm request) {
    MessageSecurity security = opening.security();
    return security == null ? 0 : security.overhead(request.ofAnswer(opening.leastOfResponses()));
  }

  private void receiveRlrq(Octets octets) {
    RLRQ rlrq;
    try {
      if (!(AcseCodec.decode(octets) instanceof RLRQ decoded)) {
        return;
      }
      rlrq = decoded;
    } catch (BerException e) {
      refuse(ServiceGate.unreadable(), false);
      return;
    }
    Agreement agreement = agreed;
    if (agreement == null) {
      return;
    }
    boolean confirmed = agreement.context().confirmed();
    Octets rlre;
    try {
      rlre = release.agree(rlrq, agreement.context());
    } catch (ProtectionException e) {
      messageRefused(e);
      if (confirmed) {
        outbox.addControl(ServerRelease.NOT_FINISHED);
      }
      return;
    }
    state = state.after(Signal.RLRQ);
    endAssociation();
    state = state.after(Signal.RLRE);
    if (confirmed) {
      outbox.addControl(rlre);
    }
  }

  private void messageRefused(ProtectionException cause) {
    events.add(new ServerAssociationEvent.MessageRefused(cause));
  }

  private void sendControl(@Nullable Octets apdu) {
    if (apdu != null) {
      outbox.addControl(apdu);
    }
  }

  private boolean isConfirmed() {
    Agreement agreement = agreed;
    return agreement == null || agreement.context().confirmed();
  }

  private void receiveService(Octets message, boolean inBlocks, long now) {
    Agreement agreement = agreed;
    ServerRequests going = requests;
    if (agreement == null || going == null) {
      refuse(ServiceGate.noAssociation(), false);
      return;
    }
    Octets octets = message;
    MessageForm form = MessageForm.PLAIN;
    int tag = message.at(0);
    MessageSecurity security = opening.security();
    boolean authentic = security == null;
    Apdu apdu;
    try {
      if (security != null) {
        MessageSecurity.Clear clear =
            security.unprotect(message).require(opening.leastOfRequests());
        octets = clear.apdu();
        form = clear.form();
        tag = octets.isEmpty() ? tag : octets.at(0);
        authentic = true;
      }
      apdu = codec.decode(octets);
    } catch (ProtectionException e) {
      messageRefused(e);
      refuse(ServiceGate.notTaken(e), inBlocks);
      return;
    } catch (ApduException e) {
      if (authentic) {
        supersede(going, inBlocks, now);
      }
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
    if (refusal == null && !ServiceGate.allows(agreement, form, octets, answered)) {
      refusal = ServiceGate.notAgreed(agreement, tag);
    }
    if (refusal == null) {
      if (isConfirmed() || !answered) {
        going.receive(apdu, new ServerRequests.Manner(inBlocks, form));
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
    outbox.dropAnswersToBlocks();
  }

  private void refuse(Apdu refusal, boolean inBlocks) {
    send(OutgoingApdu.answer(codec.encode(refusal), inBlocks), false);
  }

  /** In an unconfirmed association the client is answered nothing (Green Book 9.3.2). */
  private void send(OutgoingApdu apdu, boolean highPriority) {
    if (isConfirmed()) {
      outbox.add(apdu, highPriority);
    }
  }

  private void endAssociation() {
    endServices();
    opening.forget();
    deadline = NEVER;
  }

  private void endServices() {
    if (agreed != null) {
      events.add(new ServerAssociationEvent.Ended());
    }
    // Answers to the old association are nothing for whoever comes next.
    outbox.clear();
    channel.reset();
    agreed = null;
    requests = null;
  }
}
