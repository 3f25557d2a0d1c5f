package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.GeneralHeader;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Messages in layers that do not belong together, and refusals that must not be noticed. */
class MessageLayersTest {
  private static Octets glo(ApduProtection by, Octets apdu) {
    return Attacks.encode(by.protectGeneralGlo(apdu, KeyKind.GLOBAL_UNICAST, SecuredPair.BOTH));
  }

  private static ProtectionException refusal(SecuredPair pair) {
    return assertInstanceOf(
            ServerAssociationEvent.MessageRefused.class, pair.told.get(pair.told.size() - 1))
        .cause();
  }

  @Test
  void whatIsCipheredTwiceIsNotTakenApartAllTheWay() {
    SecuredPair pair = Attacks.open();
    ApduProtection client = Attacks.asClient(pair);
    Octets twice = glo(client, glo(client, Attacks.PLAIN_GET));
    assertEquals(Attacks.NOT_AUTHENTIC, Attacks.hex(pair.inject(twice)));
    assertEquals(ProtectionException.Reason.MALFORMED, refusal(pair).reason());
    assertEquals(List.of(), pair.served);
  }

  @Test
  void whatTheClientSentToAnotherServerWithTheSameKeysIsRefused() {
    SecuredPair pair = Attacks.open();
    ApduProtection toAnother =
        Attacks.forger(
            pair.clientKeys,
            SecuredPair.CLIENT,
            SystemTitle.ofHex("4D4D4D0000C0FFEE"),
            pair.clientCounters);
    Octets apdu =
        Attacks.encode(
            toAnother.protectGeneral(
                Attacks.PLAIN_SET, KeyKind.GLOBAL_UNICAST, SecuredPair.BOTH, GeneralHeader.EMPTY));
    Attacks.assertRefused(pair, apdu, Attacks.NOT_AUTHENTIC);
    assertEquals(ProtectionException.Reason.WRONG_SYSTEM_TITLE, refusal(pair).reason());
  }

  /** Suite 1, ciphered and signed. */
  private static SecuredPair signed() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_1);
    Set<Protection> all = EnumSet.allOf(Protection.class);
    pair.policy = new SecurityPolicy(all, all);
    pair.with(pair.clientSecurity().ciphering(all).build(), pair.cipheringServer().build());
    return Attacks.opened(pair);
  }

  @Test
  void whatIsSignedTwiceOrNotAtAllOrByNobodyIsRefusedWhereSignaturesAreAskedFor() {
    SecuredPair pair = signed();
    ApduProtection client = Attacks.asClient(pair);
    Octets ciphered = glo(client, Attacks.PLAIN_GET);
    assertEquals(Attacks.TOO_WEAK, Attacks.hex(pair.inject(ciphered)));
    Octets once = Attacks.encode(client.sign(glo(client, Attacks.PLAIN_GET), GeneralHeader.EMPTY));
    Octets twice = Attacks.encode(client.sign(once, GeneralHeader.EMPTY));
    Attacks.assertRefused(pair, twice, Attacks.NOT_AUTHENTIC);
    Octets onlySigned = Attacks.encode(client.sign(Attacks.PLAIN_GET, GeneralHeader.EMPTY));
    Attacks.assertRefused(pair, onlySigned, Attacks.TOO_WEAK);
    // By a key of somebody else, around what is authentic: the counter inside does not move.
    Octets stranger =
        Attacks.encode(
            Attacks.forger(
                    new SecuredPair(SecuritySuite.SUITE_1).clientKeys,
                    SecuredPair.CLIENT,
                    SecuredPair.SERVER,
                    pair.clientCounters)
                .sign(glo(client, Attacks.PLAIN_GET), GeneralHeader.EMPTY));
    Attacks.assertRefused(pair, stranger, Attacks.NOT_AUTHENTIC);
    assertEquals(
        1,
        pair.inject(
                Attacks.encode(client.sign(glo(client, Attacks.PLAIN_GET), GeneralHeader.EMPTY)))
            .size());
    assertEquals(List.of(Attacks.GET), pair.served);
  }

  /** Answers wait, because the application has not given them yet. */
  @Test
  void octetsThatCannotBeReadTakeAwayNoAnswerToARequestInGeneralBlocks() {
    Set<Conformance> services = EnumSet.copyOf(Services.LOGICAL_NAMES);
    services.add(Conformance.GENERAL_BLOCK_TRANSFER);
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    pair.client =
        new ClientAssociation(
            ClientAssociationConfig.builder()
                .security(pair.clientSecurity().ciphering().build())
                .conformance(services)
                .preferGeneralBlockTransfer(true)
                .build());
    pair.server =
        new ServerAssociation(
            ServerAssociationConfig.builder()
                .security(pair.cipheringServer().build())
                .conformance(services)
                .maxReceivePduSize(128)
                .maxSendPduSize(0xFFFF)
                .build());
    Attacks.opened(pair);
    pair.client.request(
        new ServiceRequest.Set(MeterModel.attribute(1), Attacks.value("5A".repeat(300))),
        RequestOptions.DEFAULT,
        pair.now);
    ServerAssociationEvent.ServiceIndication asked = null;
    while (asked == null) {
      Octets block = pair.client.pollTransmit(pair.now);
      if (block != null) {
        pair.server.receive(block, pair.now);
      }
      Octets answer = pair.server.pollTransmit(pair.now);
      if (answer != null) {
        pair.client.receive(answer, pair.now);
      }
      if (pair.server.pollEvent() instanceof ServerAssociationEvent.ServiceIndication indication) {
        asked = indication;
      }
    }
    // glo-get-request with a length that is too long: malformed, and nobody's.
    pair.server.receive(Octets.ofHex("C87F30000000FF"), pair.now);
    assertEquals("D80203", Objects.requireNonNull(pair.server.pollTransmit(pair.now)).toHex());
    assertTrue(pair.server.isAnswerAwaited());
    pair.server.answer(asked.request(), 0, ItemResult.success());
    pair.run();
    assertTrue(
        pair.heard.get(pair.heard.size() - 1) instanceof ClientAssociationEvent.Responded,
        pair.heard::toString);
  }

  @Test
  void inAnUnconfirmedAssociationNotEvenARefusalIsAnswered() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.policy = new SecurityPolicy(SecuredPair.BOTH, SecuredPair.BOTH);
    pair.client =
        new ClientAssociation(
            ClientAssociationConfig.builder()
                .security(pair.clientSecurity().ciphering().key(KeyKind.GLOBAL_BROADCAST).build())
                .conformance(Services.LOGICAL_NAMES)
                .unconfirmedAssociation()
                .build());
    pair.server =
        new ServerAssociation(
            ServerAssociationConfig.builder()
                .security(pair.cipheringServer().build())
                .conformance(Services.LOGICAL_NAMES)
                .build());
    Attacks.opened(pair);
    assertEquals(List.of(), pair.down);
    for (String apdu :
        List.of(
            "C001C10001010100000000FF0200", "6203800100", "6202FFFF", "C80A30000000FF00000000")) {
      Attacks.assertRefused(pair, Octets.ofHex(apdu), List.of());
    }
    pair.client.request(Attacks.SET, RequestOptions.DEFAULT.unconfirmed(), pair.now);
    pair.run();
    assertEquals(List.of(Attacks.SET), pair.served);
    pair.client.release(pair.now);
    pair.run();
    assertFalse(pair.server.isAssociated());
    assertEquals(List.of(), pair.down);
  }

  @Test
  void aServerWithHighLevelSecurityOpensNoUnconfirmedAssociation() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.with(
        pair.clientSecurity().authentication(HlsMechanism.GMAC).build(),
        pair.serverSecurity().authentication(HlsMechanism.GMAC).build());
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    // InitiateRequest: 01, no dedicated key, response-allowed its default TRUE; or FALSE.
    String asked = aarq.toHex();
    String silent =
        asked
            .replaceFirst("60(..)", "60%02X".formatted(aarq.at(1) + 1))
            .replaceFirst("BE10040E01000000", "BE11040F0100010000");
    assertEquals(asked.length() + 2, silent.length());
    Attacks.assertRefused(pair, Octets.ofHex(silent), List.of());
    assertFalse(
        assertInstanceOf(ServerAssociationEvent.Refused.class, pair.told.get(pair.told.size() - 1))
            .authenticationFailed());
  }
}
