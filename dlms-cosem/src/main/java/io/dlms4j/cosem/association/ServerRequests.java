package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a server has been asked and has not finished with, and the answers to them on
 * their way out.
 */
final class ServerRequests {
  private final Deque<ServerAssociationEvent> events;
  private final ServerExchange.Terms terms;
  private final ToIntFunction<MessageForm> overhead;
  private final Outbox outbox;

  /** The oldest first. */
  private final Map<AnswerKey, Pending> pending = new LinkedHashMap<>();

  private final Names names;

  /** Names of requests go on from one association to the next. */
  static final class Names {
    private long last;

    long next() {
      return ++last;
    }
  }

  /**
   * How an APDU came, and so how its answer goes.
   *
   * @param inBlocks whether by general block transfer
   * @param form how it was protected
   */
  record Manner(boolean inBlocks, MessageForm form) {
    OutgoingApdu answer(Octets apdu) {
      return OutgoingApdu.answer(apdu, inBlocks).in(form);
    }
  }

  /** Takes what goes to the client. */
  interface Outbox {
    void add(OutgoingApdu apdu, boolean highPriority);
  }

  private static final class Pending {
    final long name;
    final ServerExchange exchange;
    final boolean highPriority;

    /** How its first APDU was protected, and so at least each further one. */
    final Set<Protection> least;

    /** Empty until the application has been asked, and after it has answered. */
    @Nullable ItemResult[] results = new ItemResult[0];

    int missing;

    /** How the last APDU of it came. */
    Manner manner;

    Pending(long name, ServerExchange exchange, boolean highPriority, Manner manner) {
      this.name = name;
      this.exchange = exchange;
      this.highPriority = highPriority;
      this.manner = manner;
      this.least = manner.form().protection();
    }
  }

  /**
   * No request yet.
   *
   * @param overhead how many octets the answer to a message of that form is longer than the APDU
   *     inside, at the most
   */
  ServerRequests(
      ServerAssociationConfig config,
      Agreement agreed,
      ToIntFunction<MessageForm> overhead,
      Names names,
      Deque<ServerAssociationEvent> events,
      Outbox outbox) {
    this.terms =
        new ServerExchange.Terms(
            agreed,
            config,
            (service, item, cause) ->
                events.add(new ServerAssociationEvent.StreamFailed(service, item, cause)));
    this.overhead = overhead;
    this.names = names;
    this.events = events;
    this.outbox = outbox;
  }

  /**
   * General block transfer tells its exchanges apart by nothing: a client that asks anew has given
   * up what it asked by it before.
   */
  void supersede() {
    pending.values().removeIf(request -> request.manner.inBlocks() && request.missing > 0);
  }

  /** Takes a request, or a part of one, that the gate let through. */
  void receive(Apdu apdu, Manner manner) {
    boolean high =
        terms.agreed().has(Conformance.PRIORITY_MGMT_SUPPORTED)
            && ServerExchanges.isHighPriority(apdu);
    ServerExchange begun = ServerExchanges.begin(apdu, terms(manner));
    if (begun == null) {
      receiveFurther(apdu, high, manner);
    } else if (ServerExchanges.isConfirmed(apdu)) {
      begin(apdu, begun, high, manner);
    } else if (begun.begin() instanceof ServerStep.Indicate indicate) {
      events.add(
          new ServerAssociationEvent.ServiceIndication(
              names.next(), indicate.service(), false, high, manner.form().protection()));
    }
  }

  private ServerExchange.Terms terms(Manner manner) {
    int octets = overhead.applyAsInt(manner.form());
    if (octets == 0 && !manner.inBlocks()) {
      return terms;
    }
    Agreement agreed = terms.agreed().leaving(octets);
    return new ServerExchange.Terms(
        manner.inBlocks() ? agreed.inGeneralBlocks() : agreed, terms.config(), terms.faults());
  }

  private void begin(Apdu apdu, ServerExchange begun, boolean high, Manner manner) {
    AnswerKey key = ServerExchanges.key(apdu);
    // A client that uses an invoke-id anew has given up what it asked with it before.
    pending.remove(key);
    Pending request = new Pending(names.next(), begun, high, manner);
    pending.put(key, request);
    take(key, request, begun.begin());
    if (pending.size() > terms.config().maxOutstandingRequests()) {
      pending.remove(pending.keySet().iterator().next());
    }
  }

  private void receiveFurther(Apdu apdu, boolean high, Manner manner) {
    AnswerKey key = ServerExchanges.key(apdu);
    Pending request = pending.get(key);
    if (request == null || !request.exchange.isContinuedBy(apdu)) {
      Octets nothing = terms.agreed().encode(ServerExchanges.nothingInProgress(apdu));
      outbox.add(manner.answer(nothing), high);
    } else if (!manner.form().protection().containsAll(request.least)) {
      refuseWeaker(request.least, manner);
    } else {
      request.manner = manner;
      take(key, request, request.exchange.receive(apdu));
    }
  }

  /**
   * A part that is protected less than the beginning would put somebody else's octets into the
   * request, or take out what is read in clear. The genuine part may yet come.
   */
  private void refuseWeaker(Set<Protection> least, Manner manner) {
    ProtectionException cause =
        ProtectionException.remote(
            ProtectionException.Reason.TOO_WEAK,
            "a part of a request came "
                + manner.form().protection()
                + ", and the request began "
                + least);
    events.add(new ServerAssociationEvent.MessageRefused(cause));
    outbox.add(
        OutgoingApdu.answer(terms.agreed().encode(ServiceGate.notTaken(cause)), manner.inBlocks()),
        false);
  }

  private void take(AnswerKey key, Pending request, ServerStep step) {
    if (step instanceof ServerStep.Reply reply) {
      if (reply.over()) {
        pending.remove(key, request);
      }
      outbox.add(request.manner.answer(reply.apdu()), request.highPriority);
    } else if (step instanceof ServerStep.Stream stream) {
      pending.remove(key, request);
      outbox.add(
          OutgoingApdu.answer(stream.apdu(), request.manner.inBlocks()).in(request.manner.form()),
          request.highPriority);
    } else if (step instanceof ServerStep.Indicate indicate) {
      request.missing = indicate.service().items();
      request.results = new ItemResult[request.missing];
      events.add(
          new ServerAssociationEvent.ServiceIndication(
              request.name, indicate.service(), true, request.highPriority, request.least));
    }
  }

  /**
   * Answers an item.
   *
   * @throws IllegalArgumentException if the request has no such item, or one of another kind
   */
  void answer(long name, int item, ItemResult result) {
    Map.Entry<AnswerKey, Pending> found = find(name);
    if (found == null) {
      return;
    }
    Pending request = found.getValue();
    if (item < 0 || item >= request.results.length) {
      throw new IllegalArgumentException(
          "item " + item + " of a request of " + request.results.length);
    }
    if (!request.exchange.takes(item, result)) {
      throw new IllegalArgumentException("item " + item + " cannot be answered with " + result);
    }
    if (request.results[item] == null) {
      request.results[item] = result;
      request.missing--;
      finish(found.getKey(), request);
    }
  }

  void refuse(long name, DataAccessResult result) {
    Map.Entry<AnswerKey, Pending> found = find(name);
    if (found != null) {
      Pending request = found.getValue();
      for (int i = 0; i < request.results.length; i++) {
        if (request.results[i] == null) {
          request.results[i] = new ItemResult.Refused(result);
        }
      }
      request.missing = 0;
      finish(found.getKey(), request);
    }
  }

  boolean isAnswerAwaited() {
    return pending.values().stream().anyMatch(each -> each.missing > 0);
  }

  boolean isBusy() {
    return !pending.isEmpty();
  }

  /** A request that the application has yet to answer. */
  private Map.@Nullable Entry<AnswerKey, Pending> find(long name) {
    for (Map.Entry<AnswerKey, Pending> each : pending.entrySet()) {
      if (each.getValue().name == name && each.getValue().missing > 0) {
        return Map.entry(each.getKey(), each.getValue());
      }
    }
    return null;
  }

  private void finish(AnswerKey key, Pending request) {
    if (request.missing == 0) {
      List<ItemResult> results = new ArrayList<>();
      Arrays.stream(request.results).forEach(results::add);
      request.results = new ItemResult[0];
      take(key, request, request.exchange.answer(results));
    }
  }
}
