package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.AARQ;
import io.dlms4j.cosem.acse.AcseCodec;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.acse.ApplicationEntity;
import io.dlms4j.cosem.acse.MechanismName;
import io.dlms4j.cosem.acse.RLRQ;
import io.dlms4j.cosem.apdu.ProtectedContent;
import io.dlms4j.cosem.apdu.SecurityControl;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import io.dlms4j.cosem.security.ApduProtection;
import io.dlms4j.cosem.security.InMemoryInvocationCounterStore;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whoever has not the keys is told one and the same, whatever it is that he has not. */
class RefusalOctetsTest {
  private static final SystemTitle SOMEBODY = SystemTitle.ofHex("4D4D4D0000C0FFEE");

  private static KeyMaterial otherKey() {
    return KeyMaterial.generate(16, Attacks.RANDOM);
  }

  private static ApduProtection with(KeyRing keys, SystemTitle from) {
    InMemoryInvocationCounterStore counters = new InMemoryInvocationCounterStore();
    ApduProtection forger = Attacks.forger(keys, from, SecuredPair.SERVER, counters);
    forger.skipTo(KeyKind.GLOBAL_UNICAST, 1000);
    if (keys.broadcastKey() != null) {
      forger.skipTo(KeyKind.GLOBAL_BROADCAST, 1000);
    }
    return forger;
  }

  private static ServiceSpecificCiphering ciphered(ApduProtection by, Octets apdu, KeyKind key) {
    return by.protectServiceSpecific(apdu, key, SecuredPair.BOTH);
  }

  private static ServiceSpecificCiphering with(
      ServiceSpecificCiphering apdu, int control, Octets octets) {
    return new ServiceSpecificCiphering(
        apdu.service(),
        apdu.dedicated(),
        new ProtectedContent(
            new SecurityControl(control), apdu.content().invocationCounter(), octets));
  }

  /** Each an APDU that somebody without the keys could send, by what is wrong with it. */
  private static Map<String, Octets> forged(SecuredPair pair, Octets plain) {
    KeyRing keys = pair.clientKeys;
    ServiceSpecificCiphering genuine =
        ciphered(Attacks.asClient(pair), plain, KeyKind.GLOBAL_UNICAST);
    Octets octets = genuine.content().octets();
    Octets text = octets.slice(0, octets.length() - 12);
    Map<String, Octets> all = new LinkedHashMap<>();
    put(
        all,
        "wrong encryption key",
        ciphered(
            with(keys.toBuilder().unicastKey(otherKey()).build(), SecuredPair.CLIENT),
            plain,
            KeyKind.GLOBAL_UNICAST));
    put(
        all,
        "wrong authentication key",
        ciphered(
            with(keys.toBuilder().authenticationKey(otherKey()).build(), SecuredPair.CLIENT),
            plain,
            KeyKind.GLOBAL_UNICAST));
    put(
        all,
        "no authentication key",
        ciphered(
            with(
                KeyRing.builder(SecuritySuite.SUITE_0)
                    .unicastKey(Objects.requireNonNull(keys.unicastKey()))
                    .build(),
                SecuredPair.CLIENT),
            plain,
            KeyKind.GLOBAL_UNICAST));
    put(
        all,
        "wrong broadcast key",
        ciphered(
            with(keys.toBuilder().broadcastKey(otherKey()).build(), SecuredPair.CLIENT),
            plain,
            KeyKind.GLOBAL_BROADCAST));
    put(all, "another title", ciphered(with(keys, SOMEBODY), plain, KeyKind.GLOBAL_UNICAST));
    all.put(
        "another title, said",
        Attacks.encode(
            with(keys, SOMEBODY)
                .protectGeneralGlo(plain, KeyKind.GLOBAL_UNICAST, SecuredPair.BOTH)));
    for (int length = 0; length < 12; length++) {
      put(all, "a tag of " + length, with(genuine, 0x30, octets.slice(0, text.length() + length)));
    }
    put(
        all,
        "a tag of zeros",
        with(genuine, 0x30, Attacks.join(text, Octets.ofHex("00".repeat(12)))));
    put(all, "nothing", with(genuine, 0x30, Octets.EMPTY));
    put(
        all,
        "a tag too many",
        with(genuine, 0x30, Attacks.join(octets, Octets.ofHex("00".repeat(12)))));
    for (int suite = 1; suite < 16; suite++) {
      put(all, "suite " + suite, with(genuine, 0x30 | suite, octets));
    }
    put(all, "compressed", with(genuine, 0xB0, octets));
    put(all, "neither authenticated nor encrypted", with(genuine, 0x00, octets));
    put(all, "neither, and compressed", with(genuine, 0x80, octets));
    put(all, "not encrypted", with(genuine, 0x10, octets));
    put(all, "key-set broadcast", with(genuine, 0x70, octets));
    put(
        all,
        "a dedicated key",
        new ServiceSpecificCiphering(genuine.service(), true, genuine.content()));
    // The counter is taken last, so that it does not tell that the rest was right.
    put(
        all,
        "a counter that has gone by, and a wrong tag",
        new ServiceSpecificCiphering(
            genuine.service(),
            false,
            new ProtectedContent(new SecurityControl(0x30), 0, genuine.content().octets())));
    return all;
  }

  private static void put(Map<String, Octets> all, String what, ServiceSpecificCiphering apdu) {
    all.put(what, Attacks.encode(apdu));
  }

  @Test
  void everyForgedRequestIsADecipheringError() {
    SecuredPair pair = Attacks.open();
    for (Octets plain : List.of(Attacks.PLAIN_GET, Attacks.PLAIN_SET, Attacks.PLAIN_ACTION)) {
      forged(pair, plain)
          .forEach((what, apdu) -> Attacks.assertRefused(pair, apdu, Attacks.NOT_AUTHENTIC));
    }
    assertEquals(pair.ask(Attacks.GET), pair.expected);
  }

  @Test
  void theBroadcastKeyIsUnknownWhereThereIsNone() {
    SecuredPair pair = Attacks.pair();
    pair.serverKeys =
        KeyRing.builder(SecuritySuite.SUITE_0)
            .unicastKey(Objects.requireNonNull(pair.clientKeys.unicastKey()))
            .authenticationKey(Objects.requireNonNull(pair.clientKeys.authenticationKey()))
            .build();
    Attacks.opened(pair);
    Attacks.assertRefused(
        pair,
        Attacks.encode(
            ciphered(Attacks.asClient(pair), Attacks.PLAIN_GET, KeyKind.GLOBAL_BROADCAST)),
        Attacks.NOT_AUTHENTIC);
  }

  @Test
  void everyForgedPass3IsADecipheringErrorAndTheGenuineOneIsTakenAfterAll() {
    SecuredPair pair = Attacks.pair();
    pair.server.linkUp();
    pair.client.linkUp(pair.now);
    Octets aarq = Objects.requireNonNull(pair.client.pollTransmit(pair.now));
    pair.client.receive(pair.inject(aarq).get(0), pair.now);
    forged(pair, Attacks.encode(HlsPasses.pass3(false, Octets.ofHex("00".repeat(17)))))
        .forEach((what, apdu) -> Attacks.assertRefused(pair, apdu, Attacks.NOT_AUTHENTIC));
    // The client's pass 3 has been ready since the AARE, and its counter has been overtaken by
    // none of these.
    pair.run();
    assertTrue(pair.isOpen());
  }

  @Test
  void everyForgedRlrqIsAnsweredThatTheAssociationIsNotFinished() {
    SecuredPair pair = Attacks.open();
    forged(pair, initiate())
        .forEach(
            (what, apdu) ->
                Attacks.assertRefused(
                    pair,
                    AcseCodec.encode(new RLRQ(RLRQ.Reason.NORMAL, apdu)),
                    List.of("6303800101")));
    assertTrue(pair.isOpen());
  }

  @Test
  void everyForgedAarqIsAnsweredThatAuthenticationFailed() {
    SecuredPair pair = Attacks.pair();
    pair.server.linkUp();
    // AARE: the context, rejected-permanent, authentication-failure. No title, no user-information.
    List<String> failure = List.of("6117A109060760857405080103A203020101A305A10302010D");
    Map<String, Octets> all = forged(pair, initiate());
    all.put("in clear", initiate());
    all.forEach(
        (what, apdu) -> {
          Attacks.assertRefused(pair, aarq(apdu), failure);
          assertTrue(
              assertInstanceOf(
                      ServerAssociationEvent.Refused.class, pair.told.get(pair.told.size() - 1))
                  .authenticationFailed(),
              what);
        });
    assertFalse(pair.server.isAssociated());
  }

  @Test
  void whatIsWrongIsToldToTheOperatorAlone() {
    SecuredPair pair = Attacks.open();
    Map<String, Octets> forged = forged(pair, Attacks.PLAIN_GET);
    assertEquals(ProtectionException.Reason.NOT_AUTHENTIC, told(pair, forged, "a tag of 3"));
    assertEquals(ProtectionException.Reason.NOT_SUPPORTED, told(pair, forged, "compressed"));
    assertEquals(ProtectionException.Reason.NOT_SUPPORTED, told(pair, forged, "suite 1"));
    assertEquals(ProtectionException.Reason.UNKNOWN_KEY, told(pair, forged, "a dedicated key"));
    assertEquals(
        ProtectionException.Reason.WRONG_SYSTEM_TITLE, told(pair, forged, "another title, said"));
  }

  private static ProtectionException.Reason told(
      SecuredPair pair, Map<String, Octets> forged, String what) {
    pair.told.clear();
    pair.inject(Objects.requireNonNull(forged.get(what)));
    return assertInstanceOf(ServerAssociationEvent.MessageRefused.class, pair.told.get(0))
        .cause()
        .reason();
  }

  static Octets initiate() {
    return Attacks.encode(Attacks.initiateRequest(null));
  }

  static Octets aarq(Octets userInformation) {
    return AcseCodec.encode(
        new AARQ(
                ApplicationContextName.LOGICAL_NAME_REFERENCING_WITH_CIPHERING,
                new AARQ.Authentication(
                    MechanismName.HIGH_LEVEL_SECURITY_USING_GMAC,
                    Octets.ofHex("000102030405060708090A0B0C0D0E0F")),
                userInformation)
            .withCalling(ApplicationEntity.UNNAMED.withApTitle(SecuredPair.CLIENT.octets())));
  }
}
