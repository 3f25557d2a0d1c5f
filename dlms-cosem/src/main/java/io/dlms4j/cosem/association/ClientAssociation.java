package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.acse.RLRE;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.DataNotificationConfirm;
import io.dlms4j.cosem.association.ApduChannel.Arrival;
import io.dlms4j.cosem.association.AssociationState.Signal;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one association, as a pure state machine: requests and APDUs in, APDUs and
 * events out, time as an argument (Green Book 9.4).
 *
 * <p>As many requests are under way as the configuration allows, one at a time with short names or
 * where general block transfer has been agreed on, whose blocks do not tell whose they are; others
 * wait in the order in which they were made. No answer meets a request that it is not for:
 * invoke-ids go round and are not used again while a late answer may still name them; where nothing
 * in an answer names its request (short names) the next one waits for one more response time-out
 * after a request has timed out; and an exception-response is given to a request only if it can be
 * nobody else's, else that request ends by its time-out, whose message tells of it.
 *
 * <p>No octets from the server make any of its methods throw. Used by one thread at a time. Poll
 * events after each call, {@link #pollTransmit} included.
 */
public final class ClientAssociation {
  /** The deadline when there is nothing to wait for. */
  public static final long NEVER = ApduChannel.NEVER;

  /** Most confirmations that wait to be polled. */
  private static final int MOST_WAITING = 64;

  private final ClientAssociationConfig config;
  private final ApduCodec codec;
  private final ClientOpening opening;
  private final ApduChannel channel;
  private final Deque<ClientAssociationEvent> events = new ArrayDeque<>(1);
  private final ClientRequests requests;
  private final ClientInbox inbox;

  /** What goes out beside the requests: AARQ, pass 3, RLRQ, confirmations. */
  private final Deque<Octets> outgoing = new ArrayDeque<>(1);

  private AssociationState state = AssociationState.INACTIVE;
  private @Nullable Agreement agreed;
  private @Nullable DlmsException over;
  private long deadline = NEVER;
  private long lastRequest;

  /**
   * An association that waits for its link.
   *
   * @param config what to ask for
   */
  public ClientAssociation(ClientAssociationConfig config) {
    this.config = config;
    this.codec = new ApduCodec(config.limits(), Set.of());
    this.opening = new ClientOpening(config, codec);
    this.channel = new ApduChannel(config.generalBlockTransfer(), codec, true);
    this.requests = new ClientRequests(config, events, channel);
    this.inbox = new ClientInbox(codec, requests, events);
  }

  /**
   * The link is up: asks the server for the association. It ends in {@link
   * ClientAssociationEvent.Associated} or {@link ClientAssociationEvent.AssociationFailed}.
   *
   * @param now time, in nanoseconds
   */
  public void linkUp(long now) {
    if (state != AssociationState.INACTIVE) {
      linkDown(
          new ProtocolException(
              DlmsException.Scope.ASSOCIATION, "the link was set up anew under the association"));
    }
    state = state.after(Signal.LINK_UP);
    associate(now);
  }

  /**
   * Asks for the association once more on a link that is up, after it was refused, released or
   * failed. Without effect if there is no link, or an association.
   *
   * @param now time, in nanoseconds
   */
  public void associate(long now) {
    if (state != AssociationState.IDLE) {
      return;
    }
    over = null;
    state = state.after(Signal.AARQ);
    try {
      outgoing.add(opening.aarq());
    } catch (ProtectionException e) {
      associationFailed(e.endingAssociation());
      return;
    }
    NegotiatedContext unconfirmed = opening.unconfirmedContext();
    if (unconfirmed == null) {
      deadline = deadlineFrom(now);
    } else {
      associated(unconfirmed, now);
    }
  }

  /**
   * Releases the association with an RLRQ (Green Book 9.4.3). Requests that are not over fail at
   * once. It ends in {@link ClientAssociationEvent.Released}. Without effect if there is no
   * association; an association may also be ended by taking its link down.
   *
   * @param now time, in nanoseconds
   */
  public void release(long now) {
    Agreement agreement = agreed;
    if (state != AssociationState.ASSOCIATED || agreement == null) {
      return;
    }
    state = state.after(Signal.RLRQ);
    end(
        new DlmsException(
            DlmsException.Origin.LOCAL,
            DlmsException.Scope.ASSOCIATION,
            "the association was released"));
    Octets rlrq;
    try {
      rlrq = opening.rlrq();
    } catch (ProtectionException e) {
      // Without a counter nothing can be proved: the association is over on this side alone.
      released(false);
      return;
    }
    if (agreement.context().confirmed()) {
      deadline = deadlineFrom(now);
    } else {
      released(false);
    }
    outgoing.add(rlrq);
  }

  /**
   * The link is down: fails the association, or every request that was made.
   *
   * @param cause why
   */
  public void linkDown(DlmsException cause) {
    if (isOpening()) {
      events.add(new ClientAssociationEvent.AssociationFailed(cause));
    } else if (state == AssociationState.RELEASE_PENDING) {
      events.add(new ClientAssociationEvent.Released(false));
    }
    state = state.after(Signal.LINK_DOWN);
    end(cause);
    opening.forget();
  }

  private boolean isOpening() {
    return state == AssociationState.ASSOCIATION_PENDING
        || state == AssociationState.AUTHENTICATION_PENDING;
  }

  /**
   * Whether services may be used.
   *
   * @return true between AARE and the end
   */
  public boolean isAssociated() {
    return state == AssociationState.ASSOCIATED;
  }

  /**
   * Makes a request. It ends in exactly one of: {@link ClientAssociationEvent.Responded}; the last
   * {@link ClientAssociationEvent.DataReceived}, for a GET of one attribute; {@link
   * ClientAssociationEvent.Sent}, if it is not to be confirmed; {@link
   * ClientAssociationEvent.RequestFailed}. A request that is made before the association is there
   * waits for it; one that is made after its end fails with the reason of that end. What the
   * association has not agreed on fails here, without a word to the server.
   *
   * @param service what to ask for
   * @param options how
   * @param now time, in nanoseconds
   * @return the request's name in the events
   */
  public long request(ServiceRequest service, RequestOptions options, long now) {
    ClientRequest request = new ClientRequest(++lastRequest, service, options);
    DlmsException cause = over;
    if (cause != null) {
      events.add(new ClientAssociationEvent.RequestFailed(request.name, cause));
    } else {
      requests.add(request, now);
    }
    return request.name;
  }

  /**
   * Asks for the next block of a paced request, after its last block but one has been consumed.
   * Without effect if the request is over.
   *
   * @param request the request's name
   * @param now time, in nanoseconds
   */
  public void proceed(long request, long now) {
    requests.proceed(request, now);
  }

  /**
   * Gives a request up: nothing more is heard of it, not even that it failed. Without effect if the
   * request is over.
   *
   * @param request the request's name
   * @param now time, in nanoseconds
   */
  public void cancel(long request, long now) {
    requests.cancel(request, now);
  }

  /**
   * Confirms a DataNotification whose service class asks for it (Green Book 9.3).
   *
   * @param notification what was received
   */
  public void confirm(DataNotification notification) {
    MessageSecurity security = opening.security();
    if (state == AssociationState.INACTIVE
        || outgoing.size() >= MOST_WAITING
        || (security == null && config.applicationContextName().hasCiphering())) {
      return;
    }
    Octets confirmation =
        codec.encode(
            new DataNotificationConfirm(notification.longInvokeIdAndPriority(), Octets.EMPTY));
    try {
      outgoing.add(
          security == null ? confirmation : security.protect(confirmation, opening.ofRequest()));
    } catch (ProtectionException e) {
      // The requests will tell that there is no counter left.
    }
  }

  /**
   * Takes an APDU from the link. An answer is dropped while the question that it would answer has
   * not been polled.
   *
   * @param apdu the whole of it
   * @param now time, in nanoseconds
   */
  public void receive(Octets apdu, long now) {
    if (state != AssociationState.INACTIVE && ClientInbox.isNotification(apdu)) {
      if (opening.leastOfResponses().isEmpty()) {
        inbox.receive(apdu, false, agreed, now);
      }
      return;
    }
    if (state != AssociationState.ASSOCIATED && ApduChannel.isBlock(apdu)) {
      // It is a part of something that an association before has left.
      return;
    }
    switch (state) {
      case ASSOCIATION_PENDING -> {
        if (outgoing.isEmpty()) {
          open(() -> opening.receiveAare(apdu), now);
        }
      }
      case AUTHENTICATION_PENDING -> {
        if (outgoing.isEmpty()) {
          open(() -> opening.receivePass4(apdu), now);
        }
      }
      case RELEASE_PENDING -> {
        if (outgoing.isEmpty()) {
          receiveRlre(apdu);
        }
      }
      case ASSOCIATED -> {
        if (channel.receive(apdu, now)) {
          requests.heard(now);
        }
        takeArrived(now);
      }
      case INACTIVE, IDLE -> {
        // Nothing was asked for; whatever it answers, it answers nothing of ours.
      }
    }
  }

  /**
   * The link did not take the APDU that was polled last, and never will: what it asked for fails at
   * once.
   *
   * @param cause why
   * @param now time, in nanoseconds
   */
  public void notTaken(DlmsException cause, long now) {
    if (isOpening()) {
      associationFailed(cause);
    } else if (state == AssociationState.RELEASE_PENDING) {
      released(false);
    } else {
      requests.notTaken(cause, now);
    }
  }

  /**
   * The next APDU for the link. Until it is polled again, or an APDU is received, the link may say
   * that it has {@linkplain #notTaken not taken} it.
   *
   * @param now time, in nanoseconds
   * @return an APDU, or null if there is none at present
   */
  public @Nullable Octets pollTransmit(long now) {
    Octets apdu = channel.pollTransmit(now);
    takeArrived(now);
    if (apdu != null) {
      return apdu;
    }
    Octets control = outgoing.poll();
    if (control != null) {
      return control;
    }
    while (channel.takesRequests(now)) {
      OutgoingApdu next = requests.pollTransmit(now);
      if (next == null) {
        return null;
      }
      try {
        channel.send(secured(next), now);
        return channel.pollTransmit(now);
      } catch (DlmsException e) {
        requests.notTaken(e, now);
      }
    }
    return null;
  }

  private OutgoingApdu secured(OutgoingApdu apdu) {
    MessageSecurity security = opening.security();
    Agreement agreement = agreed;
    if (security == null || agreement == null) {
      return apdu;
    }
    MessageForm form = opening.ofRequest();
    Octets whole = apdu.octets();
    if (form.isGeneralFor(whole) && !agreement.has(Conformance.GENERAL_PROTECTION)) {
      throw ClientExchange.local(
          "the association has not agreed on "
              + Conformance.GENERAL_PROTECTION
              + ", in which this request has to be sent");
    }
    return OutgoingApdu.of(security.protect(whole, form), apdu.purpose());
  }

  /**
   * The next thing that the layer above must know.
   *
   * @return an event, or null if there is none at present
   */
  public @Nullable ClientAssociationEvent pollEvent() {
    return events.poll();
  }

  /**
   * When {@link #onDeadline} has to be called at the latest.
   *
   * @return a time in nanoseconds, or {@link #NEVER}
   */
  public long nextDeadline() {
    return Math.min(deadline, Math.min(requests.nextDeadline(), channel.nextDeadline()));
  }

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   */
  public void onDeadline(long now) {
    if (now >= deadline) {
      deadline = NEVER;
      if (isOpening()) {
        DlmsException refused = opening.refused();
        associationFailed(
            new RequestTimeoutException(
                "the server did not answer "
                    + (state == AssociationState.ASSOCIATION_PENDING
                        ? "the AARQ"
                        : "reply_to_HLS_authentication")
                    + " within "
                    + config.responseTimeout().toMillis()
                    + " ms"
                    + (refused == null
                        ? ""
                        : "; something came, and was refused: " + refused.getMessage())));
      } else if (state == AssociationState.RELEASE_PENDING) {
        released(false);
      }
    }
    channel.onDeadline(now);
    takeArrived(now);
    requests.onDeadline(now);
  }

  private void open(Supplier<ClientOpening.Step> taking, long now) {
    ClientOpening.Step step;
    try {
      step = taking.get();
    } catch (ProtectionException e) {
      associationFailed(e.endingAssociation());
      return;
    } catch (DlmsException e) {
      associationFailed(e);
      return;
    }
    if (step instanceof ClientOpening.Step.Associated done) {
      associated(done.context(), now);
    } else if (step instanceof ClientOpening.Step.Authenticate pass3) {
      state = state.after(Signal.CHALLENGED);
      outgoing.add(pass3.apdu());
      deadline = deadlineFrom(now);
    } else if (step instanceof ClientOpening.Step.AskAgain aarq) {
      outgoing.add(aarq.apdu());
      deadline = deadlineFrom(now);
    }
  }

  /**
   * What was agreed on, as it is for whoever cuts requests to measure: without the octets that the
   * protection of a message takes.
   *
   * @return the context, whose serverMaxReceivePduSize is that of an APDU before it is protected;
   *     null while there is no association
   */
  public @Nullable NegotiatedContext unprotectedContext() {
    Agreement agreement = agreed;
    return agreement == null ? null : agreement.unprotectedContext();
  }

  private void associated(NegotiatedContext context, long now) {
    state = state.after(Signal.ACCEPTED);
    deadline = NEVER;
    int most = context.serverMaxReceivePduSize();
    boolean generalBlocks = Agreement.hasGeneralBlocks(context);
    Agreement link =
        new Agreement(
            codec,
            context,
            most == 0 ? Agreement.NO_LIMIT : most,
            config.limits(),
            generalBlocks,
            !generalBlocks || !config.prefersGeneralBlockTransfer());
    channel.begin(link);
    MessageSecurity security = opening.security();
    Agreement agreement =
        security == null ? link : link.leaving(security.overhead(opening.ofRequest()));
    agreed = agreement;
    events.add(new ClientAssociationEvent.Associated(context));
    requests.begin(agreement, now);
  }

  private void associationFailed(DlmsException cause) {
    state = state.after(Signal.REJECTED);
    events.add(new ClientAssociationEvent.AssociationFailed(cause));
    end(cause);
    opening.forget();
  }

  private void receiveRlre(Octets octets) {
    try {
      if (AcseCodec.decode(octets) instanceof RLRE rlre) {
        // Whoever asks to release has no use for going on, whatever the server says.
        released(
            rlre.reason() != RLRE.Reason.NOT_FINISHED && opening.isProved(rlre.userInformation()));
      }
    } catch (BerException e) {
      // A late answer to something else, or no RLRE: the deadline ends the waiting.
    }
  }

  private void released(boolean answered) {
    state = state.after(Signal.RLRE);
    opening.forget();
    deadline = NEVER;
    outgoing.clear();
    events.add(new ClientAssociationEvent.Released(answered));
  }

  private void end(DlmsException cause) {
    over = cause;
    deadline = NEVER;
    agreed = null;
    outgoing.clear();
    channel.reset();
    requests.end(cause);
  }

  private void takeArrived(long now) {
    for (Arrival each = channel.pollArrival(); each != null; each = channel.pollArrival()) {
      if (each instanceof Arrival.Whole whole) {
        Octets clear = clear(whole.apdu());
        if (clear != null) {
          inbox.receive(clear, arrived(whole), agreed, now);
        }
      } else if (each instanceof Arrival.Failed failed && failed.sent() != null) {
        requests.transferFailed(failed.cause(), now);
      }
    }
  }

  /** How what was taken last has come. */
  private ClientInbox.Arrived arrived(Arrival.Whole whole) {
    MessageSecurity security = opening.security();
    boolean isProtected = security != null && !ServiceGate.isError(whole.apdu());
    Set<Protection> protection = isProtected ? opening.lastProtection() : Set.of();
    return new ClientInbox.Arrived(
        security == null || protection.isEmpty() ? null : security.protection().peer(),
        protection,
        whole.inBlocks());
  }

  /**
   * What is inside a message. One that is refused ends nothing, for anybody may have sent it: the
   * answer that is waited for may yet come, and if it does not, the time-out tells of this.
   *
   * @return null if it is refused
   */
  private @Nullable Octets clear(Octets message) {
    MessageSecurity security = opening.security();
    if (security == null) {
      return message;
    }
    if (ServiceGate.isError(message)) {
      opening.heardError(message);
      return message;
    }
    try {
      return opening.unprotect(security, message);
    } catch (ProtectionException e) {
      requests.refused(e);
      return null;
    } catch (ApduException e) {
      requests.refused(
          new ProtocolException(
              DlmsException.Scope.REQUEST, "what the server sent is malformed: " + e.getMessage()));
      return null;
    }
  }

  private long deadlineFrom(long now) {
    long until = now + config.responseTimeout().toNanos();
    return until < now ? NEVER : until;
  }
}
