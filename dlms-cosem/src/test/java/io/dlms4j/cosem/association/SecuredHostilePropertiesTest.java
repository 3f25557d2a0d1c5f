package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any octets, and what is left of genuine messages, in every state of either side. */
class SecuredHostilePropertiesTest {
  private static final int MESSAGES = 60;

  /** Tags that are looked at before anything is proved. */
  private static final int[] TAGS = {
    0x60, 0x61, 0x62, 0x63, 0x21, 0x28, 0x25, 0x26, 0x2C, 0x2D, 0x0E, 0x0F, 0x18, 0xC0, 0xC1, 0xC3,
    0xC4, 0xC8, 0xC9, 0xCB, 0xCC, 0xCD, 0xCF, 0xD0, 0xD4, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xDF,
    0xE0
  };

  private static List<Attacks.Kind> kinds() {
    return Attacks.kinds().stream().filter(k -> k.suite() == SecuritySuite.SUITE_0).toList();
  }

  /** What somebody has recorded of an association that is over. */
  private static List<Octets> recorded(SecuredPair pair, Attacks.Kind kind) {
    Attacks.opened(pair);
    for (ServiceRequest service : kind.services()) {
      pair.ask(service);
    }
    pair.client.release(pair.now);
    pair.run();
    List<Octets> all = new ArrayList<>(pair.up);
    all.addAll(pair.down);
    pair.served.clear();
    pair.heard.clear();
    pair.told.clear();
    return all;
  }

  private static Octets hostile(Random random, List<Octets> recorded) {
    Octets genuine = recorded.get(random.nextInt(recorded.size()));
    byte[] octets = genuine.toByteArray();
    return switch (random.nextInt(7)) {
      case 0 -> octets(random, 1 + random.nextInt(80));
      case 1 ->
          Attacks.with(
              octets(random, 2 + random.nextInt(80)), 0, TAGS[random.nextInt(TAGS.length)]);
      case 2 -> genuine;
      case 3 -> genuine.slice(0, 1 + random.nextInt(octets.length));
      case 4 -> Attacks.join(genuine, octets(random, 1 + random.nextInt(20)));
      case 5 -> {
        Octets other = recorded.get(random.nextInt(recorded.size()));
        int at = random.nextInt(octets.length);
        int from = random.nextInt(other.length());
        yield Attacks.join(genuine.slice(0, at), other.slice(from, other.length() - from));
      }
      default -> {
        for (int i = 0; i <= random.nextInt(3); i++) {
          octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        yield Octets.view(octets);
      }
    };
  }

  private static Octets octets(Random random, int length) {
    byte[] octets = new byte[length];
    random.nextBytes(octets);
    return Octets.view(octets);
  }

  private static boolean isAarq(Octets apdu) {
    return !apdu.isEmpty() && apdu.at(0) == 0x60;
  }

  @Property(tries = 150)
  void aServerServesNothingOfWhatIsNotTheClientsAndAnswersWithoutAThrow(@ForAll long seed) {
    Random random = new Random(seed);
    Attacks.Kind kind = kinds().get(random.nextInt(kinds().size()));
    SecuredPair pair = kind.pair();
    List<Octets> recorded = recorded(pair, kind);
    int state = random.nextInt(3);
    if (state > 0) {
      pair.client.associate(pair.now);
      Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
      Octets aare = pair.inject(aarq).get(0);
      if (state == 2) {
        pair.client.receive(aare, pair.now);
        pair.run();
        assertTrue(pair.isOpen());
      }
    }
    List<Long> counters = Attacks.received(pair);
    boolean anew = false;
    for (int i = 0; i < MESSAGES; i++) {
      Octets apdu = hostile(random, recorded);
      anew |= isAarq(apdu);
      for (Octets answer : pair.inject(apdu)) {
        // Refusals: nothing that has a key in it.
        assertTrue(List.of(0xD8, 0x61, 0x63).contains(answer.at(0)), () -> apdu + " " + answer);
      }
      if (random.nextInt(20) == 0) {
        pair.server.sendNotification(
            new EventNotification(null, MeterModel.attribute(1), Attacks.value("5A")));
        pair.server.onDeadline(pair.now);
        Octets told = pair.server.pollTransmit(pair.now);
        assertTrue(told == null || !told.toHex().startsWith("C2"), () -> "" + told);
      }
    }
    assertEquals(List.of(), pair.served);
    assertEquals(counters, Attacks.received(pair));
    if (state == 2 && !anew) {
      ServiceResponse response = pair.ask(kind.services().get(0));
      assertEquals(pair.expected, response);
    }
  }

  @Property(tries = 150)
  void aClientTakesNothingOfWhatIsNotTheServersAndNeverThrows(@ForAll long seed) {
    Random random = new Random(seed);
    Attacks.Kind kind = kinds().get(random.nextInt(kinds().size()));
    SecuredPair pair = kind.pair();
    List<Octets> recorded = recorded(pair, kind);
    int state = random.nextInt(5);
    if (state > 0) {
      pair.client.associate(pair.now);
      Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
      if (state > 1) {
        pair.client.receive(pair.inject(aarq).get(0), pair.now);
        Octets pass3 = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
        if (state > 2) {
          Attacks.deliver(pair, pass3);
          assertTrue(pair.isOpen());
        }
      }
    }
    pair.heard.clear();
    if (state == 3) {
      pair.intercept(kind.services().get(0));
    } else if (state == 4) {
      pair.client.release(pair.now);
      pair.client.pollTransmit(pair.now);
      pair.takeEvents();
    }
    List<Long> counters = Attacks.received(pair);
    boolean associated = pair.client.isAssociated();
    for (int i = 0; i < MESSAGES; i++) {
      pair.client.receive(hostile(random, recorded), pair.now);
      pair.client.pollTransmit(pair.now);
      pair.takeEvents();
      assertEquals(associated, pair.client.isAssociated());
    }
    assertEquals(counters, Attacks.received(pair));
    for (ClientAssociationEvent event : pair.heard) {
      assertTrue(
          event instanceof ClientAssociationEvent.AssociationFailed
              || event instanceof ClientAssociationEvent.RequestFailed
              || event.equals(new ClientAssociationEvent.Released(false)),
          event::toString);
    }
    if (state == 3) {
      // The genuine answer does not come; what waits for it ends.
      while (pair.client.nextDeadline() != ClientAssociation.NEVER) {
        pair.now = pair.client.nextDeadline();
        pair.client.onDeadline(pair.now);
        pair.takeEvents();
      }
      ServiceResponse response = pair.ask(kind.services().get(0));
      assertEquals(pair.expected, response);
    }
    assertFalse(state < 3 && pair.client.isAssociated());
  }
}
