package io.dlms4j.server.push;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.association.NotificationSender;
import io.dlms4j.cosem.association.NotificationSenderConfig;
import io.dlms4j.cosem.association.NotificationSenderEvent;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is above the link of a line that one notification is sent on. Used on the line's thread. */
final class PushLine implements LinkUser {
  private final NotificationSender sender;
  private final Apdu notification;
  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private @Nullable LinkAddress address;

  PushLine(NotificationSenderConfig config, Apdu notification) {
    this.sender = new NotificationSender(config);
    this.notification = notification;
  }

  /** Completes when the notification is sent, and confirmed if it asks for that. */
  CompletableFuture<Void> sent() {
    return sent;
  }

  @Override
  public void onLinkEvent(LinkEvent event, long now) {
    if (event instanceof LinkEvent.Up up) {
      address = up.address();
      sender.send(notification, now);
    } else if (event instanceof LinkEvent.Received received) {
      receive(received.payload(), now);
    } else if (event instanceof LinkEvent.ReceivedUnconfirmed received) {
      receive(received.payload(), now);
    } else if (event instanceof LinkEvent.Down down) {
      sender.linkDown(
          new ProtocolException(
              DlmsException.Scope.ASSOCIATION, "the line went down, " + down.reason()));
    }
    handleEvents();
  }

  private void receive(Payload payload, long now) {
    sender.receive(Octets.view(payload.array(), payload.offset(), payload.length()), now);
  }

  @Override
  public @Nullable Outgoing pollOutgoing(long now) {
    LinkAddress to = address;
    if (to == null) {
      return null;
    }
    Octets apdu = sender.pollTransmit(now);
    handleEvents();
    return apdu == null
        ? null
        : new Outgoing(to, Payload.of(apdu.array(), apdu.offset(), apdu.length()));
  }

  @Override
  public void onRefused(Outgoing refused, long now) {
    sender.linkDown(
        new DlmsException(
            DlmsException.Origin.LOCAL,
            DlmsException.Scope.REQUEST,
            "the link does not take "
                + refused.payload().length()
                + " octets: set the longest APDU of the client, so that they go in blocks"));
    handleEvents();
  }

  @Override
  public long nextDeadline() {
    return sender.nextDeadline();
  }

  @Override
  public void onDeadline(long now) {
    sender.onDeadline(now);
    handleEvents();
  }

  private void handleEvents() {
    for (NotificationSenderEvent event = sender.pollEvent();
        event != null;
        event = sender.pollEvent()) {
      if (event instanceof NotificationSenderEvent.Failed failed) {
        sent.completeExceptionally(failed.cause());
      } else {
        sent.complete(null);
      }
    }
  }
}
