package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.ServiceException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.GetRequestNext;
import io.dlms4j.cosem.apdu.GetRequestNormal;
import io.dlms4j.cosem.apdu.GetResponseNormal;
import io.dlms4j.cosem.apdu.GetResponseWithDataBlock;
import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.AssociationState.Signal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one association, as a pure state machine: requests and APDUs in, APDUs and
 * events out, time as an argument.
 *
 * <p>One request is under way at a time; others wait in the order in which they were made.
 * Invoke-ids go round, so that an answer that comes after its request has timed out meets no other
 * request. No octets from the server make any of its methods throw. Used by one thread at a time.
 */
public final class ClientAssociation {
  /** The deadline when there is nothing to wait for. */
  public static final long NEVER = Long.MAX_VALUE;

  /** In every Get-Response: tag, choice, invoke-id-and-priority. */
  private static final int INVOKE_ID_AT = 2;

  private final ClientAssociationConfig config;
  private final ApduCodec codec;
  private final AssociationProposer proposer;

  /** Holds one APDU at most: what is waited for. */
  private final Deque<Octets> outgoing = new ArrayDeque<>();

  private final Deque<ClientAssociationEvent> events = new ArrayDeque<>();
  private final Deque<Request> waiting = new ArrayDeque<>();

  private AssociationState state = AssociationState.INACTIVE;
  private @Nullable Request current;
  private @Nullable NegotiatedContext context;
  private @Nullable DlmsException over;
  private long deadline = NEVER;
  private long lastRequest;
  private int lastInvokeId;

  /** One GET from its making to its end. */
  private static final class Request {
    final long name;
    final AttributeRef attribute;
    final @Nullable SelectiveAccess selectiveAccess;
    final boolean paced;
    InvokeIdAndPriority invokeId = new InvokeIdAndPriority(0);
    long blocks;
    long octets;

    /** A paced request has a block out with its consumer, and has asked for no other. */
    boolean paused;

    Request(
        long name,
        AttributeRef attribute,
        @Nullable SelectiveAccess selectiveAccess,
        boolean paced) {
      this.name = name;
      this.attribute = attribute;
      this.selectiveAccess = selectiveAccess;
      this.paced = paced;
    }
  }

  /**
   * An association that waits for its link.
   *
   * @param config what to ask for
   */
  public ClientAssociation(ClientAssociationConfig config) {
    this.config = config;
    this.codec = new ApduCodec(config.limits(), Set.of());
    this.proposer = new AssociationProposer(config, codec);
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
    over = null;
    state = state.after(Signal.LINK_UP).after(Signal.AARQ);
    outgoing.add(proposer.aarq());
    NegotiatedContext unconfirmed = proposer.unconfirmedContext();
    if (unconfirmed == null) {
      startWaiting(now);
    } else {
      associated(unconfirmed, now);
    }
  }

  /**
   * The link is down: fails the association, or every request that was made.
   *
   * @param cause why
   */
  public void linkDown(DlmsException cause) {
    if (state == AssociationState.ASSOCIATION_PENDING) {
      events.add(new ClientAssociationEvent.AssociationFailed(cause));
    }
    state = state.after(Signal.LINK_DOWN);
    outgoing.clear();
    failAll(cause);
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
   * Asks for an attribute (GET.request). It ends in {@link ClientAssociationEvent.DataReceived},
   * once or several times, or in {@link ClientAssociationEvent.RequestFailed}. A request that is
   * made before the association is there waits for it; one that is made after its end fails with
   * the reason of that end.
   *
   * @param attribute what to ask for
   * @param selectiveAccess which part of it; null for all
   * @param now time, in nanoseconds
   * @return the request's name in the events
   */
  public long get(AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess, long now) {
    return start(attribute, selectiveAccess, false, now);
  }

  /**
   * Asks for an attribute like {@link #get}, and for each block after the first only when {@link
   * #proceed} is called: no more than one block is ever ahead of its consumer, and the value may be
   * of any length.
   *
   * @param attribute what to ask for
   * @param selectiveAccess which part of it; null for all
   * @param now time, in nanoseconds
   * @return the request's name in the events
   */
  public long getPaced(
      AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess, long now) {
    return start(attribute, selectiveAccess, true, now);
  }

  private long start(
      AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess, boolean paced, long now) {
    Request request = new Request(++lastRequest, attribute, selectiveAccess, paced);
    DlmsException cause = over;
    if (cause != null) {
      events.add(new ClientAssociationEvent.RequestFailed(request.name, cause));
    } else {
      waiting.add(request);
      startNext(now);
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
    Request going = current;
    if (going != null && going.name == request && going.paused) {
      askForNextBlock(going, now);
    }
  }

  /**
   * Gives a request up: nothing more is heard of it, not even that it failed. Without effect if the
   * request is over.
   *
   * @param request the request's name
   * @param now time, in nanoseconds
   */
  public void cancel(long request, long now) {
    if (current != null && current.name == request) {
      current = null;
      deadline = NEVER;
      outgoing.clear();
      startNext(now);
    } else {
      waiting.removeIf(each -> each.name == request);
    }
  }

  private void askForNextBlock(Request request, long now) {
    request.paused = false;
    outgoing.add(codec.encode(new GetRequestNext(request.invokeId, request.blocks)));
    startWaiting(now);
  }

  /**
   * Takes an APDU from the link. It is dropped while the question that it would answer has not been
   * polled.
   *
   * @param apdu the whole of it
   * @param now time, in nanoseconds
   */
  public void receive(Octets apdu, long now) {
    if (!outgoing.isEmpty()) {
      // So a server that sends block after block unasked for makes nothing grow here.
      return;
    }
    switch (state) {
      case ASSOCIATION_PENDING -> receiveAare(apdu, now);
      case ASSOCIATED -> receiveService(apdu, now);
      case INACTIVE, IDLE -> {
        // Nothing was asked for; whatever it answers, it answers nothing of ours.
      }
    }
  }

  /**
   * The link did not take an APDU that it was given, and never will: what the APDU asked for fails
   * at once.
   *
   * @param cause why
   * @param now time, in nanoseconds
   */
  public void notTaken(DlmsException cause, long now) {
    if (state == AssociationState.ASSOCIATION_PENDING) {
      associationFailed(cause);
    } else if (state == AssociationState.ASSOCIATED) {
      failCurrent(cause, now);
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
  public @Nullable ClientAssociationEvent pollEvent() {
    return events.poll();
  }

  /**
   * When {@link #onDeadline} has to be called at the latest.
   *
   * @return a time in nanoseconds, or {@link #NEVER}
   */
  public long nextDeadline() {
    return deadline;
  }

  /**
   * Says that time has passed; harmless before the deadline.
   *
   * @param now time, in nanoseconds
   */
  public void onDeadline(long now) {
    if (now < deadline) {
      return;
    }
    deadline = NEVER;
    String waited = "within " + config.responseTimeout().toMillis() + " ms";
    if (state == AssociationState.ASSOCIATION_PENDING) {
      associationFailed(
          new RequestTimeoutException("the server did not answer the AARQ " + waited));
    } else if (current != null) {
      AttributeRef attribute = current.attribute;
      failCurrent(
          new RequestTimeoutException(
              "the server did not answer the request for " + attribute + " " + waited),
          now);
    }
  }

  private void receiveAare(Octets octets, long now) {
    NegotiatedContext agreed;
    try {
      agreed = proposer.judge(octets);
    } catch (DlmsException e) {
      associationFailed(e);
      return;
    }
    associated(agreed, now);
  }

  private void associated(NegotiatedContext agreed, long now) {
    state = state.after(Signal.AARE_ACCEPTED);
    deadline = NEVER;
    context = agreed;
    events.add(new ClientAssociationEvent.Associated(agreed));
    startNext(now);
  }

  private void associationFailed(DlmsException cause) {
    state = state.after(Signal.AARE_REJECTED);
    outgoing.clear();
    events.add(new ClientAssociationEvent.AssociationFailed(cause));
    failAll(cause);
  }

  private void failAll(DlmsException cause) {
    over = cause;
    deadline = NEVER;
    Request failed = current;
    current = null;
    if (failed != null) {
      waiting.addFirst(failed);
    }
    for (Request request = waiting.poll(); request != null; request = waiting.poll()) {
      events.add(new ClientAssociationEvent.RequestFailed(request.name, cause));
    }
  }

  private void receiveService(Octets octets, long now) {
    Request request = current;
    if (request == null || request.paused || answersAnother(octets, request)) {
      return;
    }
    Apdu apdu;
    try {
      apdu = codec.decode(octets);
    } catch (ApduException e) {
      if (e.reason() == ApduException.Reason.UNKNOWN_SERVICE) {
        // An AARE once more: not the answer to a GET.
        return;
      }
      failCurrent(
          new ProtocolException(
              DlmsException.Scope.REQUEST,
              "the server's answer to the request for "
                  + request.attribute
                  + " is malformed: "
                  + e.getMessage(),
              e),
          now);
      return;
    }
    if (apdu instanceof GetResponseNormal normal) {
      receiveNormal(request, normal, now);
    } else if (apdu instanceof GetResponseWithDataBlock block) {
      receiveBlock(request, block, now);
    } else if (apdu instanceof ExceptionResponse || apdu instanceof ConfirmedServiceError) {
      failCurrent(new ServiceException(apdu.toString()), now);
    } else if (!(apdu instanceof EventNotification || apdu instanceof DataNotification)) {
      // A notification comes when it will: it is not the answer to a GET.
      failCurrent(
          new ProtocolException(
              DlmsException.Scope.REQUEST,
              "the server answered a Get-Request with " + apdu.getClass().getSimpleName()),
          now);
    }
  }

  /** Whether this is, good or malformed, the late answer to a request that has timed out. */
  private static boolean answersAnother(Octets octets, Request request) {
    return octets.length() > INVOKE_ID_AT
        && octets.at(0) == ApduCodec.GET_RESPONSE_TAG
        && new InvokeIdAndPriority(octets.at(INVOKE_ID_AT)).invokeId()
            != request.invokeId.invokeId();
  }

  private void receiveNormal(Request request, GetResponseNormal response, long now) {
    if (response.result() instanceof GetDataResult.Data data) {
      if (request.blocks > 0) {
        failCurrent(
            new ProtocolException(
                DlmsException.Scope.REQUEST,
                "the server sent a whole value after " + request.blocks + " blocks of it"),
            now);
        return;
      }
      complete(request, data.value().octets(), now);
    } else if (response.result() instanceof GetDataResult.Failure failure) {
      failCurrent(new DataAccessException(request.attribute, failure.result()), now);
    }
  }

  private void receiveBlock(Request request, GetResponseWithDataBlock block, long now) {
    if (block.result() instanceof GetResponseWithDataBlock.Failure failure) {
      failCurrent(new DataAccessException(request.attribute, failure.result()), now);
    } else if (block.blockNumber() != request.blocks + 1) {
      failCurrent(
          new ProtocolException(
              DlmsException.Scope.REQUEST,
              "the server sent block "
                  + block.blockNumber()
                  + " of "
                  + request.attribute
                  + " where block "
                  + (request.blocks + 1)
                  + " was due"),
          now);
    } else if (block.result() instanceof GetResponseWithDataBlock.RawData raw) {
      request.blocks++;
      // An empty block counts as one octet, so that a server that sends nothing else is not
      // listened to for ever.
      request.octets += Math.max(1, raw.octets().length());
      if (!request.paced && request.octets > config.limits().maxOctets()) {
        failCurrent(
            new ProtocolException(
                DlmsException.Scope.REQUEST,
                "the server sent more of "
                    + request.attribute
                    + " than the "
                    + config.limits().maxOctets()
                    + " octets that are taken of one value"),
            now);
        return;
      }
      if (block.lastBlock()) {
        complete(request, raw.octets(), now);
      } else {
        events.add(new ClientAssociationEvent.DataReceived(request.name, raw.octets(), false));
        if (request.paced) {
          request.paused = true;
          deadline = NEVER;
        } else {
          askForNextBlock(request, now);
        }
      }
    }
  }

  private void complete(Request request, Octets octets, long now) {
    current = null;
    deadline = NEVER;
    events.add(new ClientAssociationEvent.DataReceived(request.name, octets, true));
    startNext(now);
  }

  private void failCurrent(DlmsException cause, long now) {
    Request request = current;
    current = null;
    deadline = NEVER;
    // What the link has not taken yet is not to be asked any more.
    outgoing.clear();
    if (request != null) {
      events.add(new ClientAssociationEvent.RequestFailed(request.name, cause));
    }
    startNext(now);
  }

  private void startNext(long now) {
    NegotiatedContext agreed = context;
    if (state != AssociationState.ASSOCIATED || agreed == null) {
      return;
    }
    while (current == null && !waiting.isEmpty()) {
      Request request = waiting.removeFirst();
      if (!agreed.confirmed()) {
        events.add(
            new ClientAssociationEvent.RequestFailed(
                request.name,
                new DlmsException(
                    DlmsException.Origin.LOCAL,
                    DlmsException.Scope.REQUEST,
                    "an unconfirmed association has no GET")));
        continue;
      }
      lastInvokeId = (lastInvokeId + 1) & 0x0F;
      request.invokeId =
          InvokeIdAndPriority.of(
              lastInvokeId, config.confirmedServiceClass(), config.highPriority());
      Octets apdu =
          codec.encode(
              new GetRequestNormal(request.invokeId, request.attribute, request.selectiveAccess));
      int most = agreed.serverMaxReceivePduSize();
      if (most == 0 || apdu.length() <= most) {
        current = request;
        outgoing.add(apdu);
        startWaiting(now);
      } else {
        events.add(
            new ClientAssociationEvent.RequestFailed(
                request.name,
                new DlmsException(
                    DlmsException.Origin.LOCAL,
                    DlmsException.Scope.REQUEST,
                    "the request has "
                        + apdu.length()
                        + " octets, and the server takes no more than "
                        + most)));
      }
    }
  }

  private void startWaiting(long now) {
    long until = now + config.responseTimeout().toNanos();
    deadline = until < now ? NEVER : until;
  }
}
