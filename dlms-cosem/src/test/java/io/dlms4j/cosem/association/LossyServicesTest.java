package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.GetDataResult;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.ClientAssociationEvent.DataReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.RequestFailed;
import io.dlms4j.cosem.association.ClientAssociationEvent.Responded;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Client and server back to back on a virtual clock, several requests at once, over lines that
 * lose, double and reorder APDUs. Every request reads cells that no other one reads, so that an
 * answer which met another request would show.
 */
class LossyServicesTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final long MILLISECOND = 1_000_000;

  private record Travelling(long arrival, long number, Octets apdu) {}

  private static final class Line {
    private final Random random;
    private final int loss;
    private final int duplication;

    /** The invoke-ids whose last request was doubled: it has two answers, which count as copies. */
    private final Set<Integer> doubled;

    private final PriorityQueue<Travelling> travelling =
        new PriorityQueue<>(
            Comparator.comparingLong(Travelling::arrival).thenComparingLong(Travelling::number));
    private long sent;

    Line(Random random, int loss, int duplication, Set<Integer> doubled) {
      this.random = random;
      this.loss = loss;
      this.duplication = duplication;
      this.doubled = doubled;
    }

    private static int invokeId(Octets apdu) {
      return apdu.length() > 2 ? apdu.at(2) & 0x0F : 0;
    }

    void sendRequest(Octets apdu, long now) {
      int copies = copies();
      if (copies == 1) {
        doubled.remove(invokeId(apdu));
      } else {
        doubled.add(invokeId(apdu));
      }
      send(apdu, copies, copies == 1, now);
    }

    void sendAnswer(Octets apdu, long now) {
      int copies = copies();
      send(apdu, copies, copies == 1 && !doubled.contains(invokeId(apdu)), now);
    }

    private int copies() {
      return random.nextInt(100) < duplication ? 2 : 1;
    }

    private void send(Octets apdu, int copies, boolean maybeSlow, long now) {
      for (int i = 0; i < copies; i++) {
        if (random.nextInt(100) >= loss) {
          // A copy is never late by more than a few requests, or invoke-ids would not help; what
          // comes once may come after its request has timed out, and within two time-outs.
          boolean slow = random.nextInt(20) == 0 && maybeSlow;
          long delay =
              MILLISECOND
                  + random.nextInt((int) MILLISECOND)
                  + (slow ? random.nextInt((int) (TIMEOUT.toNanos() * 9 / 10)) : 0);
          travelling.add(new Travelling(now + delay, sent++, apdu));
        }
      }
    }

    long next() {
      Travelling first = travelling.peek();
      return first == null ? Long.MAX_VALUE : first.arrival();
    }
  }

  private static final class Session {
    final Random random;
    final Line up;
    final Line down;
    final ClientAssociation client;
    final ServerAssociation server;
    final Map<Long, ServiceRequest> asked = new HashMap<>();
    final Map<Long, AxdrWriter> parts = new HashMap<>();
    final Map<Long, ServiceResponse> heard = new HashMap<>();
    final Map<Long, DlmsException> failures = new HashMap<>();
    final boolean shortNames;
    int cell;
    long now = 1;

    Session(Random random, boolean shortNames, int outstanding, int loss, int duplication) {
      this.random = random;
      this.shortNames = shortNames;
      Set<Integer> doubled = new HashSet<>();
      up = new Line(random, loss, duplication, doubled);
      down = new Line(random, loss, duplication, doubled);
      ClientAssociationConfig.Builder asks =
          ClientAssociationConfig.builder()
              .conformance(shortNames ? Services.SHORT_NAMES : Services.LOGICAL_NAMES)
              .responseTimeout(TIMEOUT)
              .maxReceivePduSize(100)
              .maxOutstandingRequests(outstanding);
      ServerAssociationConfig.Builder offers =
          ServerAssociationConfig.builder()
              .lowestLevelSecurity()
              .conformance(shortNames ? Services.SHORT_NAMES : Services.LOGICAL_NAMES)
              .maxReceivePduSize(100);
      client = new ClientAssociation((shortNames ? asks.shortNames() : asks).build());
      server = new ServerAssociation((shortNames ? offers.shortNames() : offers).build());
      Services.associate(client, server, now);
    }

    /** Every service in turn; what it takes names the request. */
    void ask() {
      cell++;
      ServiceRequest request;
      if (shortNames) {
        request = new ServiceRequest.Read(List.of(new VariableAccess.VariableName(cell)));
      } else {
        List<AttributeWithSelection> attributes = new ArrayList<>();
        for (int i = 0; i <= cell % 3; i++) {
          attributes.add(
              new AttributeWithSelection(
                  new AttributeRef(cell, MeterModel.attribute(i).logicalName(), 2)));
        }
        EncodedData value = EncodedData.of(Session.value(cell));
        request =
            switch (cell % 4) {
              case 0 ->
                  new ServiceRequest.Action(
                      new MethodRef(cell, MeterModel.method(0).logicalName(), 1), value);
              case 1 ->
                  new ServiceRequest.Access(
                      List.of(new AccessRequestSpecification.Get(attributes.get(0).attribute())),
                      List.of(EncodedData.of(CosemData.nullData())));
              default -> new ServiceRequest.Get(attributes);
            };
      }
      asked.put(client.request(request, RequestOptions.DEFAULT, now), request);
    }

    static CosemData value(int number) {
      byte[] octets = new byte[number % 4 == 1 ? 3 : number * 31 % 300];
      for (int i = 0; i < octets.length; i++) {
        octets[i] = (byte) (number + i * 7);
      }
      return CosemData.structure(
          CosemData.doubleLongUnsigned(number), CosemData.octetString(Octets.view(octets)));
    }

    void run() {
      int steps = 0;
      while (step()) {
        assertTrue(++steps < 200_000, "the machines do not come to rest");
      }
    }

    private boolean step() {
      for (Octets apdu = client.pollTransmit(now); apdu != null; apdu = client.pollTransmit(now)) {
        up.sendRequest(apdu, now);
      }
      for (Octets apdu = server.pollTransmit(now); apdu != null; apdu = server.pollTransmit(now)) {
        down.sendAnswer(apdu, now);
      }
      ClientAssociationEvent event = client.pollEvent();
      if (event != null) {
        take(event);
        return true;
      }
      ServerAssociationEvent asks = server.pollEvent();
      if (asks != null) {
        if (asks instanceof ServiceIndication indication) {
          answer(indication);
        }
        return true;
      }
      long next = Math.min(client.nextDeadline(), Math.min(up.next(), down.next()));
      if (next == Long.MAX_VALUE) {
        return false;
      }
      now = Math.max(now, next);
      if (up.next() <= now) {
        server.receive(up.travelling.remove().apdu(), now);
      } else if (down.next() <= now) {
        client.receive(down.travelling.remove().apdu(), now);
      } else {
        client.onDeadline(now);
      }
      return true;
    }

    private void answer(ServiceIndication indication) {
      if (random.nextInt(20) == 0) {
        // This one is never answered.
        return;
      }
      int number = number(indication.service());
      for (int item = 0; item < indication.service().items(); item++) {
        server.answer(indication.request(), item, ItemResult.of(value(number + item)));
      }
    }

    static int number(ServiceRequest service) {
      if (service instanceof ServiceRequest.Get get) {
        return get.attributes().get(0).attribute().classId();
      }
      if (service instanceof ServiceRequest.Action action) {
        return action.methods().get(0).classId();
      }
      if (service instanceof ServiceRequest.Access access) {
        return ((AccessRequestSpecification.Get) access.specifications().get(0))
            .attribute()
            .classId();
      }
      return ((VariableAccess.VariableName) ((ServiceRequest.Read) service).variables().get(0))
          .objectName();
    }

    private void take(ClientAssociationEvent event) {
      if (event instanceof Responded responded) {
        assertNull(failures.get(responded.request()));
        assertNull(heard.put(responded.request(), responded.response()));
      } else if (event instanceof DataReceived part) {
        AxdrWriter value = parts.computeIfAbsent(part.request(), name -> new AxdrWriter());
        value.writeOctets(part.octets());
        if (part.last()) {
          assertNull(failures.get(part.request()));
          EncodedData data = EncodedData.read(AxdrReader.of(value.toOctets()));
          assertNull(
              heard.put(
                  part.request(), new ServiceResponse.Data(List.of(new GetDataResult.Data(data)))));
        }
      } else if (event instanceof RequestFailed failed) {
        assertNull(heard.get(failed.request()));
        assertNull(failures.put(failed.request(), failed.cause()));
      }
    }
  }

  @Property(tries = 300)
  void everyRequestHasItsOwnAnswerOrItsOwnError(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int outstanding,
      @ForAll @IntRange(max = 20) int loss,
      @ForAll @IntRange(max = 20) int duplication) {
    Session session = new Session(new Random(seed), false, outstanding, loss, duplication);
    for (int i = 0; i < 40; i++) {
      session.ask();
    }
    session.run();
    assertOwn(session);
  }

  @Property(tries = 100)
  void onALineThatOnlyReordersAllButTheUnansweredAreAnswered(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int outstanding) {
    Session session = new Session(new Random(seed), false, outstanding, 0, 0);
    for (int i = 0; i < 40; i++) {
      session.ask();
    }
    session.run();
    assertOwn(session);
    assertTrue(session.heard.size() >= 25, () -> session.failures.toString());
  }

  @Property(tries = 200)
  void withShortNamesNoLateAnswerMeetsTheNextRequest(
      @ForAll long seed, @ForAll @IntRange(max = 30) int loss) {
    // Nothing tells a doubled answer with short names from the next one: a line must not double.
    Session session = new Session(new Random(seed), true, 4, loss, 0);
    for (int i = 0; i < 30; i++) {
      session.ask();
    }
    session.run();
    assertOwn(session);
  }

  private static void assertOwn(Session session) {
    assertEquals(session.asked.size(), session.heard.size() + session.failures.size());
    session.asked.forEach(
        (name, asked) -> {
          ServiceResponse response = session.heard.get(name);
          for (int item = 0; response != null && item < asked.items(); item++) {
            EncodedData value = valueHeard(response, item);
            if (value != null) {
              assertEquals(
                  EncodedData.of(Session.value(Session.number(asked) + item)),
                  value,
                  asked::toString);
            }
          }
        });
  }

  /** Null if the server said that the transfer has failed: an error of the request's own. */
  private static @Nullable EncodedData valueHeard(ServiceResponse response, int item) {
    if (response instanceof ServiceResponse.Accessed accessed) {
      return accessed.data().get(item);
    }
    GetDataResult result =
        response instanceof ServiceResponse.Data data
            ? data.results().get(item)
            : ((ServiceResponse.Invoked) response).results().get(item).returnParameters();
    return result instanceof GetDataResult.Data data ? data.value() : null;
  }
}
