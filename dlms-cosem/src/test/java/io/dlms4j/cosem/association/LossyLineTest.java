package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.ClientAssociationEvent.AssociationFailed;
import io.dlms4j.cosem.association.ClientAssociationEvent.DataReceived;
import io.dlms4j.cosem.association.ClientAssociationEvent.RequestFailed;
import io.dlms4j.cosem.association.ServerAssociationEvent.ServiceIndication;
import io.dlms4j.cosem.security.Password;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Client and server back to back on a virtual clock, over a line that loses, doubles and delays
 * APDUs, and keeps their order.
 */
class LossyLineTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Password PASSWORD = Password.ofText("12345");

  /** One direction of the line: what is on it, and when it arrives. */
  private record Travelling(long arrival, Octets apdu) {}

  private static final class Line {
    final Random random;
    final int loss;
    final int duplication;
    final boolean steady;
    final Deque<Travelling> travelling = new ArrayDeque<>();

    Line(Random random, int loss, int duplication, boolean steady) {
      this.random = random;
      this.loss = loss;
      this.duplication = duplication;
      this.steady = steady;
    }

    void send(Octets apdu, long now) {
      if (random.nextInt(100) < loss) {
        return;
      }
      int copies = random.nextInt(100) < duplication ? 2 : 1;
      for (int i = 0; i < copies; i++) {
        Travelling last = travelling.peekLast();
        // Some come after the client's time-out.
        long slow = !steady && random.nextInt(20) == 0 ? TIMEOUT.toNanos() : 1_000_000;
        long arrival = now + random.nextInt((int) slow) + slow / 2;
        travelling.add(
            new Travelling(last == null ? arrival : Math.max(arrival, last.arrival()), apdu));
      }
    }

    long next() {
      Travelling first = travelling.peekFirst();
      return first == null ? Long.MAX_VALUE : first.arrival();
    }
  }

  private static final class Session {
    final Random random;
    final boolean steady;
    final Line up;
    final Line down;
    final ClientAssociation client =
        new ClientAssociation(
            ClientAssociationConfig.builder()
                .lowLevelSecurity(PASSWORD)
                .responseTimeout(TIMEOUT)
                .maxReceivePduSize(200)
                .build());
    final ServerAssociation server =
        new ServerAssociation(ServerAssociationConfig.builder().lowLevelSecurity(PASSWORD).build());
    final Map<Long, Integer> asked = new HashMap<>();
    final Map<Long, AxdrWriter> parts = new HashMap<>();
    final Map<Long, Octets> values = new HashMap<>();
    final Map<Long, DlmsException> failures = new HashMap<>();
    final List<Long> late = new ArrayList<>();
    int associationsFailed;
    long now = 1;

    Session(long seed, int loss, int duplication, boolean steady) {
      random = new Random(seed);
      this.steady = steady;
      up = new Line(random, loss, duplication, steady);
      down = new Line(random, loss, duplication, steady);
    }

    void ask(int number) {
      // The request names the answer that is due.
      asked.put(
          client.request(
              new ServiceRequest.Get(
                  new AttributeRef(
                      3,
                      new ObisCode(1, 1, number >> 16, (number >> 8) & 255, number & 255, 255),
                      2),
                  null),
              RequestOptions.DEFAULT,
              now),
          number);
    }

    static CosemData value(int number) {
      byte[] octets = new byte[number % 3 == 0 ? 5 : (number * 37) % 900];
      for (int i = 0; i < octets.length; i++) {
        octets[i] = (byte) (number + i * 7);
      }
      return CosemData.structure(
          CosemData.doubleLongUnsigned(number), CosemData.octetString(Octets.view(octets)));
    }

    static boolean isRefused(int number) {
      return number % 7 == 0;
    }

    /** Runs until nothing is under way; says how many steps that took. */
    int run() {
      int steps = 0;
      while (settle()) {
        assertTrue(++steps < 100_000, "the machines do not come to rest");
      }
      return steps;
    }

    private boolean settle() {
      for (Octets apdu = client.pollTransmit(now); apdu != null; apdu = client.pollTransmit(now)) {
        up.send(apdu, now);
      }
      for (Octets apdu = server.pollTransmit(now); apdu != null; apdu = server.pollTransmit(now)) {
        down.send(apdu, now);
      }
      ClientAssociationEvent event = client.pollEvent();
      if (event != null) {
        take(event);
        return true;
      }
      ServerAssociationEvent asks = server.pollEvent();
      if (asks != null) {
        if (asks instanceof ServiceIndication get) {
          answer(get);
        }
        return true;
      }
      long next = Math.min(client.nextDeadline(), Math.min(up.next(), down.next()));
      if (next == Long.MAX_VALUE) {
        return false;
      }
      now = Math.max(now, next);
      if (up.next() <= now) {
        server.receive(up.travelling.removeFirst().apdu(), now);
      } else if (down.next() <= now) {
        client.receive(down.travelling.removeFirst().apdu(), now);
      } else {
        client.onDeadline(now);
      }
      return true;
    }

    private void answer(ServiceIndication get) {
      if (!steady && random.nextInt(10) == 0) {
        // The application is slow: it answers when the next request has come, or never.
        late.add(get.request());
        return;
      }
      late.forEach(request -> server.answer(request, 0, ItemResult.of(CosemData.nullData())));
      late.clear();
      ObisCode name =
          ((ServiceRequest.Get) get.service()).attributes().get(0).attribute().logicalName();
      int number = (name.c() << 16) | (name.d() << 8) | name.e();
      if (isRefused(number)) {
        server.refuse(get.request(), DataAccessResult.OBJECT_UNDEFINED);
      } else {
        server.answer(get.request(), 0, ItemResult.of(value(number)));
      }
    }

    private void take(ClientAssociationEvent event) {
      if (event instanceof DataReceived part) {
        assertFalse(isOver(part.request()));
        AxdrWriter writer = parts.computeIfAbsent(part.request(), name -> new AxdrWriter());
        writer.writeOctets(part.octets());
        if (part.last()) {
          values.put(part.request(), writer.toOctets());
        }
      } else if (event instanceof RequestFailed failed) {
        assertFalse(isOver(failed.request()));
        assertNull(failures.put(failed.request(), failed.cause()));
      } else if (event instanceof AssociationFailed) {
        associationsFailed++;
      }
    }

    boolean isOver(long request) {
      return values.containsKey(request) || failures.containsKey(request);
    }
  }

  @Property(tries = 1000)
  void everyRequestHasItsOwnAnswerOrItsOwnError(
      @ForAll long seed,
      @ForAll @IntRange(max = 30) int loss,
      @ForAll @IntRange(max = 30) int duplication) {
    Session session = new Session(seed, loss, duplication, false);
    int number = 0;
    for (int link = 0; link < 4; link++) {
      for (int i = 0; i < 10; i++) {
        session.ask(++number);
      }
      session.client.linkUp(session.now);
      session.server.linkUp();
      session.run();
      for (int i = 0; i < 10; i++) {
        session.ask(++number);
        session.run();
      }
      session.server.linkDown();
      session.client.linkDown(
          new DlmsException(
              DlmsException.Origin.REMOTE, DlmsException.Scope.ASSOCIATION, "end of the link"));
      session.run();
    }
    assertEquals(number, session.asked.size());
    assertEquals(number, session.values.size() + session.failures.size());
    session.asked.forEach((request, asked) -> assertOwn(session, request, asked));
  }

  private static void assertOwn(Session session, long request, int number) {
    Octets value = session.values.get(request);
    if (value != null) {
      assertFalse(Session.isRefused(number));
      assertEquals(Session.value(number).encode(), value);
      return;
    }
    DlmsException cause = session.failures.get(request);
    assertNotNull(cause);
    if (cause instanceof DataAccessException refused
        && refused.result() == DataAccessResult.OBJECT_UNDEFINED) {
      assertTrue(Session.isRefused(number));
    }
  }

  @Property(tries = 50)
  void onAGoodLineEveryRequestIsAnswered(@ForAll @IntRange(min = 1, max = 100_000) int first) {
    Session session = new Session(first, 0, 0, true);
    session.client.linkUp(session.now);
    session.server.linkUp();
    for (int i = 0; i < 40; i++) {
      session.ask(first + i);
    }
    session.run();
    assertEquals(0, session.associationsFailed);
    session.asked.forEach((request, number) -> assertOwn(session, request, number));
    long refused = session.asked.values().stream().filter(Session::isRefused).count();
    assertEquals(40 - refused, session.values.size());
    assertTrue(refused > 0 && refused < 40);
  }
}
