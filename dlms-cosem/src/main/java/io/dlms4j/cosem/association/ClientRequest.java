package io.dlms4j.cosem.association;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import org.jspecify.annotations.Nullable;

/** One request of a client from its making to its end: where it stands. */
final class ClientRequest {
  final long name;
  final ServiceRequest service;
  final RequestOptions options;

  /** What names it in an answer; null until it has begun. */
  @Nullable AnswerKey key;

  /** Null until it has begun. */
  @Nullable ClientExchange exchange;

  /** What it asks next, when its consumer says so. */
  @Nullable Octets held;

  /** Whether its last APDU has been given to the link, so that an answer can be one to it. */
  boolean asked;

  long deadline = ApduChannel.NEVER;

  ClientRequest(long name, ServiceRequest service, RequestOptions options) {
    this.name = name;
    this.service = service;
    this.options = options;
  }

  /** Whether the next APDU that comes may be its answer. */
  boolean awaitsAnswer() {
    return asked && held == null && isConfirmed();
  }

  /** A GET and a Read make no sense without an answer. */
  boolean isConfirmed() {
    return options.confirmed()
        || service instanceof ServiceRequest.Get
        || service instanceof ServiceRequest.Read;
  }

  /** What was asked for, in words. */
  String description() {
    if (service instanceof ServiceRequest.Get get && get.items() == 1) {
      AttributeWithSelection asks = get.attributes().get(0);
      return "the request for " + asks.attribute();
    }
    String what = service.getClass().getSimpleName();
    return "the " + what + (service.items() == 1 ? "" : " of " + service.items() + " items");
  }
}
