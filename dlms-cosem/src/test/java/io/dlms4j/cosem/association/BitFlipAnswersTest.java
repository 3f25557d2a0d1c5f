package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every single bit of what a server sends, changed on its way. */
class BitFlipAnswersTest {
  /**
   * Where the fields are in the AARE of {@link Attacks#pair()}, in octets: 61 69, A1 09 the
   * application-context-name, A2 03 the result, A3 05 the diagnostic, A4 0A the
   * responding-AP-title, 88 02 07 80 the responder-acse-requirements, 89 07 the mechanism-name, AA
   * 12 80 10 StoC, BE 23 04 21 the user-information.
   */
  private static final int REQUIREMENTS = 37;

  private static final int GENERAL_DED_CIPHERING = 0xDC;
  private static final int EXCEPTION_RESPONSE = 0xD8;

  private static List<Attacks.Kind> kinds() {
    return Attacks.kinds();
  }

  private static Octets polled(ClientAssociation client, long now) {
    return Objects.requireNonNull(client.pollTransmit(now));
  }

  /** The AARE to an AARQ of that pair's client; neither has reached the other side's mind yet. */
  private static Octets aare(SecuredPair pair) {
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    List<Octets> answers = pair.inject(polled(pair.client, pair.now));
    assertEquals(1, answers.size());
    return answers.get(0);
  }

  /**
   * The functional units and their number: that there is an authentication is said by StoC, without
   * which the client does not go on.
   */
  private static boolean saysNothing(int bit) {
    return (bit / 8 == REQUIREMENTS + 2 && bit % 8 >= 5) || bit / 8 == REQUIREMENTS + 3;
  }

  @Test
  void everyBitOfTheAareIsRefusedByTheClientButThoseThatSayNothing() {
    SecuredPair pair = Attacks.pair();
    Octets first = aare(pair);
    assertEquals("88020780", first.slice(REQUIREMENTS, 4).toHex());
    int open = 0;
    for (int bit = 0; bit < 8 * first.length(); bit++) {
      List<Long> counters = Attacks.received(pair);
      pair.client.associate(pair.now);
      pair.heard.clear();
      pair.server.linkUp();
      Octets aarq = pair.client.pollTransmit(pair.now);
      Octets aare = aarq == null ? first : pair.inject(aarq).get(0);
      counters = Attacks.received(pair);
      pair.client.receive(Attacks.flip(aare, bit), pair.now);
      if (saysNothing(bit)) {
        pair.run();
        assertTrue(pair.isOpen(), "bit " + bit);
        pair.client.release(pair.now);
        pair.run();
        open++;
        continue;
      }
      String at = "bit " + bit + " of " + aare.toHex();
      // Either it is refused at once, or, where StoC or what the server has authenticated is not
      // what it was, the server refuses pass 3.
      Octets pass3 = pair.client.pollTransmit(pair.now);
      pair.takeEvents();
      if (pass3 == null) {
        assertNotNull(pair.failure(), at);
        assertEquals(counters, Attacks.received(pair), at);
      } else {
        for (Octets pass4 : pair.inject(pass3)) {
          pair.client.receive(pass4, pair.now);
        }
        pair.run();
        assertNotNull(pair.failure(), at);
      }
      assertFalse(pair.client.isAssociated(), at);
      assertFalse(pair.server.isAssociated(), at);
    }
    assertEquals(11, open);
    pair.client.associate(pair.now);
    pair.run();
    assertTrue(pair.isOpen());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyBitOfPass4IsRefusedAndThenPass4IsTaken(Attacks.Kind kind) {
    SecuredPair pair = kind.pair();
    pair.client.receive(aare(pair), pair.now);
    Octets pass4 = pair.inject(polled(pair.client, pair.now)).get(0);
    for (int bit = 0; bit < 8 * pass4.length(); bit += kind.step()) {
      assertIgnored(pair, pass4, bit);
    }
    pair.client.receive(pass4, pair.now);
    pair.run();
    assertTrue(pair.isOpen(), pair.heard::toString);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyBitOfAnAnswerIsRefusedAndThenTheAnswerIsTaken(Attacks.Kind kind) {
    SecuredPair pair = Attacks.opened(kind.pair());
    for (ServiceRequest service : kind.services()) {
      Octets answer = pair.inject(pair.intercept(service)).get(0);
      for (int bit = 0; bit < 8 * answer.length(); bit += kind.step()) {
        assertIgnored(pair, answer, bit);
      }
      pair.client.receive(answer, pair.now);
      pair.run();
      assertEquals(pair.expected, pair.response(), pair.heard::toString);
    }
  }

  private static void assertIgnored(SecuredPair pair, Octets answer, int bit) {
    Octets changed = Attacks.flip(answer, bit);
    if (answer.at(0) == GENERAL_DED_CIPHERING && changed.at(0) == EXCEPTION_RESPONSE) {
      // Anybody may send an exception-response, which has no protected form: it can fail the
      // request, as silence can, and never serve it.
      return;
    }
    List<Long> counters = Attacks.received(pair);
    int heard = pair.heard.size();
    pair.client.receive(changed, pair.now);
    assertNull(pair.client.pollTransmit(pair.now));
    pair.takeEvents();
    String at = "bit " + bit + " of " + answer.toHex() + ": " + pair.heard;
    assertEquals(heard, pair.heard.size(), at);
    assertEquals(counters, Attacks.received(pair), at);
  }

  @Test
  void aTagThatBecomesThatOfAnExceptionResponseServesNothing() {
    SecuredPair pair =
        Attacks.opened(Attacks.pair(CipheringForm.GENERAL_GLO_OR_DED, KeyKind.DEDICATED));
    Octets answer = pair.inject(pair.intercept(Attacks.GET)).get(0);
    pair.client.receive(Attacks.with(answer, 0, EXCEPTION_RESPONSE), pair.now);
    pair.run();
    assertNull(pair.response());
    assertNotNull(pair.failure());
    assertTrue(pair.isOpen());
  }

  @Test
  void everyBitOfANotificationIsRefusedAndThenTheNotificationIsHeard() {
    SecuredPair pair = Attacks.open();
    DataNotification notification =
        new DataNotification(
            new LongInvokeIdAndPriority(5), Octets.EMPTY, Attacks.value("0102030405"));
    assertTrue(pair.server.sendNotification(notification));
    Octets apdu = Objects.requireNonNull(pair.server.pollTransmit(pair.now));
    // DataNotification has no ciphered form of its own: general-glo-ciphering.
    assertEquals(0xDB, apdu.at(0));
    for (int bit = 0; bit < 8 * apdu.length(); bit++) {
      assertIgnored(pair, apdu, bit);
    }
    pair.client.receive(apdu, pair.now);
    pair.run();
    assertTrue(
        pair.heard.stream()
            .anyMatch(
                event ->
                    event instanceof ClientAssociationEvent.NotificationReceived told
                        && told.notification().equals(notification)
                        && told.originator() != null
                        && told.protection().contains(Protection.ENCRYPTED)));
  }

  @Test
  void noBitOfTheRlreLeavesTheClientAssociatedAndOnlyTheGenuineOneIsTheServers() {
    Octets length = rlre(Attacks.open());
    // RLRE, the reason normal, the user-information.
    assertEquals("6328800100BE230421", length.slice(0, 9).toHex());
    for (int bit = 0; bit < 8 * length.length(); bit += 5) {
      SecuredPair pair = Attacks.open();
      Octets rlre = rlre(pair);
      List<Long> counters = Attacks.received(pair);
      pair.client.receive(Attacks.flip(rlre, bit), pair.now);
      pair.takeEvents();
      String at = "bit " + bit + " of " + rlre.toHex() + ": " + pair.heard;
      assertFalse(pair.client.isAssociated(), at);
      assertFalse(pair.heard.contains(new ClientAssociationEvent.Released(true)), at);
      assertEquals(counters, Attacks.received(pair), at);
    }
    SecuredPair pair = Attacks.open();
    pair.client.receive(rlre(pair), pair.now);
    pair.takeEvents();
    assertTrue(pair.heard.contains(new ClientAssociationEvent.Released(true)));
  }

  private static Octets rlre(SecuredPair pair) {
    pair.client.release(pair.now);
    return pair.inject(polled(pair.client, pair.now)).get(0);
  }
}
