package io.dlms4j.server;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociation;
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
import java.util.concurrent.Executor;
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

  private final List<PhysicalDevice> devices;
  private final Executor lineThread;
  private final Lines lines;
  private final Admissions admissions;
  private final Map<LinkAddress, Connection> connections = new LinkedHashMap<>();

  /** Whose payload came last. */
  private @Nullable Connection lastAsked;

  /** When the line had its last turn. */
  private long lastNow;

  private static final class Connection {
    final LinkAddress address;
    final PhysicalDevice physical;
    final LogicalDevice device;
    final AssociationOffer offer;
    final Admissions.Ticket ticket;
    final ServerAssociation association;

    /** What the client may do to the objects; null while it is not associated. */
    @Nullable ObjectAccess objects;

    Connection(
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
  }

  /**
   * A session for one line.
   *
   * @param devices what is behind the line
   * @param lineThread runs what belongs on the line's thread
   * @param lines is told the line's thread, and whether clients are connected
   * @param admissions says which clients may ask for an association
   */
  ServerSession(
      List<PhysicalDevice> devices, Executor lineThread, Lines lines, Admissions admissions) {
    this.devices = devices;
    this.lineThread = lineThread;
    this.lines = lines;
    this.admissions = admissions;
  }

  @Override
  public void onLinkEvent(LinkEvent event, long now) {
    lines.isOn(Thread.currentThread());
    lastNow = now;
    if (event instanceof LinkEvent.Up up) {
      Connection connection = connections.get(up.address());
      if (connection == null) {
        connection = connect(up.address());
        if (connection == null) {
          return;
        }
        connections.put(up.address(), connection);
        lines.add(this);
      }
      connection.association.linkUp();
      handleEvents(connection);
    } else if (event instanceof LinkEvent.Received received) {
      Connection connection = connections.get(received.address());
      if (connection != null) {
        lastAsked = connection;
        Payload payload = received.payload();
        connection.association.receive(
            Octets.view(payload.array(), payload.offset(), payload.length()), now);
        handleEvents(connection);
      }
    } else if (event instanceof LinkEvent.Down down) {
      Connection connection = connections.remove(down.address());
      if (connection != null) {
        lastAsked = lastAsked == connection ? null : lastAsked;
        connection.association.linkDown();
        handleEvents(connection);
        connection.ticket.over();
        if (connections.isEmpty()) {
          lines.remove(this);
        }
      }
    }
  }

  @Override
  public @Nullable Outgoing pollOutgoing(long now) {
    for (Connection connection : connections.values()) {
      Octets apdu = connection.association.pollTransmit(now);
      if (apdu != null) {
        return new Outgoing(
            connection.address, Payload.of(apdu.array(), apdu.offset(), apdu.length()));
      }
    }
    return null;
  }

  /**
   * None where nothing was asked that is answered: an HDLC client that has sent a block, or an
   * unconfirmed request, need not wait until it may go on.
   */
  @Override
  public @Nullable Awaited awaited() {
    Connection asked = lastAsked;
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
    for (Connection connection : connections.values()) {
      next = Math.min(next, connection.association.nextDeadline());
    }
    return next;
  }

  @Override
  public void onDeadline(long now) {
    lastNow = now;
    for (Connection connection : connections.values()) {
      connection.association.onDeadline(now);
      handleEvents(connection);
    }
  }

  private @Nullable Connection connect(LinkAddress address) {
    for (PhysicalDevice physical : devices) {
      if (address.physicalDevice() == physical.physicalAddress()
          || (address.physicalDevice() == LinkAddress.NO_PHYSICAL_DEVICE && devices.size() == 1)) {
        Optional<LogicalDevice> device = physical.logicalDevice(address.serverSap());
        if (device.isPresent()) {
          return new Connection(
              address,
              physical,
              device.get(),
              device.get().offer(address.clientSap()).orElse(NOTHING),
              admissions.ticket(
                  new Admissions.Place(physical, device.get().sap(), address.clientSap())));
        }
      }
    }
    LOG.warn("the link brought up {}, where there is no logical device", address);
    return null;
  }

  private void handleEvents(Connection connection) {
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
        LOG.debug("{}: association ended", connection.address);
      }
    }
  }

  /** The provider may take its time, and answer on any thread. */
  private void findKeys(Connection connection, ServerAssociationEvent.KeysWanted wanted) {
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
            lineThread.execute(
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
      Connection connection, SystemTitle client, CompletableFuture<KeyRing> found) {
    try {
      connection.association.useKeys(client, Objects.requireNonNull(found.join(), "no keys"));
    } catch (CompletionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      connection.association.refuseKeys(client, String.valueOf(cause.getMessage()));
    } catch (RuntimeException e) {
      connection.association.refuseKeys(client, "the keys cannot be used: " + e.getMessage());
    }
  }

  private void serve(Connection connection, ServiceIndication indication) {
    ObjectAccess objects = connection.objects;
    if (objects != null) {
      new ServiceCall(
              indication,
              objects.protectedBy(indication.protection()),
              new ServiceCall.Surroundings(
                  connection.association,
                  () -> connection.objects == objects,
                  lineThread,
                  () -> handleEvents(connection),
                  connection.address))
          .run();
    }
  }

  /**
   * Sends a notification to a client, if it is associated here. May be called on any thread.
   *
   * @return how many connections it goes out on
   */
  CompletionStage<Integer> sendNotification(
      PhysicalDevice device, int serverSap, int clientSap, Apdu notification) {
    CompletableFuture<Integer> sent = new CompletableFuture<>();
    try {
      lineThread.execute(
          () -> {
            int count = 0;
            for (Connection connection : connections.values()) {
              if (connection.physical == device
                  && connection.device.sap() == serverSap
                  && connection.address.clientSap() == clientSap
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
