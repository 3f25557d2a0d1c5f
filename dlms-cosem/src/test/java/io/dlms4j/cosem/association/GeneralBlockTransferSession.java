package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.GeneralBlockTransfer;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.association.ClientAssociationEvent.DataReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.NotificationReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.RequestFailed;
import io.dlms4j.cosem.association.ClientAssociationEvent.Responded;
import io.dlms4j.cosem.association.ClientAssociationEvent.Sent;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import io.dlms4j.cosem.association.ServerAssociationEvent.TransferFailed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Client and server back to back on a virtual clock. Requests are numbered, by the class that they
 * name; all values that belong to one are made of its number, and are checked where they arrive.
 */
final class GeneralBlockTransferSession {
  private static final long MILLISECOND = 1_000_000;

  private record Travelling(long arrival, long order, boolean toServer, Octets apdu) {}

  private final Random random;
  private final int longest;
  private final int loss;
  private final int duplication;
  private final PriorityQueue<Travelling> line =
      new PriorityQueue<>(
          Comparator.comparingLong(Travelling::arrival).thenComparingLong(Travelling::order));
  private long order;

  /** When the last of what has been sent arrives, up and down. */
  private final long[] latest = new long[2];

  /** Before that nothing arrives any more. */
  private final long[] floor = new long[2];

  private int last;
  long now = 1;

  final ClientAssociation client;
  final ServerAssociation server;
  final int maxPduSize;

  /** By the client's names. */
  final Map<Long, ServiceRequest> asked = new HashMap<>();

  final Map<Long, ServiceResponse> heard = new HashMap<>();
  final Map<Long, DlmsException> failures = new HashMap<>();
  final Set<Long> sent = new TreeSet<>();
  final Set<Integer> indicated = new TreeSet<>();
  final Set<Integer> notified = new TreeSet<>();
  final List<DlmsException> serverFailures = new ArrayList<>();

  private final Map<Integer, EncodedData> told = new HashMap<>();
  private final Map<Long, AxdrWriter> parts = new HashMap<>();

  GeneralBlockTransferSession(
      Random random,
      ClientAssociationConfig client,
      ServerAssociationConfig server,
      int longest,
      int loss,
      int duplication) {
    this.random = random;
    this.longest = longest;
    this.loss = loss;
    this.duplication = duplication;
    this.client = new ClientAssociation(client);
    this.server = new ServerAssociation(server);
    this.maxPduSize = Math.max(client.maxReceivePduSize(), server.maxReceivePduSize());
    Services.associate(this.client, this.server, now);
  }

  EncodedData value(int number, int item) {
    byte[] octets = new byte[(number * 131 + item * 37) % (longest + 1)];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (number + item * 3 + i * 7 + (i >> 8));
    }
    return EncodedData.of(
        CosemData.structure(
            CosemData.doubleLongUnsigned(number), CosemData.octetString(Octets.view(octets))));
  }

  private static AttributeWithSelection attribute(int number, int item) {
    return new AttributeWithSelection(
        new AttributeRef(number, MeterModel.attribute(item).logicalName(), 2));
  }

  /** Asks one of the services, for one item or several. */
  void ask() {
    int number = ++last;
    int items = random.nextBoolean() ? 1 : 1 + random.nextInt(5);
    boolean confirmed = random.nextInt(5) > 0;
    List<AttributeWithSelection> attributes = new ArrayList<>();
    List<EncodedData> values = new ArrayList<>();
    List<MethodRef> methods = new ArrayList<>();
    List<AccessRequestSpecification> specifications = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      AttributeWithSelection attribute = attribute(number, item);
      attributes.add(attribute);
      values.add(value(number, item));
      methods.add(new MethodRef(number, attribute.attribute().logicalName(), 1));
      specifications.add(
          switch (random.nextInt(3)) {
            case 0 -> new AccessRequestSpecification.Get(attribute.attribute());
            case 1 -> new AccessRequestSpecification.Set(attribute.attribute());
            default -> new AccessRequestSpecification.Action(methods.get(item));
          });
    }
    ServiceRequest request =
        switch (random.nextInt(4)) {
          case 0 -> new ServiceRequest.Get(attributes);
          case 1 -> new ServiceRequest.Set(attributes, values);
          case 2 -> new ServiceRequest.Action(methods, new ArrayList<>(values));
          default -> new ServiceRequest.Access(specifications, values);
        };
    RequestOptions options =
        confirmed ? RequestOptions.DEFAULT : RequestOptions.DEFAULT.unconfirmed();
    asked.put(client.request(request, options, now), request);
  }

  /** Tells the client something. */
  void notifyClient() {
    int number = ++last;
    notifyClient(number, value(number, 0));
  }

  /** Tells the client something that needs no blocks. */
  void notifyClientShortly() {
    int number = ++last;
    notifyClient(number, EncodedData.of(CosemData.doubleLongUnsigned(number)));
  }

  private void notifyClient(int number, EncodedData body) {
    told.put(number, body);
    assertTrue(
        server.sendNotification(
            new DataNotification(new LongInvokeIdAndPriority(number), Octets.EMPTY, body)));
  }

  void run() {
    int steps = 0;
    while (step()) {
      assertTrue(++steps < 300_000, "the machines do not come to rest");
    }
  }

  boolean step() {
    for (Octets apdu = client.pollTransmit(now); apdu != null; apdu = client.pollTransmit(now)) {
      put(apdu, true);
    }
    for (Octets apdu = server.pollTransmit(now); apdu != null; apdu = server.pollTransmit(now)) {
      put(apdu, false);
    }
    ClientAssociationEvent event = client.pollEvent();
    if (event != null) {
      take(event);
      return true;
    }
    ServerAssociationEvent told = server.pollEvent();
    if (told != null) {
      take(told);
      return true;
    }
    long next = Math.min(client.nextDeadline(), server.nextDeadline());
    Travelling first = line.peek();
    if (first != null) {
      next = Math.min(next, first.arrival());
    }
    if (next == Long.MAX_VALUE) {
      return false;
    }
    now = Math.max(now, next);
    if (first == null || first.arrival() > now) {
      client.onDeadline(now);
      server.onDeadline(now);
    } else {
      line.remove();
      if (first.toServer()) {
        server.receive(first.apdu(), now);
      } else {
        client.receive(first.apdu(), now);
      }
    }
    return true;
  }

  /**
   * What belongs to an exchange may come in any order, but not after the beginning of the next one:
   * nothing tells their blocks apart.
   */
  private void put(Octets apdu, boolean toServer) {
    assertTrue(apdu.length() <= maxPduSize, "an APDU is longer than agreed");
    int way = toServer ? 0 : 1;
    if (begins(apdu)) {
      floor[way] = latest[way];
    }
    int copies = random.nextInt(100) < duplication ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (random.nextInt(100) >= loss) {
        long jitter = loss + duplication == 0 ? 0 : random.nextInt((int) MILLISECOND);
        long arrival = Math.max(floor[way], now + MILLISECOND + jitter);
        latest[way] = Math.max(latest[way], arrival);
        line.add(new Travelling(arrival, order++, toServer, apdu));
      }
    }
  }

  private static boolean begins(Octets apdu) {
    return !ApduChannel.isBlock(apdu)
        || (ApduCodec.STANDARD.decode(apdu) instanceof GeneralBlockTransfer block
            && block.blockNumber() == 1
            && block.blockNumberAck() == 0);
  }

  private void take(ServerAssociationEvent event) {
    if (event instanceof ServiceIndication indication) {
      ServiceRequest service = indication.service();
      int number = number(service);
      indicated.add(number);
      for (int item = 0; item < service.items(); item++) {
        EncodedData expected = value(number, item);
        assertTrue(expected.equals(written(service, item, expected)), service::toString);
        if (indication.confirmed()) {
          server.answer(indication.request(), item, result(service, number, item));
        }
      }
    } else if (event instanceof TransferFailed failed) {
      serverFailures.add(failed.cause());
    }
  }

  private static int number(ServiceRequest service) {
    if (service instanceof ServiceRequest.Get get) {
      return get.attributes().get(0).attribute().classId();
    } else if (service instanceof ServiceRequest.Set set) {
      return set.attributes().get(0).attribute().classId();
    } else if (service instanceof ServiceRequest.Action action) {
      return action.methods().get(0).classId();
    }
    AccessRequestSpecification first = ((ServiceRequest.Access) service).specifications().get(0);
    if (first instanceof AccessRequestSpecification.Get get) {
      return get.attribute().classId();
    } else if (first instanceof AccessRequestSpecification.Set set) {
      return set.attribute().classId();
    }
    return ((AccessRequestSpecification.Action) first).method().classId();
  }

  /** What an item writes, or takes; else what it should, were it to write. */
  private static EncodedData written(ServiceRequest service, int item, EncodedData none) {
    if (service instanceof ServiceRequest.Set set) {
      return set.values().get(item);
    } else if (service instanceof ServiceRequest.Action action) {
      EncodedData parameters = action.parameters().get(item);
      return parameters == null ? EncodedData.of(CosemData.nullData()) : parameters;
    } else if (service instanceof ServiceRequest.Access access) {
      return access.data().get(item);
    }
    return none;
  }

  private ItemResult result(ServiceRequest service, int number, int item) {
    boolean writes =
        service instanceof ServiceRequest.Set
            || (service instanceof ServiceRequest.Access access
                && access.specifications().get(item) instanceof AccessRequestSpecification.Set);
    return writes ? ItemResult.success() : ItemResult.of(DataStream.of(value(number, item)));
  }

  private void take(ClientAssociationEvent event) {
    if (event instanceof Responded responded) {
      hear(responded.request(), responded.response());
    } else if (event instanceof DataReceived part) {
      AxdrWriter value = parts.computeIfAbsent(part.request(), name -> new AxdrWriter());
      value.writeOctets(part.octets());
      if (part.last()) {
        EncodedData data = EncodedData.read(AxdrReader.of(value.toOctets()));
        hear(part.request(), new ServiceResponse.Data(List.of(new GetDataResult.Data(data))));
      }
    } else if (event instanceof RequestFailed failed) {
      assertNull(failures.put(failed.request(), failed.cause()));
    } else if (event instanceof Sent over) {
      assertTrue(sent.add(over.request()));
    } else if (event instanceof NotificationReceived received) {
      DataNotification notification =
          assertInstanceOf(DataNotification.class, received.notification());
      int number = notification.longInvokeIdAndPriority().longInvokeId();
      assertEquals(told.get(number), notification.body());
      notified.add(number);
    }
  }

  private void hear(long name, ServiceResponse response) {
    assertNull(heard.put(name, response));
    ServiceRequest request = Objects.requireNonNull(asked.get(name));
    int number = number(request);
    if (isError(response)) {
      return;
    }
    assertTrue(indicated.contains(number), "an answer to what was never asked");
    for (int item = 0; item < request.items(); item++) {
      boolean writes =
          request instanceof ServiceRequest.Access access
              && access.specifications().get(item) instanceof AccessRequestSpecification.Set;
      EncodedData expected = writes ? EncodedData.of(CosemData.nullData()) : value(number, item);
      EncodedData returned = returned(response, item, expected);
      assertTrue(
          Objects.equals(expected, returned), () -> request + " was answered with " + returned);
    }
  }

  /** The server has said of all items that it gave up a transfer in a service's own blocks. */
  private static boolean isError(ServiceResponse response) {
    if (response instanceof ServiceResponse.Data data) {
      return data.results().get(0) instanceof GetDataResult.Failure;
    } else if (response instanceof ServiceResponse.Written written) {
      return written.results().get(0) != DataAccessResult.SUCCESS;
    } else if (response instanceof ServiceResponse.Invoked invoked) {
      return invoked.results().get(0).result() != ActionResult.SUCCESS;
    }
    return false;
  }

  private static @Nullable EncodedData returned(
      ServiceResponse response, int item, EncodedData none) {
    if (response instanceof ServiceResponse.Written) {
      return none;
    } else if (response instanceof ServiceResponse.Accessed accessed) {
      return accessed.data().get(item);
    }
    GetDataResult result =
        response instanceof ServiceResponse.Data data
            ? data.results().get(item)
            : ((ServiceResponse.Invoked) response).results().get(item).returnParameters();
    return result instanceof GetDataResult.Data data ? data.value() : null;
  }

  /** How many requests have come to an end. */
  int ended() {
    return heard.size() + failures.size() + sent.size();
  }
}
