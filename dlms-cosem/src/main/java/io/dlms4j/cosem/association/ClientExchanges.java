package io.dlms4j.cosem.association;

import io.dlms4j.cosem.apdu.InvokeIdAndPriority;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Begins exchanges: gives each request its invoke-id and the exchange of its service. */
final class ClientExchanges {
  private static final int INVOKE_IDS = 16;
  private static final int LONG_INVOKE_IDS = 1 << 24;
  private static final long SELF_DESCRIPTIVE = 1L << 28;
  private static final long BREAK_ON_ERROR = 1L << 29;

  private final ClientAssociationConfig config;
  private int lastInvokeId;
  private int lastLongInvokeId;

  ClientExchanges(ClientAssociationConfig config) {
    this.config = config;
  }

  /**
   * Gives a request its key.
   *
   * @param isFree whether a key may be used
   * @return the key, or null if it has to wait for one
   */
  @Nullable AnswerKey nextKey(ServiceRequest service, Predicate<AnswerKey> isFree) {
    if (service instanceof ServiceRequest.Read || service instanceof ServiceRequest.Write) {
      return isFree.test(AnswerKey.SHORT_NAME) ? AnswerKey.SHORT_NAME : null;
    }
    if (service instanceof ServiceRequest.Access) {
      lastLongInvokeId = (lastLongInvokeId + 1) % LONG_INVOKE_IDS;
      return AnswerKey.ofLong(lastLongInvokeId);
    }
    for (int i = 1; i <= INVOKE_IDS; i++) {
      int id = (lastInvokeId + i) % INVOKE_IDS;
      AnswerKey key = new AnswerKey(AnswerKey.Kind.INVOKE_ID, id);
      if (isFree.test(key)) {
        lastInvokeId = id;
        return key;
      }
    }
    return null;
  }

  ClientExchange begin(ClientRequest request, AnswerKey key, Agreement agreed) {
    ServiceRequest service = request.service;
    boolean confirmed = request.options.confirmed();
    boolean high =
        switch (request.options.priority()) {
          case CONFIGURED -> config.highPriority();
          case HIGH -> true;
          case NORMAL -> false;
        };
    if (service instanceof ServiceRequest.Get get) {
      InvokeIdAndPriority id =
          InvokeIdAndPriority.of(key.id(), config.confirmedServiceClass(), high);
      return get.items() == 1
          ? new ClientGet(agreed, id, get.attributes().get(0), request.options.paced())
          : new ClientGetList(agreed, id, get);
    }
    if (service instanceof ServiceRequest.Set set) {
      return new ClientSet(agreed, InvokeIdAndPriority.of(key.id(), confirmed, high), set);
    }
    if (service instanceof ServiceRequest.Action action) {
      return new ClientAction(agreed, InvokeIdAndPriority.of(key.id(), confirmed, high), action);
    }
    if (service instanceof ServiceRequest.Access access) {
      long bits =
          LongInvokeIdAndPriority.of(key.id(), confirmed, high).bits()
              | (access.selfDescriptive() ? SELF_DESCRIPTIVE : 0)
              | (access.breakOnError() ? BREAK_ON_ERROR : 0);
      return new ClientAccess(agreed, new LongInvokeIdAndPriority(bits), access);
    }
    if (service instanceof ServiceRequest.Read read) {
      return new ClientRead(agreed, read);
    }
    return new ClientWrite(agreed, (ServiceRequest.Write) service, confirmed);
  }
}
