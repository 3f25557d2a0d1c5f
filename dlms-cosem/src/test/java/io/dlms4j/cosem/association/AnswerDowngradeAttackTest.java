package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.cosem.acse.AARE;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.AssociationResult;
import io.dlms4j.cosem.acse.AuthenticationValue;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.acse.ResultSourceDiagnostic;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Less security than a client insists on, by a server or by somebody between the two. */
class AnswerDowngradeAttackTest {
  @Test
  void aServersAnswerUnderTheBroadcastKeyIsSomeOtherDevices() {
    SecuredPair pair = Attacks.open();
    Octets request = pair.intercept(Attacks.GET);
    ApduProtection anyDevice = Attacks.asServer(pair);
    for (int id = 0; id < 16; id++) {
      Octets answer = Octets.ofHex("C401C%X00090166".formatted(id));
      pair.client.receive(Attacks.encode(DowngradeAttackTest.forMany(anyDevice, answer)), pair.now);
    }
    pair.takeEvents();
    assertEquals(List.of(), pair.heard);
    ServiceResponse response = Attacks.deliver(pair, request);
    assertEquals(pair.expected, response);
  }

  @Test
  void whatTheServerTellsInClearIsNotHeardBeforeDuringAndAfterTheAssociation() {
    SecuredPair pair = Attacks.pair();
    List<Octets> told =
        List.of(
            Attacks.encode(
                new DataNotification(
                    new LongInvokeIdAndPriority(5), Octets.EMPTY, Attacks.value("66"))),
            Attacks.encode(
                new EventNotification(null, MeterModel.attribute(1), Attacks.value("66"))),
            Octets.ofHex("18" + "00" + "01" + "00FA00" + "01" + "00" + "090166"));
    pair.client.linkUp(pair.now);
    assertNotHeard(pair, told);
    pair.server.linkUp();
    pair.run();
    assertTrue(pair.isOpen());
    assertNotHeard(pair, told);
    pair.client.release(pair.now);
    pair.run();
    assertNotHeard(pair, told);
  }

  private static void assertNotHeard(SecuredPair pair, List<Octets> told) {
    pair.heard.clear();
    for (Octets apdu : told) {
      pair.client.receive(apdu, pair.now);
    }
    pair.takeEvents();
    assertEquals(List.of(), pair.heard);
  }

  @Test
  void aClientConfirmsNothingInClear() {
    SecuredPair pair = Attacks.pair();
    pair.open();
    pair.client.release(pair.now);
    pair.run();
    pair.client.confirm(
        new DataNotification(new LongInvokeIdAndPriority(5), Octets.EMPTY, Attacks.value("66")));
    assertNull(pair.client.pollTransmit(pair.now));
  }

  /** The AARE of a genuine server, as somebody between the two would like it to be. */
  private static AARE changed(
      AARE aare,
      ApplicationContextName context,
      ResultSourceDiagnostic diagnostic,
      ApplicationEntity responding,
      AARE.@Nullable Authentication authentication,
      @Nullable Octets userInformation) {
    return new AARE(
        aare.protocolVersion(),
        context,
        aare.result(),
        diagnostic,
        responding,
        authentication,
        null,
        userInformation);
  }

  @Test
  void anAareOfLessThanWasAskedForIsRefusedAndNoCounterMoves() throws BerException {
    SecuredPair pair = Attacks.pair();
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    AARE g = assertInstanceOf(AARE.class, AcseCodec.decode(pair.inject(aarq).get(0)));
    ApplicationContextName context = g.applicationContextName();
    AARE.Authentication stoc = Objects.requireNonNull(g.authentication());
    Octets info = Objects.requireNonNull(g.userInformation());
    Octets plain = Attacks.asClient(pair).own().octets();
    ResultSourceDiagnostic required = ResultSourceDiagnostic.AUTHENTICATION_REQUIRED;
    ApplicationEntity who = g.responding();
    AARE.Authentication lls =
        new AARE.Authentication(
            MechanismName.LOW_LEVEL_SECURITY,
            ((AuthenticationValue.Charstring)
                    Objects.requireNonNull(stoc.respondingAuthenticationValue()))
                .octets());
    List<AARE> changed = new ArrayList<>();
    for (int diagnostic = 0; diagnostic < 14; diagnostic++) {
      changed.add(
          changed(
              g,
              context,
              new ResultSourceDiagnostic(
                  ResultSourceDiagnostic.Source.ACSE_SERVICE_USER, diagnostic),
              who,
              stoc,
              info));
    }
    changed.add(changed(g, context, ResultSourceDiagnostic.PROVIDER_NULL, who, stoc, info));
    changed.add(changed(g, context, ResultSourceDiagnostic.NULL, who, null, info));
    changed.add(
        changed(g, ApplicationContextName.LOGICAL_NAME_REFERENCING, required, who, stoc, info));
    changed.add(
        changed(
            g,
            ApplicationContextName.SHORT_NAME_REFERENCING_WITH_CIPHERING,
            required,
            who,
            stoc,
            info));
    changed.add(changed(g, context, required, who, lls, info));
    changed.add(changed(g, context, required, who, null, info));
    changed.add(changed(g, context, required, ApplicationEntity.UNNAMED, stoc, info));
    changed.add(
        changed(g, context, required, ApplicationEntity.UNNAMED.withApTitle(plain), stoc, info));
    changed.add(
        changed(
            g,
            context,
            required,
            ApplicationEntity.UNNAMED.withApTitle(Octets.ofHex("4D4D4D000000")),
            stoc,
            info));
    changed.add(changed(g, context, required, who, stoc, null));
    for (AARE each : changed) {
      SecuredPair victim = sharing(pair);
      victim.client.linkUp(victim.now);
      victim.client.pollTransmit(victim.now);
      List<Long> counters = Attacks.received(pair);
      victim.client.receive(AcseCodec.encode(each), victim.now);
      victim.takeEvents();
      assertFalse(victim.client.isAssociated(), each::toString);
      assertNull(victim.client.pollTransmit(victim.now), each::toString);
      assertEquals(1, victim.heard.size(), each::toString);
      victim.failure();
      assertEquals(counters, Attacks.received(pair), each::toString);
    }
  }

  /** The same client, which asks anew. */
  private static SecuredPair sharing(SecuredPair pair) {
    SecuredPair other = new SecuredPair(SecuritySuite.SUITE_0);
    return other.with(
        pair.clientSecurity()
            .authentication(HlsMechanism.GMAC)
            .ciphering()
            .server(SecuredPair.SERVER)
            .build(),
        other.cipheringServer().build());
  }

  @Test
  void anInitiateResponseThatIsProtectedLessOpensNothing() throws BerException {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    // A server that answers in clear, or without encryption.
    for (Set<Protection> how : List.of(Set.<Protection>of(), Set.of(Protection.AUTHENTICATED))) {
      pair.with(
          pair.clientSecurity()
              .ciphering(how.isEmpty() ? SecuredPair.BOTH : how)
              .leastOfResponses(SecuredPair.BOTH)
              .build(),
          pair.cipheringServer().build());
      pair.server.linkUp();
      pair.client.linkUp(pair.now);
      Octets answer =
          pair.inject(Objects.requireNonNull(pair.client.pollTransmit(pair.now))).get(0);
      AARE aare = assertInstanceOf(AARE.class, AcseCodec.decode(answer));
      Octets info =
          how.isEmpty() ? Octets.ofHex("0800065F1F0400001E1D04C80007") : aare.userInformation();
      pair.client.receive(
          AcseCodec.encode(
              changed(
                  aare,
                  aare.applicationContextName(),
                  aare.diagnostic(),
                  aare.responding(),
                  null,
                  info)),
          pair.now);
      pair.takeEvents();
      assertEquals(
          ProtectionException.Reason.TOO_WEAK,
          assertInstanceOf(ProtectionException.class, pair.failure()).reason());
      assertFalse(pair.client.isAssociated());
      pair.heard.clear();
    }
  }

  @Test
  void anAareInClearOfAServerThatDoesNotNameItselfOpensNothing() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    pair.with(pair.clientSecurity().ciphering().build(), pair.cipheringServer().build());
    pair.client.linkUp(pair.now);
    assertEquals(0x60, Objects.requireNonNull(pair.client.pollTransmit(pair.now)).at(0));
    pair.client.receive(
        AcseCodec.encode(
            new AARE(
                ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING,
                AssociationResult.ACCEPTED,
                ResultSourceDiagnostic.NULL,
                Octets.ofHex("0800065F1F0400001E1D04C80007"))),
        pair.now);
    pair.takeEvents();
    assertEquals(
        "the AARE has no responding-AP-title, without which nothing can be verified",
        pair.failure().getMessage());
    assertFalse(pair.client.isAssociated());
  }

  @Test
  void highLevelSecurityHasNoPlaceInAnUnconfirmedAssociation() {
    SecuredPair pair = new SecuredPair(SecuritySuite.SUITE_0);
    ClientSecurity security = pair.clientSecurity().authentication(HlsMechanism.GMAC).build();
    ClientAssociationConfig.Builder config =
        ClientAssociationConfig.builder().security(security).unconfirmedAssociation();
    assertThrows(IllegalArgumentException.class, config::build);
  }
}
