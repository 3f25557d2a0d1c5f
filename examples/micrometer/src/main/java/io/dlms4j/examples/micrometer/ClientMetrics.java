package io.dlms4j.examples.micrometer;

import io.dlms4j.client.ClientListener;
import io.dlms4j.client.RequestInfo;
import io.dlms4j.client.RequestReport;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts and times what clients do. One may serve any number of clients; the names of attributes
 * are no tags, for there are too many of them.
 *
 * <ul>
 *   <li>{@code dlms.client.requests}: timer, by {@code service} and {@code result}
 *   <li>{@code dlms.client.octets}: octets of APDUs, by {@code direction}; counted twice where
 *       requests of one connection are outstanding together
 *   <li>{@code dlms.client.requests.active}: gauge
 *   <li>{@code dlms.client.requests.retried}, {@code dlms.client.associations.opened}, {@code
 *       dlms.client.reconnects}: counters, the retries by {@code service}
 *   <li>{@code dlms.client.connections.ended}: counter, by {@code cause}, the name of the exception
 * </ul>
 */
public final class ClientMetrics implements ClientListener {
  private final MeterRegistry registry;
  private final Tags tags;
  private final AtomicInteger active = new AtomicInteger();
  private final Counter sent;
  private final Counter received;
  private final Counter opened;
  private final Counter reconnects;

  /**
   * Meters of a registry.
   *
   * @param registry where they are
   * @param tags what they all bear, such as the name of the fleet
   */
  public ClientMetrics(MeterRegistry registry, Tag... tags) {
    this.registry = registry;
    this.tags = Tags.of(tags);
    registry.gauge("dlms.client.requests.active", this.tags, active);
    sent = registry.counter("dlms.client.octets", this.tags.and("direction", "sent"));
    received = registry.counter("dlms.client.octets", this.tags.and("direction", "received"));
    opened = registry.counter("dlms.client.associations.opened", this.tags);
    reconnects = registry.counter("dlms.client.reconnects", this.tags);
  }

  @Override
  public void onAssociated(NegotiatedContext context) {
    opened.increment();
  }

  @Override
  public void onConnectionEnded(DlmsException cause) {
    registry
        .counter(
            "dlms.client.connections.ended", tags.and("cause", cause.getClass().getSimpleName()))
        .increment();
  }

  @Override
  public void onReconnecting(int attempt, Duration delay, DlmsException cause) {
    reconnects.increment();
  }

  @Override
  public void onRequestStarted(RequestInfo request) {
    active.incrementAndGet();
  }

  @Override
  public void onRequestFinished(RequestInfo request, RequestReport report) {
    active.decrementAndGet();
    sent.increment((double) report.octetsSent());
    received.increment((double) report.octetsReceived());
    Timer.builder("dlms.client.requests")
        .tags(tags)
        .tag("service", request.service())
        .tag("result", report.result().name().toLowerCase(Locale.ROOT))
        .register(registry)
        .record(report.duration());
  }

  @Override
  public void onRequestRetried(
      RequestInfo request, int attempts, Duration delay, DlmsException cause) {
    registry
        .counter("dlms.client.requests.retried", tags.and("service", request.service()))
        .increment();
  }
}
