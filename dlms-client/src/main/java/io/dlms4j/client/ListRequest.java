package io.dlms4j.client;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ServiceException;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.association.ServiceResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A list of items on its way, in as many requests as it takes: readings all at once, everything
 * else one after the other, for its order may matter. A reading that the server cannot process as a
 * list is asked for once more, item by item. Used on the line's thread.
 */
final class ListRequest {
  private final ClientConnection connection;
  private final ServiceRequest service;
  private final RequestOptions options;
  private final DecodeLimits limits;
  private final CompletableFuture<List<Outcome>> result;
  private final List<@Nullable Outcome> outcomes;
  private final Deque<Lists.Part> waiting = new ArrayDeque<>();
  private final Set<ClientSession.Request> underWay = new HashSet<>();
  private int open;
  private boolean asks;

  private ListRequest(
      ClientConnection connection,
      ServiceRequest service,
      RequestOptions options,
      DecodeLimits limits,
      CompletableFuture<List<Outcome>> result) {
    this.connection = connection;
    this.service = service;
    this.options = options;
    this.limits = limits;
    this.result = result;
    this.outcomes = new ArrayList<>(Collections.nCopies(service.items(), null));
    this.open = service.items();
  }

  /** Makes it, as soon as there is a line: who cancels the stage gives up what is not over. */
  static CompletableFuture<List<Outcome>> make(
      ClientConnection connection,
      ServiceRequest service,
      RequestOptions options,
      DecodeLimits limits) {
    CompletableFuture<List<Outcome>> result = new CompletableFuture<>();
    ListRequest list = new ListRequest(connection, service, options, limits, result);
    Consumer<ClientSession> begin = session -> session.plan(list::begin);
    connection.submit(begin, list::fail);
    connection.whenCancelled(result, begin, list::cancel);
    return result;
  }

  /** Begins, when it is known what was agreed on. */
  private void begin(@Nullable NegotiatedContext agreed, ClientSession.Asking asking) {
    if (result.isDone()) {
      return;
    }
    if (agreed == null) {
      waiting.add(new Lists.Part(0, service));
    } else {
      waiting.addAll(Lists.parts(service, agreed));
    }
    ask(asking);
  }

  /** Nothing can be asked. */
  private void fail(DlmsException cause) {
    give(new Lists.Part(0, service), new Outcome.Failure(cause));
  }

  /** Gives up whatever has no answer yet. */
  private void cancel(ClientSession session) {
    waiting.clear();
    underWay.forEach(session::cancel);
  }

  private void ask(ClientSession.Asking asking) {
    boolean all = Lists.isReading(service);
    asks = true;
    while (!waiting.isEmpty() && (all || underWay.isEmpty())) {
      Lists.Part part = waiting.remove();
      // A request of a session that is over fails while it is being made.
      Taker taker = new Taker(part);
      ClientSession.Request request =
          asking.ask(
              part.service(),
              options,
              Answers.whole(part.service(), limits, taker::take, taker::fail));
      if (!taker.done) {
        taker.request = request;
        underWay.add(request);
      }
    }
    asks = false;
  }

  private void askNext() {
    if (!asks && !waiting.isEmpty()) {
      connection.submit(
          session -> session.plan((agreed, asking) -> ask(asking)),
          cause -> {
            while (!waiting.isEmpty()) {
              give(waiting.remove(), new Outcome.Failure(cause));
            }
          });
    }
  }

  /** The same for each item of a part. */
  private void give(Lists.Part part, Outcome outcome) {
    give(part.first(), Collections.nCopies(part.service().items(), outcome));
  }

  private void give(int first, List<Outcome> of) {
    for (int i = 0; i < of.size(); i++) {
      outcomes.set(first + i, of.get(i));
    }
    open -= of.size();
    if (open == 0) {
      result.complete(outcomes.stream().map(Objects::requireNonNull).toList());
    }
  }

  /** Waits for the answer to one part. */
  private final class Taker {
    private final Lists.Part part;
    private ClientSession.@Nullable Request request;
    private boolean done;

    Taker(Lists.Part part) {
      this.part = part;
    }

    void take(ServiceResponse response) {
      end();
      give(part.first(), Items.outcomes(part.service(), response));
      askNext();
    }

    void fail(DlmsException cause) {
      end();
      if (cause instanceof ServiceException
          && part.service().items() > 1
          && Lists.isReading(service)) {
        waiting.addAll(Lists.singles(service, part.first(), part.service().items()));
      } else {
        give(part, new Outcome.Failure(cause));
      }
      askNext();
    }

    private void end() {
      done = true;
      if (request != null) {
        underWay.remove(request);
      }
    }
  }
}
