package io.dlms4j.server;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationEvent;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import io.dlms4j.cosem.security.KeyProvider;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is above the link of one line: an association for each connection, and the way from its
 * requests to the objects and back. All of it runs on the line's thread; objects that answer later
 * come back through the line's executor.
 */
final class ServerSession implements LinkUser {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);

  /**
   * A client SAP that no association was made for is offered no service at all, and refused for
   * that reason.
   */
  private static final AssociationOffer NOTHING =
      AssociationOffer.of(
          ServerAssociationConfig.builder()
              .lowestLevelSecurity()
              .conformance(Set.<Conformance>of())
              .build(),
          AccessPolicy.readOnly());

  private final DeviceSet devices;
  private final ServerLine line;

  /** In place of a SAP: whichever it is. */
  static final int ANY = -1;

  private final Lines lines;
  private final Admissions admissions;
  private final Map<LinkAddress, ServerConnection> connections = new LinkedHashMap<>();

  /** Whose payload came last. */
  private @Nullable ServerConnection lastAsked;

  /** When the line had its last turn. */
  private long lastNow;

  /** Waits for what is under way to come to its end; null as long as nobody waits. */
  private @Nullable CompletableFuture<Void> quiet;

  /**
   * A session for one line.
   *
   * @param devices what is behind the line
   * @param line runs what belongs on the line's thread
   * @param lines is told the line's thread, and whether clients are connected
   * @param admissions says which clients may ask for an association
   */
  ServerSession(DeviceSet devices, ServerLine line, Lines lines, Admissions admissions) {
    this.devices = devices;
    this.line = line;
    this.lines = lines;
    this.admissions = admissions;
  }

  @Override
  public void onLinkEvent(LinkEvent event, long now) {
    lines.isOn(Thread.currentThread());
    lastNow = now;
    if (event instanceof LinkEvent.Up up) {
      ServerConnection connection = connections.get(up.address());
      if (connection == null) {
        connection = connect(up.address());
        if (connection == null) {
          return;
        }
        connections.put(up.address(), connection);
        lines.add(this);
        if (devices.device(connection.physical.physicalAddress()).orElse(null)
            != connection.physical) {
          // It was taken out before this session could be told so.
          drop(connection.physical);
        }
      }
      connection.association.linkUp();
      handleEvents(connection);
    } else if (event instanceof LinkEvent.Received received) {
      ServerConnection connection = connections.get(received.address());
      if (connection != null) {
        lastAsked = connection;
        Payload payload = received.payload();
        connection.association.receive(
            Octets.view(payload.array(), payload.offset(), payload.length()), now);
        handleEvents(connection);
      }
    } else if (event instanceof LinkEvent.Down down) {
      ServerConnection connection = connections.get(down.address());
      if (connection != null) {
        end(connection);
      }
    }
  }

  @Override
  public @Nullable Outgoing pollOutgoing(long now) {
    for (ServerConnection connection : connections.values()) {
      Octets apdu = connection.association.pollTransmit(now);
      if (apdu != null) {
        return new Outgoing(
            connection.address, Payload.of(apdu.array(), apdu.offset(), apdu.length()));
      }
    }
    CompletableFuture<Void> waiting = quiet;
    if (waiting != null && !waiting.isDone() && isQuiet()) {
      waiting.complete(null);
    }
    return null;
  }

  private boolean isQuiet() {
    return !line.hasUnsent()
        && connections.values().stream().noneMatch(each -> each.association.isBusy());
  }

  /**
   * Waits until all requests have been answered, and the answers have gone. May be called on any
   * thread.
   *
   * @return completes then, or when the line is gone
   */
  CompletableFuture<Void> quiet() {
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    try {
      // The turn of the line that this begins looks whether all is quiet already.
      line.execute(
          () -> {
            quiet = waiting;
            if (connections.isEmpty()) {
              waiting.complete(null);
            }
          });
    } catch (RejectedExecutionException e) {
      waiting.complete(null);
    }
    return waiting;
  }

  /** Whether these are the devices behind the line. */
  boolean serves(DeviceSet those) {
    return devices == those;
  }

  /** Ends the associations with a device that has been taken out. May be called on any thread. */
  void drop(PhysicalDevice device) {
    try {
      line.execute(() -> dropNow(device));
    } catch (RejectedExecutionException e) {
      LOG.debug("a line has ended before {} was taken out", device.physicalAddress());
    }
  }

  private void dropNow(PhysicalDevice device) {
    boolean dropped = false;
    for (ServerConnection connection : List.copyOf(connections.values())) {
      if (connection.physical == device) {
        LOG.info("{}: its device has been taken out", connection.address);
        end(connection);
        line.disconnect(connection.address, lastNow);
        dropped = true;
      }
    }
    if (dropped && connections.isEmpty()) {
      line.close();
    }
  }

  private void end(ServerConnection connection) {
    connections.remove(connection.address);
    lastAsked = lastAsked == connection ? null : lastAsked;
    connection.association.linkDown();
    handleEvents(connection);
    connection.ticket.over();
    if (connections.isEmpty()) {
      lines.remove(this);
      CompletableFuture<Void> waiting = quiet;
      if (waiting != null) {
        waiting.complete(null);
      }
    }
  }

  /**
   * None where nothing was asked that is answered: an HDLC client that has sent a block, or an
   * unconfirmed request, need not wait until it may go on.
   */
  @Override
  public @Nullable Awaited awaited() {
    ServerConnection asked = lastAsked;
    return asked == null
        ? null
        : new Awaited(asked.address, asked.association.isAnswerAwaited() ? 1 : 0);
  }

  @Override
  public void onRefused(Outgoing refused, long now) {
    LOG.warn(
        "{}: an answer of {} octets is more than the link carries",
        refused.address(),
        refused.payload().length());
  }

  @Override
  public long nextDeadline() {
    long next = Link.NEVER;
    for (ServerConnection connection : connections.values()) {
      next = Math.min(next, connection.association.nextDeadline());
      next = Math.min(next, connection.nextAnswerDeadline());
    }
    return next;
  }

  @Override
  public void onDeadline(long now) {
    lastNow = now;
    for (ServerConnection connection : connections.values()) {
      connection.association.onDeadline(now);
      connection.expireAnswers(now);
      handleEvents(connection);
    }
  }

  private @Nullable ServerConnection connect(LinkAddress address) {
    Optional<PhysicalDevice> physical =
        address.physicalDevice() == LinkAddress.NO_PHYSICAL_DEVICE
            ? devices.deviceOfSap(address.serverSap())
            : devices.device(address.physicalDevice());
    Optional<LogicalDevice> device =
        physical.flatMap(each -> each.logicalDevice(address.serverSap()));
    if (physical.isPresent() && device.isPresent()) {
      return new ServerConnection(
          address,
          physical.get(),
          device.get(),
          device.get().offer(address.clientSap()).orElse(NOTHING),
          admissions.ticket(
              new Admissions.Place(physical.get(), device.get().sap(), address.clientSap())));
    }
    LOG.warn("the link brought up {}, where there is no logical device", address);
    return null;
  }

  private void handleEvents(ServerConnection connection) {
    for (ServerAssociationEvent event = connection.association.pollEvent();
        event != null;
        event = connection.association.pollEvent()) {
      if (event instanceof ServiceIndication indication) {
        serve(connection, indication);
      } else if (event instanceof ServerAssociationEvent.Associated associated) {
        connection.ticket.opened();
        connection.objects = new ObjectAccess(connection.client(associated.context()));
        LOG.debug("{}: associated", connection.address);
      } else if (event instanceof ServerAssociationEvent.KeysWanted wanted) {
        findKeys(connection, wanted);
      } else if (event instanceof ServerAssociationEvent.MessageRefused refused) {
        LOG.warn("{}: {}", connection.address, refused.cause().getMessage());
      } else if (event instanceof ServerAssociationEvent.Refused refused) {
        if (refused.authenticationFailed()) {
          connection.ticket.failed(lastNow);
        } else {
          connection.ticket.refused();
        }
        LOG.warn("{}: association refused, {}", connection.address, refused.reason());
      } else if (event instanceof ServerAssociationEvent.StreamFailed failed) {
        LOG.warn(
            "{}: item {} of {} could not be written to its end",
            connection.address,
            failed.item(),
            // Its parameters may be secrets.
            failed.service().getClass().getSimpleName(),
            failed.cause());
      } else if (event instanceof ServerAssociationEvent.NotificationConfirmed confirmed) {
        LOG.debug("{}: {}", connection.address, confirmed.confirmation());
      } else if (event instanceof ServerAssociationEvent.Ended) {
        connection.ticket.ended();
        connection.objects = null;
        connection.cancelAnswers();
        LOG.debug("{}: association ended", connection.address);
      }
    }
  }

  /** The provider may take its time, and answer on any thread. */
  private void findKeys(ServerConnection connection, ServerAssociationEvent.KeysWanted wanted) {
    KeyProvider provider = connection.offer.keys();
    if (provider == null) {
      connection.association.refuseKeys(wanted.client(), "no provider of keys is configured");
      return;
    }
    CompletableFuture<KeyRing> found;
    try {
      found = provider.keysFor(wanted.server(), wanted.client()).toCompletableFuture();
    } catch (RuntimeException e) {
      found = CompletableFuture.failedFuture(e);
    }
    if (found.isDone()) {
      useKeys(connection, wanted.client(), found);
      return;
    }
    CompletableFuture<KeyRing> later = found;
    CompletionStage<KeyRing> given = later;
    given.whenComplete(
        (keys, failure) -> {
          try {
            line.execute(
                () -> {
                  useKeys(connection, wanted.client(), later);
                  handleEvents(connection);
                });
          } catch (RejectedExecutionException e) {
            LOG.debug("{}: keys came after the end", connection.address);
          }
        });
  }

  /** The provider is the application's code: whatever it gives or throws ends here. */
  private static void useKeys(
      ServerConnection connection, SystemTitle client, CompletableFuture<KeyRing> found) {
    try {
      connection.association.useKeys(client, Objects.requireNonNull(found.join(), "no keys"));
    } catch (CompletionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      connection.association.refuseKeys(client, String.valueOf(cause.getMessage()));
    } catch (RuntimeException e) {
      connection.association.refuseKeys(client, "the keys cannot be used: " + e.getMessage());
    }
  }

  private void serve(ServerConnection connection, ServiceIndication indication) {
    ObjectAccess objects = connection.objects;
    if (objects != null) {
      ServiceCall call =
          new ServiceCall(
              indication,
              objects.protectedBy(indication.protection()),
              new ServiceCall.Surroundings(
                  connection.association,
                  () -> connection.objects == objects,
                  line,
                  () -> handleEvents(connection),
                  connection.address));
      call.run();
      connection.awaitAnswers(call, lastNow);
    }
  }

  /**
   * Sends a notification to a client, if it is associated here. May be called on any thread.
   *
   * @param serverSap which logical device, or {@link #ANY}
   * @param clientSap which client, or {@link #ANY}
   * @return how many connections it goes out on
   */
  CompletionStage<Integer> sendNotification(
      PhysicalDevice device, int serverSap, int clientSap, Apdu notification) {
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    try {
      line.execute(
          () -> {
            int count = 0;
            for (ServerConnection connection : connections.values()) {
              if (connection.physical == device
                  && (serverSap == ANY || connection.device.sap() == serverSap)
                  && (clientSap == ANY || connection.address.clientSap() == clientSap)
                  && connection.association.isAssociated()
                  && connection.association.sendNotification(notification)) {
                count++;
              }
            }
            sent.complete(count);
          });
    } catch (RejectedExecutionException e) {
      sent.complete(0);
    }
    return sent;
  }
}
