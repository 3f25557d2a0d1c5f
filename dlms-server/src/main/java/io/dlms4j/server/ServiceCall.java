package io.dlms4j.server;

import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.association.ItemResult;
import io.dlms4j.cosem.association.ServerAssociation;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import io.dlms4j.cosem.association.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's request on its way through the objects. What is only read is asked for all at once;
 * whatever changes something is done item by item, each when the one before has its result.
 *
 * <p>Used on the line's thread. Results that come from elsewhere, or later, come in through the
 * line's executor.
 */
final class ServiceCall {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceCall.class);

  private final Surroundings surroundings;
  private final long request;
  private final List<ServiceItem> items;
  private final boolean inOrder;
  private final ReadGuard guard;
  private final boolean breakOnError;
  private int next;

  /** What the objects owe, by item; null for an item that is not begun, or has its answer. */
  private final @Nullable CompletionStage<?>[] owed;

  private int unanswered;

  /**
   * What a call works in.
   *
   * @param association takes the results
   * @param isCurrent whether the association that the request came in is still there
   * @param lineThread runs what belongs on the line's thread
   * @param afterwards called when results have been given later than the request came
   * @param name who asks, for the log; a text is made of it only there
   */
  record Surroundings(
      ServerAssociation association,
      BooleanSupplier isCurrent,
      Executor lineThread,
      Runnable afterwards,
      Object name) {}

  ServiceCall(ServiceIndication indication, ObjectAccess objects, Surroundings surroundings) {
    ServiceRequest service = indication.service();
    this.surroundings = surroundings;
    this.request = indication.request();
    this.items = ServiceItem.of(service, objects);
    this.owed = new CompletionStage<?>[items.size()];
    this.unanswered = items.size();
    boolean reading = ServiceItem.onlyReads(service);
    this.guard = reading ? objects.client().device().readGuard() : ReadGuard.NONE;
    this.breakOnError = service instanceof ServiceRequest.Access access && access.breakOnError();
    this.inOrder = !reading || breakOnError;
  }

  /** Does as many items as can be done now: where they only read, in one moment. */
  void run() {
    try {
      guard.read(this::runItems);
    } catch (RuntimeException e) {
      // It is the application's: what it throws ends here.
      LOG.warn("{}: the guard of what is read failed", surroundings.name(), e);
      giveUp(DataAccessResult.OTHER_REASON);
    }
  }

  /** Whether every item has its answer, or is to have none. */
  boolean isOver() {
    return unanswered == 0;
  }

  /** The objects have taken too long, or the client has asked for too much since. */
  void expire() {
    LOG.warn("{}: {} given up, for want of an answer", surroundings.name(), unansweredReferences());
    giveUp(DataAccessResult.TEMPORARY_FAILURE);
    cancel();
  }

  private List<Object> unansweredReferences() {
    List<Object> references = new ArrayList<>();
    for (int i = 0; i < owed.length; i++) {
      if (owed[i] != null) {
        references.add(items.get(i).reference());
      }
    }
    return references;
  }

  private void giveUp(DataAccessResult result) {
    next = items.size();
    unanswered = 0;
    surroundings.association().refuse(request, result);
  }

  /** Nobody waits for what the objects still owe: tells those that can be told. */
  void cancel() {
    next = items.size();
    unanswered = 0;
    for (CompletionStage<?> each : owed) {
      if (each instanceof CompletableFuture<?> future) {
        future.cancel(false);
      }
    }
  }

  private void runItems() {
    while (next < items.size() && surroundings.isCurrent().getAsBoolean()) {
      int item = next++;
      Turn turn = new Turn();
      CompletionStage<ItemResult> done = items.get(item).doing().get();
      owed[item] = done;
      var unused =
          done.whenComplete(
              (result, failure) -> {
                if (turn.isNow()) {
                  turn.answered = true;
                  answer(item, result, failure);
                } else {
                  answerLater(item, result, failure);
                }
              });
      turn.over = true;
      if (inOrder && !turn.answered) {
        return;
      }
    }
  }

  private void answerLater(int item, @Nullable ItemResult result, @Nullable Throwable failure) {
    try {
      surroundings
          .lineThread()
          .execute(
              () -> {
                answer(item, result, failure);
                if (inOrder) {
                  run();
                }
                surroundings.afterwards().run();
              });
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: {} came after the end", surroundings.name(), items.get(item).reference());
    }
  }

  private void answer(int item, @Nullable ItemResult result, @Nullable Throwable failure) {
    if (unanswered == 0) {
      // Given up, or over with the association.
      return;
    }
    owed[item] = null;
    unanswered--;
    ItemResult given = result;
    if (given == null) {
      LOG.warn("{}: {} failed", surroundings.name(), items.get(item).reference(), failure);
      given = new ItemResult.Refused(DataAccessResult.OTHER_REASON);
    }
    surroundings.association().answer(request, item, given);
    if (breakOnError && isFailure(given)) {
      // What is left undone has no result of its own in the standard.
      giveUp(DataAccessResult.OTHER_REASON);
    }
  }

  private static boolean isFailure(ItemResult result) {
    return result instanceof ItemResult.Refused
        || (result instanceof ItemResult.Invoked invoked
            && invoked.result() != ActionResult.SUCCESS);
  }

  /**
   * The turn of the line's thread in which an item is begun. An answer within it goes out at once;
   * one from another thread, or from a later turn, has to come in through the executor.
   */
  private static final class Turn {
    private final Thread thread = Thread.currentThread();

    /** Both of that thread alone. */
    private boolean over;

    private boolean answered;

    boolean isNow() {
      return Thread.currentThread() == thread && !over;
    }
  }
}
