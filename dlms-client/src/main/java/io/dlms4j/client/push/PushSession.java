package io.dlms4j.client.push;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.association.NotificationReceiver;
import io.dlms4j.cosem.association.NotificationReceiverConfig;
import io.dlms4j.cosem.association.NotificationReceiverEvent;
import io.dlms4j.cosem.association.NotificationReceiverEvent.KeysWanted;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Received;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Refused;
import io.dlms4j.cosem.association.NotificationReceiverEvent.Unfinished;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkEvent.DownReason;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import io.dlms4j.transport.LineDriver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What is above the link of one line that meters push on: a receiver for each pair of logical
 * device and client. Used on the line's thread.
 */
final class PushSession implements LinkUser {
  /** Pairs that a line has at a time; the one that was heard first makes room. */
  private static final int MOST_PEERS = 256;

  private final LineDriver line;
  private final PushSource.Path path;
  private final NotificationReceiverConfig config;
  private final @Nullable KeyProvider keys;
  private final PushDesk desk;
  private final Map<LinkAddress, Peer> peers = new LinkedHashMap<>();
  private final Deque<Operation> operations = new ArrayDeque<>();

  /** When the line had its last turn. */
  private long lastNow;

  private record Peer(LinkAddress address, PushSource source, NotificationReceiver receiver) {}

  @FunctionalInterface
  private interface Operation {
    void run(long now);
  }

  PushSession(
      LineDriver line,
      PushSource.Path path,
      NotificationReceiverConfig config,
      @Nullable KeyProvider keys,
      PushDesk desk) {
    this.line = line;
    this.path = path;
    this.config = config;
    this.keys = keys;
    this.desk = desk;
  }

  @Override
  public void onLinkEvent(LinkEvent event, long now) {
    lastNow = now;
    if (event instanceof LinkEvent.Received received) {
      receive(received.address(), received.payload(), now);
    } else if (event instanceof LinkEvent.ReceivedUnconfirmed received) {
      receive(received.address(), received.payload(), now);
    } else if (event instanceof LinkEvent.Down down) {
      Peer peer = peers.remove(down.address());
      if (peer != null) {
        end(peer, down.reason());
      }
    }
  }

  private void receive(LinkAddress address, Payload payload, long now) {
    Peer peer = peers.get(address);
    if (peer == null) {
      peer = new Peer(address, source(address), new NotificationReceiver(config));
      peers.put(address, peer);
      if (peers.size() > MOST_PEERS) {
        Iterator<Peer> oldest = peers.values().iterator();
        Peer leaving = oldest.next();
        oldest.remove();
        end(leaving, DownReason.INACTIVE);
      }
    }
    peer.receiver().receive(Octets.view(payload.array(), payload.offset(), payload.length()), now);
    handleEvents(peer);
  }

  /** On the wrapper it is the meter that connects, so that it has the client's place there. */
  private PushSource source(LinkAddress address) {
    return path == PushSource.Path.TCP || path == PushSource.Path.UDP
        ? new PushSource(
            path,
            line.remoteAddress(),
            address.serverSap(),
            address.clientSap(),
            LinkAddress.NO_PHYSICAL_DEVICE)
        : new PushSource(
            path,
            line.remoteAddress(),
            address.clientSap(),
            address.serverSap(),
            address.physicalDevice());
  }

  private void end(Peer peer, DownReason reason) {
    peer.receiver()
        .linkDown(
            new ProtocolException(
                DlmsException.Scope.ASSOCIATION, "the line went down, " + reason));
    handleEvents(peer);
  }

  /** The line is gone, and with it whoever the link knows no connection of. */
  void lineLost() {
    for (Peer peer : peers.values()) {
      end(peer, DownReason.LINE_LOST);
    }
    peers.clear();
  }

  private void handleEvents(Peer peer) {
    for (NotificationReceiverEvent event = peer.receiver().pollEvent();
        event != null;
        event = peer.receiver().pollEvent()) {
      if (event instanceof Received received) {
        desk.deliver(
            new ReceivedNotification(
                peer.source(),
                received.originator(),
                received.protection(),
                received.inBlocks(),
                received.notification()),
            () -> later(now -> peer.receiver().confirm(received.number())),
            lastNow);
      } else if (event instanceof Refused refused) {
        desk.refuse(peer.source(), refused.claimed(), refused.cause());
      } else if (event instanceof Unfinished unfinished) {
        desk.refuse(peer.source(), null, PushRefusal.Reason.INCOMPLETE, unfinished.cause());
      } else if (event instanceof KeysWanted wanted) {
        findKeys(peer, wanted);
      }
    }
  }

  /** Does something in the line's next turn. May be called on any thread. */
  private void later(Operation operation) {
    try {
      line.execute(() -> operations.add(operation));
    } catch (RejectedExecutionException e) {
      // The listener is closed: nobody is there to be told.
      return;
    }
  }

  /** The provider is the application's code, may take its time, and answer on any thread. */
  private void findKeys(Peer peer, KeysWanted wanted) {
    KeyProvider provider = keys;
    if (provider == null) {
      refuseKeys(peer, wanted, "no provider of keys is configured");
      return;
    }
    CompletionStage<KeyRing> found;
    try {
      found = provider.keysFor(wanted.own(), wanted.originator());
    } catch (RuntimeException e) {
      refuseKeys(peer, wanted, "the provider of keys failed: " + e.getMessage());
      return;
    }
    found.whenComplete(
        (ring, failure) -> {
          if (failure != null || ring == null) {
            Throwable cause = failure == null ? null : root(failure);
            refuseKeys(
                peer,
                wanted,
                cause == null ? "the provider gave no keys" : String.valueOf(cause.getMessage()));
          } else {
            later(
                now -> {
                  peer.receiver().useKeys(wanted.originator(), ring, now);
                  handleEvents(peer);
                });
          }
        });
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = Objects.requireNonNull(cause.getCause());
    }
    return cause;
  }

  private void refuseKeys(Peer peer, KeysWanted wanted, String reason) {
    later(
        now -> {
          peer.receiver().refuseKeys(wanted.originator(), reason, now);
          handleEvents(peer);
        });
  }

  @Override
  public @Nullable Outgoing pollOutgoing(long now) {
    lastNow = now;
    while (!operations.isEmpty()) {
      operations.remove().run(now);
    }
    for (Peer peer : peers.values()) {
      Octets apdu = peer.receiver().pollTransmit(now);
      handleEvents(peer);
      if (apdu != null) {
        return new Outgoing(peer.address(), Payload.of(apdu.array(), apdu.offset(), apdu.length()));
      }
    }
    return null;
  }

  @Override
  public long nextDeadline() {
    long next = Link.NEVER;
    for (Peer peer : peers.values()) {
      next = Math.min(next, peer.receiver().nextDeadline());
    }
    return next;
  }

  @Override
  public void onDeadline(long now) {
    lastNow = now;
    for (Peer peer : peers.values()) {
      peer.receiver().onDeadline(now);
      handleEvents(peer);
    }
  }
}
