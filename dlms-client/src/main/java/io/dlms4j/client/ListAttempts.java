package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at a list: the second and later ones ask only for the items that failed in a way
 * that may pass. For {@link Attempts}, one attempt after the other.
 */
final class ListAttempts implements Attempts.Asking<List<Outcome>> {
  private final ServiceRequest service;
  private final Predicate<Throwable> mayPass;
  private final Function<ServiceRequest, CompletableFuture<List<Outcome>>> making;

  /** What became of each item so far; empty before the first attempt is over. */
  private List<Outcome> outcomes = List.of();

  /**
   * Nothing has been asked yet.
   *
   * @param mayPass which failures another attempt may mend
   * @param making makes one attempt
   */
  ListAttempts(
      ServiceRequest service,
      Predicate<Throwable> mayPass,
      Function<ServiceRequest, CompletableFuture<List<Outcome>>> making) {
    this.service = service;
    this.mayPass = mayPass;
    this.making = making;
  }

  @Override
  public CompletableFuture<List<Outcome>> ask() {
    if (outcomes.isEmpty()) {
      return making.apply(service);
    }
    List<Integer> failed =
        IntStream.range(0, outcomes.size())
            .filter(item -> failure(outcomes.get(item)) != null)
            .boxed()
            .toList();
    if (failed.size() == service.items()) {
      return making.apply(service);
    }
    CompletableFuture<List<Outcome>> rest = making.apply(Lists.pick(service, failed));
    CompletableFuture<List<Outcome>> merged = new CompletableFuture<>();
    CompletionStage<List<Outcome>> answer = rest;
    answer.whenComplete(
        (values, thrown) -> {
          if (thrown == null) {
            merged.complete(merge(failed, values));
          } else {
            merged.completeExceptionally(thrown);
          }
        });
    CompletionStage<List<Outcome>> given = merged;
    given.whenComplete((values, thrown) -> rest.cancel(false));
    return merged;
  }

  private List<Outcome> merge(List<Integer> items, List<Outcome> answers) {
    List<Outcome> all = new ArrayList<>(outcomes);
    for (int i = 0; i < items.size(); i++) {
      all.set(items.get(i), answers.get(i));
    }
    return List.copyOf(all);
  }

  @Override
  public @Nullable DlmsException failureIn(List<Outcome> value) {
    outcomes = value;
    List<DlmsException> failures = new ArrayList<>();
    for (Outcome outcome : value) {
      DlmsException failure = failure(outcome);
      if (failure != null) {
        failures.add(failure);
      }
    }
    // An ACCESS goes again as a whole, or not at all.
    return failures.isEmpty()
            || (service instanceof ServiceRequest.Access && failures.size() < service.items())
        ? null
        : failures.get(0);
  }

  private @Nullable DlmsException failure(Outcome outcome) {
    return outcome instanceof Outcome.Failure failed && mayPass.test(failed.cause())
        ? failed.cause()
        : null;
  }
}
