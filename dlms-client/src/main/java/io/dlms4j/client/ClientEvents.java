package io.dlms4j.client;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServiceRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what a client does, none of whose faults reaches the client or another. */
final class ClientEvents {
  static final ClientEvents NOBODY = new ClientEvents(List.of());

  private static final Logger LOG = LoggerFactory.getLogger(ClientListener.class);

  private final List<ClientListener> listeners;

  ClientEvents(List<ClientListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  private void tell(Consumer<ClientListener> event) {
    for (ClientListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException | Error e) {
        LOG.warn("a client's listener failed", e);
      }
    }
  }

  void associated(NegotiatedContext context) {
    tell(listener -> listener.onAssociated(context));
  }

  void ended(DlmsException cause) {
    tell(listener -> listener.onConnectionEnded(cause));
  }

  void reconnecting(int attempt, Duration delay, DlmsException cause) {
    tell(listener -> listener.onReconnecting(attempt, delay, cause));
  }

  void retried(ServiceRequest service, int attempts, Duration delay, DlmsException cause) {
    if (!listeners.isEmpty()) {
      RequestInfo info = RequestInfo.of(service);
      tell(listener -> listener.onRequestRetried(info, attempts, delay, cause));
    }
  }

  /** What a session is watched by: null if nobody listens. */
  @Nullable Watch watch() {
    return listeners.isEmpty() ? null : new Watch();
  }

  /** Counts what goes through one session. Used on its line's thread. */
  final class Watch {
    private long sent;
    private long received;

    void sent(int octets) {
      sent += octets;
    }

    void received(int octets) {
      received += octets;
    }

    Watched begin(ServiceRequest service, long now) {
      Watched watched = new Watched(RequestInfo.of(service), now, sent, received);
      tell(listener -> listener.onRequestStarted(watched.info()));
      return watched;
    }

    void end(
        Watched watched, RequestReport.Result result, @Nullable DlmsException failure, long now) {
      RequestReport report =
          new RequestReport(
              result,
              failure,
              Duration.ofNanos(now - watched.begun()),
              sent - watched.sentBefore(),
              received - watched.receivedBefore());
      tell(listener -> listener.onRequestFinished(watched.info(), report));
    }
  }

  /** A request that is under way, and what the session had done before it. */
  record Watched(RequestInfo info, long begun, long sentBefore, long receivedBefore) {}
}
