package io.dlms4j.server;

import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociation;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a line: a client, the logical device that it speaks to, and what it has been
 * asked and has not answered. Used on the line's thread.
 */
final class ServerConnection {
  final LinkAddress address;
  final PhysicalDevice physical;
  final LogicalDevice device;
  final AssociationOffer offer;
  final Admissions.Ticket ticket;
  final ServerAssociation association;

  /** What the client may do to the objects; null while it is not associated. */
  @Nullable ObjectAccess objects;

  /** The oldest, and so the one that is due first, comes first. */
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  private record Waiting(ServiceCall call, long deadline) {}

  ServerConnection(
      LinkAddress address,
      PhysicalDevice physical,
      LogicalDevice device,
      AssociationOffer offer,
      Admissions.Ticket ticket) {
    this.address = address;
    this.physical = physical;
    this.device = device;
    this.offer = offer;
    this.ticket = ticket;
    this.association = new ServerAssociation(offer.config(), ticket);
  }

  ClientContext client(NegotiatedContext negotiated) {
    return new ClientContext(
        address.clientSap(), device, offer.config(), negotiated, offer.policy());
  }

  /** Lets the objects take the device's time for a request that they have not answered at once. */
  void awaitAnswers(ServiceCall call, long now) {
    if (call.isOver()) {
      return;
    }
    long nanos = device.answerTimeout().toNanos();
    boolean ever = nanos == 0 || now > Link.NEVER - nanos;
    waiting.add(new Waiting(call, ever ? Link.NEVER : now + nanos));
    // A client that asks on and on must not make what is kept of it grow.
    Waiting oldest = firstWaiting();
    if (oldest != null && waiting.size() > offer.config().maxOutstandingRequests()) {
      oldest.call().expire();
    }
  }

  private @Nullable Waiting firstWaiting() {
    waiting.removeIf(each -> each.call().isOver());
    return waiting.peek();
  }

  long nextAnswerDeadline() {
    Waiting first = firstWaiting();
    return first == null ? Link.NEVER : first.deadline();
  }

  /** Gives up what has taken too long. */
  void expireAnswers(long now) {
    for (Waiting first = firstWaiting();
        first != null && first.deadline() <= now;
        first = firstWaiting()) {
      first.call().expire();
    }
  }

  /** Nobody waits any more. */
  void cancelAnswers() {
    waiting.forEach(each -> each.call().cancel());
    waiting.clear();
  }
}
