package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client sent, sent to the server again, later, or in another order. */
class ReplayAttackTest {
  private static final List<String> NOT_FINISHED = List.of("6303800101");

  private static Octets last(List<Octets> apdus) {
    return apdus.get(apdus.size() - 1);
  }

  /** The link goes down, and comes up for somebody else. */
  private static void reconnect(SecuredPair pair) {
    pair.client.linkDown(
        new ProtocolException(DlmsException.Scope.ASSOCIATION, "the line was cut"));
    pair.server.linkUp();
    pair.takeEvents();
    pair.told.clear();
  }

  private static ServerAssociationEvent.Refused lastRefusal(SecuredPair pair) {
    return assertInstanceOf(
        ServerAssociationEvent.Refused.class, pair.told.get(pair.told.size() - 1));
  }

  @Test
  void aRequestThatComesAgainIsToldTheCounterThatIsExpectedAndNotServed() {
    SecuredPair pair = Attacks.open();
    for (ServiceRequest service : Attacks.SERVICES) {
      pair.ask(service);
      Attacks.assertRefused(pair, last(pair.up), Attacks.replay(Attacks.expected(pair)));
    }
    assertEquals(Attacks.SERVICES, pair.served);
    assertEquals(pair.ask(Attacks.GET), pair.expected);
  }

  @Test
  void theCounterOfAReplayStandsBehindItsTag() {
    SecuredPair pair = Attacks.open();
    pair.ask(Attacks.GET);
    Octets request = last(pair.up);
    // AARQ 1, pass 3: the answer of GMAC 2 and the APDU 3, GET 4.
    assertEquals("00000004", request.slice(3, 4).toHex());
    Attacks.assertRefused(pair, request, List.of("D8010600000005"));
    // Changed at its end it is no replay any more, only wrong: what is not authentic learns
    // nothing.
    Attacks.assertRefused(
        pair, Attacks.flip(request, 8 * request.length() - 1), Attacks.NOT_AUTHENTIC);
  }

  @Test
  void withShortNamesToo() {
    SecuredPair pair =
        Attacks.opened(
            Attacks.pair(
                SecuritySuite.SUITE_0,
                HlsMechanism.GMAC,
                CipheringForm.SERVICE_SPECIFIC,
                KeyKind.GLOBAL_UNICAST,
                SecuredPair.BOTH,
                true));
    for (ServiceRequest service : List.of(Attacks.READ, Attacks.WRITE)) {
      pair.ask(service);
      Attacks.assertRefused(pair, last(pair.up), Attacks.replay(Attacks.expected(pair)));
    }
    // Pass 3, a ReadRequest with parameterised access.
    Attacks.assertRefused(pair, pair.up.get(1), Attacks.replay(Attacks.expected(pair)));
  }

  @Test
  void whatIsOvertakenIsNotServedAnyMore() {
    SecuredPair pair = Attacks.open();
    Octets first = pair.intercept(Attacks.SET);
    Octets second =
        Attacks.encode(
            Attacks.asClient(pair)
                .protectServiceSpecific(
                    Attacks.PLAIN_GET, KeyKind.GLOBAL_UNICAST, SecuredPair.BOTH));
    pair.inject(second);
    assertEquals(List.of(Attacks.GET), pair.served);
    Attacks.assertRefused(pair, first, Attacks.replay(Attacks.expected(pair)));
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"GLOBAL_UNICAST", "WRAPPED"})
  void anAarqThatComesAgainOpensNothing(KeyKind key) {
    // Without high level security, so that nothing but the AARQ itself could be in the way.
    SecuredPair pair = withoutPasses(SecuritySuite.SUITE_0, key);
    Octets aarq = pair.up.get(0);
    reconnect(pair);
    List<String> answer = Attacks.replay(key == KeyKind.WRAPPED ? 1 : Attacks.expected(pair));
    Attacks.assertRefused(pair, aarq, answer);
    // Its keys were right, so that it is not held against the client.
    assertFalse(lastRefusal(pair).authenticationFailed());
    Attacks.assertRefused(pair, Attacks.PLAIN_GET, Attacks.TOO_WEAK);
  }

  private static SecuredPair withoutPasses(SecuritySuite suite, KeyKind key) {
    SecuredPair pair = new SecuredPair(suite);
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    pair.with(
        pair.clientSecurity().ciphering().key(key).server(SecuredPair.SERVER).build(),
        pair.cipheringServer().build());
    return Attacks.opened(pair);
  }

  /** Keys that live as long as one message have no counter that goes on. */
  @ParameterizedTest
  @EnumSource(
      value = KeyKind.class,
      names = {"WRAPPED", "AGREED_ONE_PASS", "AGREED_STATIC"})
  void aRequestOfAnAssociationBeforeIsKnownAgainByItsKey(KeyKind key) {
    SecuredPair pair =
        withoutPasses(key == KeyKind.WRAPPED ? SecuritySuite.SUITE_0 : SecuritySuite.SUITE_1, key);
    pair.ask(Attacks.SET);
    Octets recorded = last(pair.up);
    Octets unsent = pair.intercept(Attacks.ACTION);
    reconnect(pair);
    pair.client.linkUp(pair.now);
    pair.run();
    assertTrue(pair.isOpen());
    List<String> answer = Attacks.hex(pair.inject(recorded));
    assertEquals(1, answer.size());
    assertTrue(answer.get(0).startsWith("D80106"), answer::toString);
    assertEquals(List.of(Attacks.SET), pair.served);
    // The memory is of what came; what has never come is not in it.
    pair.inject(unsent);
    assertEquals(List.of(Attacks.SET, Attacks.ACTION), pair.served);
  }

  @Test
  void aRequestOfAnAssociationBeforeIsNotServedInAnotherOne() {
    SecuredPair pair = Attacks.open();
    pair.ask(Attacks.SET);
    List<Octets> recorded = new ArrayList<>(pair.up);
    reconnect(pair);
    pair.client.linkUp(pair.now);
    pair.run();
    assertTrue(pair.isOpen());
    for (Octets apdu : recorded.subList(1, recorded.size())) {
      Attacks.assertRefused(pair, apdu, Attacks.replay(Attacks.expected(pair)));
    }
    assertEquals(List.of(Attacks.SET), pair.served);
  }

  @Test
  void aRequestUnderTheDedicatedKeyOfAnAssociationBeforeIsOfNoKeyAnyMore() {
    SecuredPair pair =
        Attacks.opened(Attacks.pair(CipheringForm.SERVICE_SPECIFIC, KeyKind.DEDICATED));
    pair.ask(Attacks.SET);
    Octets recorded = last(pair.up);
    Octets unsent = pair.intercept(Attacks.ACTION);
    Attacks.assertRefused(pair, recorded, Attacks.replay(3));
    reconnect(pair);
    pair.client.linkUp(pair.now);
    pair.run();
    assertTrue(pair.isOpen());
    Attacks.assertRefused(pair, recorded, Attacks.NOT_AUTHENTIC);
    Attacks.assertRefused(pair, unsent, Attacks.NOT_AUTHENTIC);
    assertEquals(List.of(Attacks.SET), pair.served);
  }

  @Test
  void pass3OfAnAssociationBeforeOpensNothingAndThenTheGenuineOneDoes() {
    SecuredPair pair = Attacks.open();
    Octets pass3 = pair.up.get(1);
    Attacks.assertRefused(pair, pass3, Attacks.replay(Attacks.expected(pair)));
    reconnect(pair);
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    for (Octets aare : pair.inject(aarq)) {
      pair.client.receive(aare, pair.now);
    }
    Attacks.assertRefused(pair, pass3, Attacks.replay(Attacks.expected(pair)));
    pair.run();
    assertTrue(pair.isOpen());
  }

  @ParameterizedTest
  @EnumSource(HlsMechanism.class)
  void pass3InClearOfAnAssociationBeforeAnswersAnotherChallenge(HlsMechanism by) {
    SecuredPair pair =
        new SecuredPair(by == HlsMechanism.ECDSA ? SecuritySuite.SUITE_1 : SecuritySuite.SUITE_0);
    ClientSecurity.Builder client = pair.clientSecurity();
    ServerSecurity.Builder server = pair.serverSecurity();
    SecuredPair.authenticate(by, client, server);
    Attacks.opened(pair.with(client.build(), server.build()));
    Octets aarq = pair.up.get(0);
    Octets pass3 = pair.up.get(1);
    reconnect(pair);
    assertEquals(1, pair.inject(aarq).size());
    // ACTION-response, other-reason: pass 4 says that pass 3 was wrong, and nothing else.
    assertEquals(List.of("C701C0FA00"), Attacks.hex(pair.inject(pass3)));
    assertFalse(pair.server.isAssociated());
    assertTrue(lastRefusal(pair).authenticationFailed());
  }

  @Test
  void anRlrqOfAnAssociationBeforeReleasesNothing() {
    SecuredPair pair = Attacks.open();
    pair.client.release(pair.now);
    pair.run();
    Octets rlrq = last(pair.up);
    assertEquals(0x62, rlrq.at(0));
    pair.client.associate(pair.now);
    pair.run();
    assertTrue(pair.isOpen());
    Attacks.assertRefused(pair, rlrq, NOT_FINISHED);
    assertEquals(pair.ask(Attacks.GET), pair.expected);
  }

  @Test
  void aRequestThatIsHeldUpIsNoWishToReleaseNorToOpen() {
    SecuredPair pair = Attacks.open();
    Octets request = pair.intercept(Attacks.GET);
    Octets rlrq = AcseCodec.encode(new RLRQ(RLRQ.Reason.NORMAL, request));
    assertEquals(NOT_FINISHED, Attacks.hex(pair.inject(rlrq)));
    assertTrue(pair.isOpen());
    assertEquals(List.of(), pair.served);
  }

  @Test
  void anInitiateRequestIsNoRequestOfAService() {
    SecuredPair pair = Attacks.open();
    Octets initiate = Attacks.encode(Attacks.initiateRequest(null));
    Octets ciphered =
        Attacks.encode(
            Attacks.asClient(pair)
                .protectServiceSpecific(initiate, KeyKind.GLOBAL_UNICAST, SecuredPair.BOTH));
    assertEquals(List.of("D80202"), Attacks.hex(pair.inject(ciphered)));
    assertEquals(List.of(), pair.served);
    assertTrue(pair.isOpen());
  }

  @Test
  void aPartOfARequestMayNotBeWeakerThanItsBeginning() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.with(
        pair.clientSecurity()
            .authentication(HlsMechanism.GMAC)
            .ciphering()
            .leastOfResponses(Set.of())
            .build(),
        // Nothing is asked for at least, but who reads what depends on how it is asked.
        pair.cipheringServer().authentication(HlsMechanism.GMAC).build(),
        false,
        64,
        64);
    Attacks.opened(pair);
    ServiceRequest.Set set =
        new ServiceRequest.Set(MeterModel.attribute(1), Attacks.value("00".repeat(60)));
    Octets first = pair.intercept(set);
    for (Octets answer : pair.inject(first)) {
      pair.client.receive(answer, pair.now);
    }
    Octets genuine = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    // SET-request with a data block: the invoke-id of the first, last-block, number 2, an octet.
    Octets forged = Octets.ofHex("C103C1" + "01" + "00000002" + "0166");
    Attacks.assertRefused(pair, forged, Attacks.TOO_WEAK);
    for (Octets answer : pair.inject(genuine)) {
      pair.client.receive(answer, pair.now);
    }
    pair.run();
    assertEquals(List.of(set), pair.served);
    ServerAssociationEvent.ServiceIndication indication =
        pair.told.stream()
            .filter(ServerAssociationEvent.ServiceIndication.class::isInstance)
            .map(ServerAssociationEvent.ServiceIndication.class::cast)
            .findAny()
            .orElseThrow();
    assertEquals(Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED), indication.protection());
  }

  @Test
  void theNextBlockOfACipheredAnswerIsNotToBeHadInClear() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.with(
        pair.clientSecurity().authentication(HlsMechanism.GMAC).ciphering().build(),
        pair.cipheringServer().authentication(HlsMechanism.GMAC).build(),
        false,
        0xFFFF,
        64);
    Attacks.opened(pair);
    pair.ask(new ServiceRequest.Set(MeterModel.attribute(1), Attacks.value("5A".repeat(200))));
    Octets get = pair.intercept(Attacks.GET);
    Octets firstBlock = pair.inject(get).get(0);
    assertEquals(0xCC, firstBlock.at(0));
    // GET-request-next for block 1, of any invoke-id.
    for (int id = 0; id < 16; id++) {
      for (Octets answer : pair.inject(Octets.ofHex("C002C" + "%X".formatted(id) + "00000001"))) {
        assertFalse(answer.toHex().contains("5A5A"), answer::toHex);
      }
    }
    pair.client.receive(firstBlock, pair.now);
    pair.run();
    assertEquals(pair.expected, pair.response());
  }
}
