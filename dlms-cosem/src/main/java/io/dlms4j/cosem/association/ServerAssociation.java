package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.apdu.ExceptionResponse.ServiceError;
import io.dlms4j.cosem.apdu.ExceptionResponse.StateError;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.GetRequest;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.GetRequestNormal;
import io.dlms4j.cosem.apdu.GetResponseNormal;
import io.dlms4j.cosem.association.AssociationState.Signal;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one association, as a pure state machine: APDUs in, APDUs and events out. It
 * has no deadline of its own: how long a silent client is kept is the link's business.
 *
 * <p>No octets from the client make any of its methods throw. Used by one thread at a time.
 */
public final class ServerAssociation {
  /**
   * Most APDUs, or events, that wait to be taken. There are 16 invoke-ids, so no client has reason
   * to ask more before it has heard the answers.
   */
  private static final int MOST_WAITING = 16;

  private final ServerAssociationConfig config;
  private final ApduCodec codec;
  private final AssociationAcceptor acceptor;
  private final Deque<Octets> outgoing = new ArrayDeque<>();
  private final Deque<ServerAssociationEvent> events = new ArrayDeque<>();

  private AssociationState state = AssociationState.INACTIVE;
  private @Nullable NegotiatedContext context;
  private long lastRequest;
  private @Nullable GetRequestNormal awaitingAnswer;
  private @Nullable GetTransfer transfer;

  /**
   * An association that waits for its link.
   *
   * @param config what the server offers
   */
  public ServerAssociation(ServerAssociationConfig config) {
    this.config = config;
    this.codec = new ApduCodec(config.limits(), config.quirks());
    this.acceptor = new AssociationAcceptor(config, codec);
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
    return context;
  }

  /**
   * Takes an APDU from the link. While 16 APDUs or events wait to be polled, it is dropped: a
   * client that floods the server is not answered faster than the link can carry.
   *
   * @param apdu the whole of it
   */
  public void receive(Octets apdu) {
    if (state == AssociationState.INACTIVE
        || apdu.isEmpty()
        || outgoing.size() >= MOST_WAITING
        || events.size() >= MOST_WAITING) {
      return;
    }
    if (apdu.at(0) == AcseCodec.AARQ_TAG) {
      receiveAarq(apdu);
    } else {
      receiveService(apdu);
    }
  }

  /**
   * The next APDU for the link.
   *
   * @return an APDU, or null if there is none at present
   */
  public @Nullable Octets pollTransmit() {
    return outgoing.poll();
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
   * Answers a request with a value. An answer to a request that is over is dropped.
   *
   * @param request the request's name
   * @param value the value, written as the client takes it
   */
  public void respond(long request, DataStream value) {
    GetRequestNormal answered = takeAwaiting(request);
    NegotiatedContext agreed = context;
    if (answered == null || agreed == null) {
      return;
    }
    GetTransfer started = new GetTransfer(config, agreed, codec, answered, value);
    try {
      send(started.first());
    } catch (RuntimeException e) {
      // The stream is the application's code: whatever it throws ends this request and nothing
      // else.
      events.add(new ServerAssociationEvent.StreamFailed(answered.attribute(), e));
      send(failure(answered, DataAccessResult.OTHER_REASON));
      return;
    }
    if (!started.isFinished()) {
      transfer = started;
    }
  }

  /**
   * Answers a request with a result other than success. An answer to a request that is over is
   * dropped.
   *
   * @param request the request's name
   * @param result why there is no value
   */
  public void refuse(long request, DataAccessResult result) {
    GetRequestNormal answered = takeAwaiting(request);
    if (answered != null) {
      send(failure(answered, result));
    }
  }

  private @Nullable GetRequestNormal takeAwaiting(long request) {
    if (request != lastRequest) {
      return null;
    }
    GetRequestNormal answered = awaitingAnswer;
    awaitingAnswer = null;
    return answered;
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
      outgoing.add(
          AcseCodec.encode(
              new AARE(
                  config.applicationContextName(),
                  AssociationResult.REJECTED_PERMANENT,
                  ResultSourceDiagnostic.PROVIDER_NO_REASON_GIVEN,
                  null)));
      return;
    }
    endAssociation();
    state = state.after(Signal.AARQ);
    AssociationAcceptor.Verdict verdict = acceptor.judge(aarq);
    AARE aare = verdict.aare();
    if (aare != null) {
      outgoing.add(AcseCodec.encode(aare));
    }
    NegotiatedContext agreed = verdict.context();
    if (agreed != null) {
      state = state.after(Signal.AARE_ACCEPTED);
      context = agreed;
      events.add(new ServerAssociationEvent.Associated(agreed));
    } else {
      state = state.after(Signal.AARE_REJECTED);
      String refusal = verdict.refusal();
      events.add(new ServerAssociationEvent.Refused(refusal == null ? "" : refusal));
    }
  }

  private void receiveService(Octets octets) {
    NegotiatedContext agreed = context;
    if (agreed == null) {
      refuse(StateError.SERVICE_NOT_ALLOWED, ServiceError.OPERATION_NOT_POSSIBLE);
      return;
    }
    if (!agreed.confirmed()) {
      // GET is a confirmed service, and an unconfirmed association has none (Green Book 9.4.4).
      return;
    }
    if (octets.length() > agreed.serverMaxReceivePduSize()
        && agreed.serverMaxReceivePduSize() != 0) {
      refuse(StateError.SERVICE_NOT_ALLOWED, ServiceError.PDU_TOO_LONG);
      return;
    }
    Apdu apdu;
    try {
      apdu = codec.decode(octets);
    } catch (ApduException e) {
      refuse(
          StateError.SERVICE_UNKNOWN,
          e.reason() == ApduException.Reason.MALFORMED
              ? ServiceError.OTHER_REASON
              : ServiceError.SERVICE_NOT_SUPPORTED);
      return;
    }
    if (!(apdu instanceof GetRequest)) {
      refuse(StateError.SERVICE_UNKNOWN, ServiceError.SERVICE_NOT_SUPPORTED);
    } else if (!agreed.conformance().contains(Conformance.GET)) {
      refuse(StateError.SERVICE_NOT_ALLOWED, ServiceError.SERVICE_NOT_SUPPORTED);
    } else if (apdu instanceof GetRequestNormal request) {
      receiveGet(request, agreed);
    } else if (apdu instanceof GetRequestNext next) {
      receiveNext(next);
    } else {
      refuse(StateError.SERVICE_UNKNOWN, ServiceError.SERVICE_NOT_SUPPORTED);
    }
  }

  private void receiveGet(GetRequestNormal request, NegotiatedContext agreed) {
    // A client that asks anew has given up what it asked before.
    transfer = null;
    awaitingAnswer = null;
    lastRequest++;
    if (request.selectiveAccess() != null
        && !agreed.conformance().contains(Conformance.SELECTIVE_ACCESS)) {
      send(failure(request, DataAccessResult.SCOPE_OF_ACCESS_VIOLATED));
      return;
    }
    awaitingAnswer = request;
    events.add(
        new ServerAssociationEvent.GetIndication(
            lastRequest, request.attribute(), request.selectiveAccess()));
  }

  private void receiveNext(GetRequestNext next) {
    GetTransfer going = transfer;
    if (going == null || !going.isFor(next)) {
      send(GetTransfer.failure(next, DataAccessResult.NO_LONG_GET_IN_PROGRESS));
    } else if (!going.isDue(next)) {
      transfer = null;
      send(GetTransfer.failure(next, DataAccessResult.DATA_BLOCK_NUMBER_INVALID));
    } else {
      try {
        send(going.next());
      } catch (RuntimeException e) {
        events.add(new ServerAssociationEvent.StreamFailed(going.attribute(), e));
        transfer = null;
        send(GetTransfer.failure(next, DataAccessResult.LONG_GET_ABORTED));
        return;
      }
      if (going.isFinished()) {
        transfer = null;
      }
    }
  }

  private static Apdu failure(GetRequestNormal request, DataAccessResult result) {
    return new GetResponseNormal(request.invokeIdAndPriority(), new GetDataResult.Failure(result));
  }

  private void refuse(StateError stateError, ServiceError serviceError) {
    send(new ExceptionResponse(stateError, serviceError));
  }

  private void send(Apdu apdu) {
    outgoing.add(codec.encode(apdu));
  }

  private void endAssociation() {
    if (state == AssociationState.ASSOCIATED) {
      events.add(new ServerAssociationEvent.Ended());
    }
    // Answers to the old association are nothing for whoever comes next.
    outgoing.clear();
    context = null;
    awaitingAnswer = null;
    transfer = null;
  }
}
