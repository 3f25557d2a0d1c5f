package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.RLRE;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server sent, sent to the client again; and what one side sent, sent back to it. */
class AnswerReplayAttackTest {
  private static Octets last(List<Octets> apdus) {
    return apdus.get(apdus.size() - 1);
  }

  /** The client hears it, and makes nothing of it. */
  private static void assertIgnored(SecuredPair pair, Octets apdu) {
    List<Long> counters = Attacks.received(pair);
    int heard = pair.heard.size();
    pair.client.receive(apdu, pair.now);
    assertNull(pair.client.pollTransmit(pair.now));
    pair.takeEvents();
    assertEquals(heard, pair.heard.size(), pair.heard::toString);
    assertEquals(counters, Attacks.received(pair));
  }

  private static void reopen(SecuredPair pair) {
    pair.client.release(pair.now);
    pair.run();
    pair.client.associate(pair.now);
    pair.run();
    assertTrue(pair.isOpen());
  }

  private static SecuredPair withoutPasses(KeyKind key) {
    boolean agreed = key == KeyKind.AGREED_ONE_PASS || key == KeyKind.AGREED_STATIC;
    SecuredPair pair = new SecuredPair(agreed ? SecuritySuite.SUITE_1 : SecuritySuite.SUITE_0);
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    return Attacks.opened(
        pair.with(
            pair.clientSecurity().ciphering().key(key).server(SecuredPair.SERVER).build(),
            pair.cipheringServer().build()));
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"GLOBAL_UNICAST", "DEDICATED", "WRAPPED", "AGREED_ONE_PASS", "AGREED_STATIC"})
  void anAnswerThatComesAgainAnswersNoOtherRequest(KeyKind key) {
    SecuredPair pair = withoutPasses(key);
    pair.ask(Attacks.GET);
    Octets answer = last(pair.down);
    // Invoke-ids go round: one of these requests is named by the answer.
    for (int i = 0; i < 16; i++) {
      Octets request = pair.intercept(Attacks.GET);
      assertIgnored(pair, answer);
      assertEquals(pair.expected, Attacks.deliver(pair, request));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"GLOBAL_UNICAST", "DEDICATED", "WRAPPED", "AGREED_ONE_PASS", "AGREED_STATIC"})
  void anAnswerOfAnAssociationBeforeAnswersNothing(KeyKind key) {
    SecuredPair pair = withoutPasses(key);
    pair.ask(Attacks.GET);
    // One that the client has had, and one that it has not.
    Octets answer = last(pair.down);
    Octets unheard = pair.inject(pair.intercept(Attacks.GET)).get(0);
    reopen(pair);
    for (int i = 0; i < 16; i++) {
      Octets request = pair.intercept(Attacks.GET);
      assertIgnored(pair, answer);
      assertIgnored(pair, unheard);
      assertEquals(pair.expected, Attacks.deliver(pair, request));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"GLOBAL_UNICAST", "WRAPPED", "AGREED_ONE_PASS", "AGREED_STATIC"})
  void anAareOfAnAssociationBeforeOpensNothing(KeyKind key) {
    SecuredPair pair = withoutPasses(key);
    Octets aare = pair.down.get(0);
    pair.client.release(pair.now);
    pair.run();
    pair.heard.clear();
    pair.client.associate(pair.now);
    assertEquals(0x60, Objects.requireNonNull(pair.client.pollTransmit(pair.now)).at(0));
    pair.client.receive(aare, pair.now);
    pair.takeEvents();
    ProtectionException failure = assertInstanceOf(ProtectionException.class, pair.failure());
    assertEquals(ProtectionException.Reason.INVOCATION_COUNTER, failure.reason());
    assertEquals(DlmsException.Scope.ASSOCIATION, failure.scope());
    assertFalse(pair.client.isAssociated());
  }

  @Test
  void theTimeOutTellsOfTheReplay() {
    SecuredPair pair = Attacks.open();
    pair.ask(Attacks.GET);
    pair.intercept(Attacks.GET);
    assertIgnored(pair, last(pair.down));
    pair.now = pair.client.nextDeadline();
    pair.client.onDeadline(pair.now);
    pair.takeEvents();
    RequestTimeoutException timeout =
        assertInstanceOf(RequestTimeoutException.class, pair.failure());
    assertTrue(
        String.valueOf(timeout.getMessage())
            .contains("something came, and was refused: invocation counter"),
        timeout::getMessage);
  }

  @Test
  void aarePass4AndAnswersThatComeAgainDuringTheOpeningAreNoPass4() {
    SecuredPair pair = Attacks.open();
    pair.ask(Attacks.GET);
    List<Octets> recorded = new ArrayList<>(pair.down);
    pair.client.release(pair.now);
    pair.run();
    pair.client.associate(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    Octets aare = pair.inject(aarq).get(0);
    pair.client.receive(aare, pair.now);
    Octets pass3 = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    recorded.add(aare);
    recorded.add(pass3);
    for (Octets apdu : recorded) {
      assertIgnored(pair, apdu);
    }
    assertFalse(pair.client.isAssociated());
    Attacks.deliver(pair, pass3);
    assertTrue(pair.isOpen());
  }

  @Test
  void theTimeOutOfPass4TellsWhatCameInstead() {
    SecuredPair pair = Attacks.pair();
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    assertIgnored(pair, Objects.requireNonNull(pair.client.pollTransmit(pair.now)));
    pair.now = pair.client.nextDeadline();
    pair.client.onDeadline(pair.now);
    pair.takeEvents();
    assertEquals(
        "the server did not answer reply_to_HLS_authentication within 10000 ms; something came, and"
            + " was refused: a message does not prove to come from the peer as it is: check the"
            + " keys, the system titles and the security suite of both sides (Green Book 9.2.7.2)",
        pair.failure().getMessage());
  }

  @Test
  void anRlreOfAnAssociationBeforeIsNotTheServers() {
    SecuredPair pair = Attacks.open();
    pair.client.release(pair.now);
    pair.run();
    Octets rlre = last(pair.down);
    pair.client.associate(pair.now);
    pair.run();
    // An authentic answer that has been held up is none either.
    Octets answer = pair.inject(pair.intercept(Attacks.GET)).get(0);
    for (Octets proof : List.of(AcseCodec.encode(new RLRE(RLRE.Reason.NORMAL, answer)), rlre)) {
      pair.heard.clear();
      pair.client.release(pair.now);
      assertEquals(0x62, Objects.requireNonNull(pair.client.pollTransmit(pair.now)).at(0));
      pair.client.receive(proof, pair.now);
      pair.takeEvents();
      assertTrue(
          pair.heard.contains(new ClientAssociationEvent.Released(false)), pair.heard::toString);
      pair.client.associate(pair.now);
      pair.run();
      assertTrue(pair.isOpen());
    }
  }

  @Test
  void aNotificationIsHeardOnce() {
    SecuredPair pair = Attacks.open();
    pair.server.sendNotification(
        new DataNotification(new LongInvokeIdAndPriority(5), Octets.EMPTY, Attacks.value("01")));
    pair.run();
    assertInstanceOf(ClientAssociationEvent.NotificationReceived.class, pair.heard.get(1));
    assertIgnored(pair, last(pair.down));
    reopen(pair);
    assertIgnored(pair, pair.down.get(2));
  }

  @ParameterizedTest
  @EnumSource(CipheringForm.class)
  void whatOneSideSentIsNotTakenByItselfNorWithTheTitlesExchanged(CipheringForm form) {
    SecuredPair pair = Attacks.opened(Attacks.pair(form, KeyKind.GLOBAL_UNICAST));
    Octets request = pair.intercept(Attacks.GET);
    assertIgnored(pair, request);
    assertIgnored(pair, exchanged(request));
    Octets answer = pair.inject(request).get(0);
    Attacks.assertRefused(pair, answer, Attacks.NOT_AUTHENTIC);
    Attacks.assertRefused(pair, exchanged(answer), Attacks.NOT_AUTHENTIC);
    pair.client.receive(answer, pair.now);
    pair.run();
    assertEquals(pair.expected, pair.response());
    assertEquals(1, pair.served.size());
  }

  /** The client's title where the server's is, and the other way about. */
  private static Octets exchanged(Octets apdu) {
    String client = SecuredPair.CLIENT.octets().toHex();
    String server = SecuredPair.SERVER.octets().toHex();
    return Octets.ofHex(
        apdu.toHex().replace(client, "-").replace(server, client).replace("-", server));
  }

  @Test
  void aClientsOwnAarqAndPass3SentBackToItOpenNothing() {
    SecuredPair pair = Attacks.pair();
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    pair.client.receive(aarq, pair.now);
    pair.takeEvents();
    assertFalse(pair.client.isAssociated());
    assertEquals("the server answered the AARQ with another one", pair.failure().getMessage());
  }
}
