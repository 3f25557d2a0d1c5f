package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduException;
import io.dlms4j.cosem.association.GeneralBlockTransferExchange.Purpose;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a client's association: which wait, which are under way, and whose answer an APDU
 * is.
 */
final class ClientRequests {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final ClientAssociationConfig config;
  private final Deque<ClientAssociationEvent> events;
  private final ClientExchanges exchanges;
  private final ApduChannel channel;
  private final LateAnswers late = new LateAnswers();
  private final Deque<ClientRequest> waiting = new ArrayDeque<>(1);
  private final List<ClientRequest> underWay = new ArrayList<>();
  private final Deque<Outgoing> outgoing = new ArrayDeque<>(1);

  /** Null while no association is there. */
  private @Nullable Agreement agreed;

  /** What was refused last of what the server sent while an answer was waited for. */
  private @Nullable DlmsException lastRefused;

  /** Whose APDU was polled last, or is being sent in blocks; null if nobody's. */
  private @Nullable ClientRequest lastPolled;

  private record Outgoing(ClientRequest request, Octets apdu) {}

  ClientRequests(
      ClientAssociationConfig config, Deque<ClientAssociationEvent> events, ApduChannel channel) {
    this.config = config;
    this.events = events;
    this.channel = channel;
    this.exchanges = new ClientExchanges(config);
  }

  void add(ClientRequest request, long now) {
    waiting.add(request);
    startWaiting(now);
  }

  /** The association is there. */
  void begin(Agreement agreement, long now) {
    agreed = agreement;
    startWaiting(now);
  }

  /** The association is over, and every request with it. */
  void end(DlmsException cause) {
    agreed = null;
    outgoing.clear();
    lastPolled = null;
    lastRefused = null;
    late.clear();
    List<ClientRequest> failed = new ArrayList<>(underWay);
    failed.addAll(waiting);
    underWay.clear();
    waiting.clear();
    for (ClientRequest request : failed) {
      events.add(new ClientAssociationEvent.RequestFailed(request.name, cause));
    }
  }

  void proceed(long name, long now) {
    for (ClientRequest request : underWay) {
      Octets held = request.held;
      if (request.name == name && held != null) {
        request.held = null;
        ask(request, held, now);
      }
    }
  }

  void cancel(long name, long now) {
    waiting.removeIf(each -> each.name == name);
    for (ClientRequest request : List.copyOf(underWay)) {
      if (request.name == name) {
        if (request.awaitsAnswer()) {
          late.givenUp(request, keyOf(request), deadlineFrom(request, now));
        } else {
          late.answered(request);
        }
        abandon(request, now);
        forget(request);
      }
    }
    settle(now);
  }

  /** The next APDU. Only once the one before has been sent, with all of its blocks. */
  @Nullable OutgoingApdu pollTransmit(long now) {
    finishUnconfirmed(now);
    Outgoing next = outgoing.poll();
    if (next == null) {
      return null;
    }
    next.request.asked = true;
    lastPolled = next.request;
    return OutgoingApdu.of(
        next.apdu, next.request.isConfirmed() ? Purpose.REQUEST : Purpose.NOTIFICATION);
  }

  /** What was polled last, and not confirmed, has been taken by the link: it is over. */
  private void finishUnconfirmed(long now) {
    ClientRequest sent = lastPolled;
    lastPolled = null;
    if (sent != null && !sent.isConfirmed() && underWay.contains(sent)) {
      forget(sent);
      events.add(new ClientAssociationEvent.Sent(sent.name));
      startWaiting(now);
    }
  }

  /** The link did not take what was polled last. */
  void notTaken(DlmsException cause, long now) {
    ClientRequest refused = lastPolled;
    lastPolled = null;
    if (refused != null && underWay.contains(refused)) {
      fail(refused, cause, now);
      settle(now);
    }
  }

  /** Octets of the request that is under way in blocks, or of its answer, have arrived. */
  void heard(long now) {
    for (ClientRequest request : underWay) {
      if (request.held == null) {
        request.deadline = deadlineFrom(request, now);
      }
    }
  }

  /** General block transfer has failed with what was sent last, or with its answer. */
  void transferFailed(DlmsException cause, long now) {
    for (ClientRequest request : List.copyOf(underWay)) {
      if (request.asked) {
        if (request.awaitsAnswer()) {
          late.givenUp(request, keyOf(request), deadlineFrom(request, now));
        }
        fail(request, cause, now);
      }
    }
    settle(now);
  }

  long nextDeadline() {
    long next = late.nextDeadline();
    for (ClientRequest request : underWay) {
      next = Math.min(next, request.deadline);
    }
    return next;
  }

  void onDeadline(long now) {
    late.onDeadline(now);
    for (ClientRequest request : List.copyOf(underWay)) {
      if (now >= request.deadline) {
        timedOut(request, now);
      }
    }
    settle(now);
  }

  /** Something came that was not taken, and may have been an answer. */
  void refused(DlmsException cause) {
    lastRefused = cause;
  }

  private void timedOut(ClientRequest request, long now) {
    String message =
        "the server did not answer "
            + request.description()
            + " within "
            + timeout(request).toMillis()
            + " ms";
    if (request.awaitsAnswer()) {
      DlmsException stray = late.timedOut(request, keyOf(request), deadlineFrom(request, now));
      if (stray != null) {
        message += ", unless this was meant for it: " + stray.getMessage();
      }
    }
    DlmsException refused = lastRefused;
    if (refused != null) {
      lastRefused = null;
      message += "; something came, and was refused: " + refused.getMessage();
    }
    fail(request, new RequestTimeoutException(message), now);
  }

  /**
   * Takes an APDU that names the request that it answers, if by nothing else then by its kind.
   *
   * @param inBlocks whether it came by general block transfer
   */
  void receive(AnswerKey key, Octets octets, boolean inBlocks, Agreement agreement, long now) {
    ClientRequest request = underWay(key);
    if (request == null) {
      late.arrived(key);
    } else if (request.awaitsAnswer()) {
      late.answered(request);
      if (!inBlocks) {
        channel.answered(now);
      }
      try {
        take(request, step(request, agreement.codec().decode(octets)), now);
      } catch (ApduException e) {
        fail(request, malformed(request, e), now);
      } catch (DlmsException e) {
        fail(request, e, now);
      }
    }
    settle(now);
  }

  private static ClientStep step(ClientRequest request, Apdu answer) {
    return Objects.requireNonNull(request.exchange).receive(answer);
  }

  private static ProtocolException malformed(ClientRequest request, ApduException fault) {
    return new ProtocolException(
        DlmsException.Scope.REQUEST,
        "the server's answer to " + request.description() + " is malformed: " + fault.getMessage(),
        fault);
  }

  /** Takes an answer that names no request. */
  void receiveStray(DlmsException cause, long now) {
    List<ClientRequest> awaiting = new ArrayList<>(underWay);
    awaiting.removeIf(request -> !request.awaitsAnswer());
    late.stray(cause, awaiting);
    settle(now);
  }

  private void take(ClientRequest request, ClientStep step, long now) {
    if (step instanceof ClientStep.Ask next) {
      ask(request, next.apdu(), now);
    } else if (step instanceof ClientStep.Part part) {
      events.add(new ClientAssociationEvent.DataReceived(request.name, part.octets(), false));
      if (request.options.paced()) {
        request.held = part.next();
        request.deadline = ApduChannel.NEVER;
      } else {
        ask(request, part.next(), now);
      }
    } else if (step instanceof ClientStep.LastPart last) {
      forget(request);
      events.add(new ClientAssociationEvent.DataReceived(request.name, last.octets(), true));
    } else if (step instanceof ClientStep.Done done) {
      forget(request);
      events.add(new ClientAssociationEvent.Responded(request.name, done.response()));
    }
  }

  private void ask(ClientRequest request, Octets apdu, long now) {
    request.asked = false;
    request.deadline = deadlineFrom(request, now);
    outgoing.add(new Outgoing(request, apdu));
  }

  private void fail(ClientRequest request, DlmsException cause, long now) {
    late.answered(request);
    abandon(request, now);
    forget(request);
    events.add(new ClientAssociationEvent.RequestFailed(request.name, cause));
  }

  /** It is over before its end, and so is what goes in blocks of it. */
  private void abandon(ClientRequest request, long now) {
    if (request.asked) {
      channel.abandon(now);
    }
  }

  /** It is over: what the link has not taken yet is not to be asked any more. */
  private void forget(ClientRequest request) {
    underWay.remove(request);
    outgoing.removeIf(each -> each.request == request);
  }

  /** After something has ended: whom the strays were for, and who is next. */
  private void settle(long now) {
    for (LateAnswers.Found found = late.pollFound(); found != null; found = late.pollFound()) {
      fail(found.request(), found.cause(), now);
    }
    startWaiting(now);
  }

  private void startWaiting(long now) {
    Agreement agreement = agreed;
    while (agreement != null
        && !waiting.isEmpty()
        && underWay.size() < (agreement.longApdus() ? 1 : config.maxOutstandingRequests())) {
      ClientRequest request = waiting.element();
      AnswerKey key =
          exchanges.nextKey(
              request.service, each -> underWay(each) == null && !late.isAwaited(each));
      if (key == null) {
        return;
      }
      waiting.remove();
      ClientExchange exchange = exchanges.begin(request, key, agreement);
      request.key = key;
      request.exchange = exchange;
      try {
        if (request.isConfirmed() && !agreement.context().confirmed()) {
          throw ClientExchange.local(
              "an unconfirmed association has no place for " + request.description());
        }
        Octets first = exchange.begin();
        underWay.add(request);
        ask(request, first, now);
      } catch (DlmsException e) {
        events.add(new ClientAssociationEvent.RequestFailed(request.name, e));
      }
    }
  }

  /** A time-out beyond what a long holds is none. */
  private static long nanos(Duration timeout) {
    return timeout.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : timeout.toNanos();
  }

  private @Nullable ClientRequest underWay(AnswerKey key) {
    for (ClientRequest request : underWay) {
      if (key.equals(request.key)) {
        return request;
      }
    }
    return null;
  }

  private static AnswerKey keyOf(ClientRequest request) {
    return Objects.requireNonNull(request.key);
  }

  private Duration timeout(ClientRequest request) {
    Duration own = request.options.responseTimeout();
    return own == null ? config.responseTimeout() : own;
  }

  private long deadlineFrom(ClientRequest request, long now) {
    long until = now + nanos(timeout(request));
    return until < now ? ApduChannel.NEVER : until;
  }
}
