package io.dlms4j.server;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.ItemResult;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociation;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationEvent;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final LogicalDevice.Offer NOTHING =
      new LogicalDevice.Offer(
          ServerAssociationConfig.builder().conformance(Set.<Conformance>of()).build(),
          AccessPolicy.readOnly());

  private final List<PhysicalDevice> devices;
  private final Executor lineThread;
  private final Collection<Thread> lineThreads;
  private final Map<LinkAddress, Connection> connections = new LinkedHashMap<>();

  private static final class Connection {
    final LinkAddress address;
    final LogicalDevice device;
    final LogicalDevice.Offer offer;
    final ServerAssociation association;

    Connection(LinkAddress address, LogicalDevice device, LogicalDevice.Offer offer) {
      this.address = address;
      this.device = device;
      this.offer = offer;
      this.association = new ServerAssociation(offer.config());
    }
  }

  /**
   * A session for one line.
   *
   * @param devices what is behind the line
   * @param lineThread runs what belongs on the line's thread
   * @param lineThreads is told the line's thread
   */
  ServerSession(List<PhysicalDevice> devices, Executor lineThread, Collection<Thread> lineThreads) {
    this.devices = devices;
    this.lineThread = lineThread;
    this.lineThreads = lineThreads;
  }

  @Override
  public void onLinkEvent(LinkEvent event, long now) {
    lineThreads.add(Thread.currentThread());
    if (event instanceof LinkEvent.Up up) {
      Connection connection = connections.get(up.address());
      if (connection == null) {
        connection = connect(up.address());
        if (connection == null) {
          return;
        }
        connections.put(up.address(), connection);
      }
      connection.association.linkUp();
      handleEvents(connection);
    } else if (event instanceof LinkEvent.Received received) {
      Connection connection = connections.get(received.address());
      if (connection != null) {
        Payload payload = received.payload();
        connection.association.receive(
            Octets.view(payload.array(), payload.offset(), payload.length()), now);
        handleEvents(connection);
      }
    } else if (event instanceof LinkEvent.Down down) {
      Connection connection = connections.remove(down.address());
      if (connection != null) {
        connection.association.linkDown();
        handleEvents(connection);
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
              address, device.get(), device.get().offer(address.clientSap()).orElse(NOTHING));
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
      } else if (event instanceof ServerAssociationEvent.Associated) {
        LOG.debug("{}: associated", connection.address);
      } else if (event instanceof ServerAssociationEvent.Refused refused) {
        LOG.warn("{}: association refused, {}", connection.address, refused.reason());
      } else if (event instanceof ServerAssociationEvent.StreamFailed failed) {
        LOG.warn(
            "{}: item {} of {} could not be written to its end",
            connection.address,
            failed.item(),
            failed.service(),
            failed.cause());
      } else if (event instanceof ServerAssociationEvent.Ended) {
        LOG.debug("{}: association ended", connection.address);
      }
    }
  }

  private void serve(Connection connection, ServiceIndication indication) {
    if (indication.service() instanceof ServiceRequest.Get get) {
      for (int item = 0; item < get.items(); item++) {
        AttributeWithSelection asked = get.attributes().get(item);
        read(
            connection,
            new Reading(indication.request(), item, asked.attribute(), asked.selectiveAccess()));
      }
    } else {
      // The objects cannot be written or invoked yet.
      connection.association.refuse(indication.request(), DataAccessResult.READ_WRITE_DENIED);
    }
  }

  /** One item of a GET. */
  private record Reading(
      long request, int item, AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess) {}

  /**
   * Objects and policies are the application's code: whatever they throw is the answer to this
   * request, and harms no other.
   */
  private void read(Connection connection, Reading get) {
    Turn turn = new Turn();
    try {
      CompletionStage<ReadResult> answer = ask(connection, get);
      answer.whenComplete(
          (result, failure) -> {
            if (turn.isNow()) {
              answer(connection, get, result, failure);
            } else {
              answerLater(connection, get, result, failure);
            }
          });
    } catch (RuntimeException | Error e) {
      answer(connection, get, null, e);
    } finally {
      turn.end();
    }
  }

  private void answerLater(
      Connection connection,
      Reading get,
      @Nullable ReadResult result,
      @Nullable Throwable failure) {
    try {
      lineThread.execute(
          () -> {
            answer(connection, get, result, failure);
            handleEvents(connection);
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: {} was read after the end", connection.address, get.attribute());
    }
  }

  /**
   * The turn of the line's thread in which a request came in. An answer within it goes out at once;
   * one from another thread, or from a later turn, has to come in through the executor.
   */
  private static final class Turn {
    private final Thread thread = Thread.currentThread();

    /** Of that thread alone. */
    private boolean over;

    boolean isNow() {
      return Thread.currentThread() == thread && !over;
    }

    void end() {
      over = true;
    }
  }

  private static CompletionStage<ReadResult> ask(Connection connection, Reading get) {
    Optional<CosemObject> found = connection.device.object(get.attribute().logicalName());
    AccessPolicy policy = connection.offer.policy();
    if (found.isEmpty() || !AssociationLnObject.sees(policy, found.get())) {
      return ReadResult.refused(DataAccessResult.OBJECT_UNDEFINED);
    }
    CosemObject object = found.get();
    Optional<DataAccessResult> refusal = refusal(policy, object, get);
    NegotiatedContext negotiated = connection.association.context();
    if (refusal.isPresent() || negotiated == null) {
      return ReadResult.refused(refusal.orElse(DataAccessResult.OTHER_REASON));
    }
    ReadRequest request =
        new ReadRequest(
            get.attribute().attributeIndex(),
            get.selectiveAccess(),
            new ClientContext(
                connection.address.clientSap(),
                connection.device,
                connection.offer.config(),
                negotiated,
                policy));
    try {
      return object.read(request);
    } catch (AxdrException e) {
      if (request.selectiveAccess() == null) {
        // Nothing of the client's was decoded: the fault is the object's own.
        throw e;
      }
      // The access parameters are well-formed Data, and not what this attribute's selector asks
      // for.
      return ReadResult.refused(DataAccessResult.TYPE_UNMATCHED);
    }
  }

  /** What the object's class, the rights and the attribute itself say against the request. */
  private static Optional<DataAccessResult> refusal(
      AccessPolicy policy, CosemObject object, Reading get) {
    if (object.classId() != get.attribute().classId()) {
      return Optional.of(DataAccessResult.OBJECT_CLASS_INCONSISTENT);
    }
    int index = get.attribute().attributeIndex();
    Optional<CosemObject.Attribute> attribute =
        object.attributes().stream().filter(each -> each.index() == index).findFirst();
    if (attribute.isEmpty()) {
      return Optional.of(DataAccessResult.OBJECT_UNDEFINED);
    }
    if (!policy.mode(object, index).mayRead()) {
      return Optional.of(DataAccessResult.READ_WRITE_DENIED);
    }
    SelectiveAccess access = get.selectiveAccess();
    if (access != null && !attribute.get().accessSelectors().contains(access.accessSelector())) {
      return Optional.of(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED);
    }
    return Optional.empty();
  }

  private static void answer(
      Connection connection,
      Reading get,
      @Nullable ReadResult result,
      @Nullable Throwable failure) {
    if (result instanceof ReadResult.Value value) {
      connection.association.answer(get.request(), get.item(), ItemResult.of(value.value()));
    } else if (result instanceof ReadResult.Refused refused) {
      connection.association.answer(get.request(), get.item(), ItemResult.of(refused.result()));
    } else {
      LOG.warn("{}: reading {} failed", connection.address, get.attribute(), failure);
      connection.association.answer(
          get.request(), get.item(), ItemResult.of(DataAccessResult.OTHER_REASON));
    }
  }
}
