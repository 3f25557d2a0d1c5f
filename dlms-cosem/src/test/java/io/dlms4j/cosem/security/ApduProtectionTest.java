package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ApduCodec;
import io.dlms4j.cosem.apdu.CipheredService;
import io.dlms4j.cosem.apdu.GeneralGloCiphering;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.apdu.ProtectedContent;
import io.dlms4j.cosem.apdu.SecurityControl;
import io.dlms4j.cosem.apdu.ServiceSpecificCiphering;
import io.dlms4j.cosem.security.ProtectionException.Reason;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Ciphering with global and dedicated keys: the book's octets, and what must be refused. */
class ApduProtectionTest {
  private static final Vectors VECTORS = Vectors.load("ciphering-suite-0.txt");
  private static final SystemTitle BOOK = VECTORS.title("system title");
  private static final SystemTitle OTHER = SystemTitle.ofHex("4D4D4D0000000001");
  private static final Octets APDU = VECTORS.get("apdu");
  private static final Set<Protection> BOTH =
      EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);
  private static final Set<Protection> AUTHENTICATED = EnumSet.of(Protection.AUTHENTICATED);
  private static final Set<Protection> ENCRYPTED = EnumSet.of(Protection.ENCRYPTED);

  private static KeyRing bookKeys() {
    return KeyRing.builder(SecuritySuite.SUITE_0)
        .unicastKey(VECTORS.key("encryption key"))
        .authenticationKey(VECTORS.key("authentication key"))
        .build();
  }

  private static Set<Protection> protection(String name) {
    return switch (name) {
      case "authenticated" -> AUTHENTICATED;
      case "encrypted" -> ENCRYPTED;
      default -> BOTH;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "apdu, authenticated, JDK",
    "apdu, encrypted, JDK",
    "apdu, both, JDK",
    "initiate request, glo initiate request, JDK",
    "initiate response, glo initiate response, JDK",
    "apdu, authenticated, BOUNCY_CASTLE",
    "apdu, encrypted, BOUNCY_CASTLE",
    "apdu, both, BOUNCY_CASTLE",
    "initiate request, glo initiate request, BOUNCY_CASTLE",
    "initiate response, glo initiate response, BOUNCY_CASTLE"
  })
  void theExamplesOfTheGreenBookAreProtectedAndUnprotected(
      String plain, String ciphered, CipherEngine engine) {
    InMemoryInvocationCounterStore counters = new InMemoryInvocationCounterStore();
    counters.skipTo(CounterId.of(BOOK, VECTORS.key("encryption key")), 0x01234567L);
    ApduProtection sender =
        ApduProtection.builder(bookKeys(), BOOK, OTHER, counters, Parties.RANDOM)
            .engine(engine)
            .build();
    assertEquals(
        VECTORS.get(ciphered),
        ApduCodec.STANDARD.encode(
            sender.protectServiceSpecific(
                VECTORS.get(plain), KeyKind.GLOBAL_UNICAST, protection(ciphered))));

    ApduProtection receiver =
        ApduProtection.builder(
                bookKeys(), OTHER, BOOK, new InMemoryInvocationCounterStore(), Parties.RANDOM)
            .engine(engine)
            .acceptEncryptionOnly()
            .build();
    ProtectedApdu came = (ProtectedApdu) ApduCodec.STANDARD.decode(VECTORS.get(ciphered));
    assertEquals(
        new Unprotected(VECTORS.get(plain), protection(ciphered), KeyKind.GLOBAL_UNICAST),
        receiver.unprotect(came));
  }

  private static KeyMaterial unicastKey(Parties parties) {
    return Objects.requireNonNull(parties.clientKeys.unicastKey());
  }

  private static Reason reason(ApduProtection receiver, ProtectedApdu apdu) {
    return assertThrows(ProtectionException.class, () -> receiver.unprotect(apdu)).reason();
  }

  @ParameterizedTest
  @EnumSource(SecuritySuite.class)
  void aReplayIsRefusedAndSaysWhatWouldBeTaken(SecuritySuite suite) {
    Parties parties = new Parties(suite);
    ProtectedApdu first = parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
    ProtectedApdu second =
        parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
    assertEquals(APDU, parties.server.unprotect(second).apdu());
    for (ProtectedApdu again : new ProtectedApdu[] {first, second}) {
      ProtectionException refusal =
          assertThrows(ProtectionException.class, () -> parties.server.unprotect(again));
      assertEquals(Reason.INVOCATION_COUNTER, refusal.reason());
      assertEquals(3, refusal.lowestAcceptable());
    }
  }

  @Test
  void aForgedCounterIsNotRemembered() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    for (Set<Protection> protection : Set.of(BOTH, AUTHENTICATED)) {
      ServiceSpecificCiphering good =
          parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, protection);
      ServiceSpecificCiphering poison =
          new ServiceSpecificCiphering(
              good.service(),
              false,
              new ProtectedContent(
                  good.content().securityControl(), 0xFFFF_FFFFL, good.content().octets()));
      assertEquals(Reason.NOT_AUTHENTIC, reason(parties.server, poison));
      assertEquals(APDU, parties.server.unprotect(good).apdu());
    }
  }

  @Test
  void aCounterWithoutATagTouchesNoneOfThoseWithOne() {
    Parties parties = new Parties(SecuritySuite.SUITE_0, CipherEngine.JDK, CipherEngine.JDK, true);
    ServiceSpecificCiphering encrypted =
        parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, ENCRYPTED);
    ServiceSpecificCiphering forged =
        new ServiceSpecificCiphering(
            encrypted.service(),
            false,
            new ProtectedContent(
                encrypted.content().securityControl(), 0xFFFF_FFFFL, encrypted.content().octets()));
    assertEquals(Reason.WRONG_SERVICE, reason(parties.server, forged));
    assertEquals(
        APDU,
        parties
            .server
            .unprotect(parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH))
            .apdu());
    // But what was seen with a tag does not come again without one.
    assertEquals(Reason.INVOCATION_COUNTER, reason(parties.server, encrypted));
  }

  @Test
  void whatHasNoTagMovesOnlyACounterOfItsOwn() {
    Parties parties = new Parties(SecuritySuite.SUITE_0, CipherEngine.JDK, CipherEngine.JDK, true);
    ServiceSpecificCiphering early =
        parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
    parties.client.skipTo(KeyKind.GLOBAL_UNICAST, 1000);
    ServiceSpecificCiphering late =
        parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, ENCRYPTED);
    assertEquals(APDU, parties.server.unprotect(late).apdu());
    assertEquals(Reason.INVOCATION_COUNTER, reason(parties.server, late));
    assertEquals(APDU, parties.server.unprotect(early).apdu());
  }

  @Test
  void aTagCannotBeTakenAwayUnlessThatIsAllowed() {
    for (boolean allowed : new boolean[] {false, true}) {
      Parties parties =
          new Parties(SecuritySuite.SUITE_0, CipherEngine.JDK, CipherEngine.JDK, allowed);
      ServiceSpecificCiphering good =
          parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
      Octets octets = good.content().octets();
      ServiceSpecificCiphering stripped =
          new ServiceSpecificCiphering(
              good.service(),
              false,
              new ProtectedContent(
                  new SecurityControl(0x20),
                  good.content().invocationCounter(),
                  octets.slice(0, octets.length() - AesGcm.TAG_LENGTH)));
      if (allowed) {
        assertEquals(
            new Unprotected(APDU, ENCRYPTED, KeyKind.GLOBAL_UNICAST),
            parties.server.unprotect(stripped));
      } else {
        assertEquals(Reason.TOO_WEAK, reason(parties.server, stripped));
        assertEquals(APDU, parties.server.unprotect(good).apdu());
      }
    }
  }

  @Test
  void whatIsReflectedIsRefused() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    ServiceSpecificCiphering ours =
        parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
    assertEquals(Reason.NOT_AUTHENTIC, reason(parties.client, ours));
    GeneralGloCiphering general =
        parties.client.protectGeneralGlo(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
    assertEquals(Reason.WRONG_SYSTEM_TITLE, reason(parties.client, general));
    assertEquals(
        Reason.NOT_AUTHENTIC,
        reason(parties.client, new GeneralGloCiphering(Octets.EMPTY, general.content())));
  }

  @Test
  void wrongKeysAndShortTagsAreRefusedWithOneAndTheSameSentence() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    ServiceSpecificCiphering good =
        parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
    Octets octets = good.content().octets();
    String expected = message(new Parties(SecuritySuite.SUITE_0).server, good);
    for (int length = 0; length < octets.length(); length++) {
      ProtectedContent cut =
          new ProtectedContent(
              good.content().securityControl(),
              good.content().invocationCounter(),
              octets.slice(0, length));
      assertEquals(
          expected,
          message(parties.server, new ServiceSpecificCiphering(good.service(), false, cut)));
    }
    assertFalse(expected.contains(unicastKey(parties).export().toHex()));
  }

  private static String message(ApduProtection receiver, ProtectedApdu apdu) {
    ProtectionException refusal =
        assertThrows(ProtectionException.class, () -> receiver.unprotect(apdu));
    assertEquals(Reason.NOT_AUTHENTIC, refusal.reason());
    return String.valueOf(refusal.getMessage());
  }

  @Test
  void aKeyThatIsNotThereIsSaidBeforeAnythingIsDeciphered() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    ApduProtection poor =
        ApduProtection.builder(
                KeyRing.builder(SecuritySuite.SUITE_0).build(),
                Parties.SERVER,
                Parties.CLIENT,
                new InMemoryInvocationCounterStore(),
                Parties.RANDOM)
            .build();
    for (KeyKind key :
        new KeyKind[] {KeyKind.GLOBAL_UNICAST, KeyKind.GLOBAL_BROADCAST, KeyKind.DEDICATED}) {
      assertEquals(
          Reason.UNKNOWN_KEY, reason(poor, parties.client.protectServiceSpecific(APDU, key, BOTH)));
      assertEquals(
          Reason.UNKNOWN_KEY,
          assertThrows(
                  ProtectionException.class, () -> poor.protectServiceSpecific(APDU, key, BOTH))
              .reason());
    }
  }

  @Test
  void anotherSuiteCompressionAndNoProtectionAreRefused() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    ServiceSpecificCiphering good =
        parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
    for (int control : new int[] {0x31, 0x32, 0x3F, 0xB0, 0x00, 0x40}) {
      ProtectedContent content =
          new ProtectedContent(
              new SecurityControl(control),
              good.content().invocationCounter(),
              good.content().octets());
      assertEquals(
          Reason.NOT_SUPPORTED,
          reason(parties.server, new ServiceSpecificCiphering(good.service(), false, content)));
    }
    assertEquals(APDU, parties.server.unprotect(good).apdu());
  }

  @Test
  void aServiceInsideAnotherOneIsRefused() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    ServiceSpecificCiphering get =
        parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
    assertEquals(CipheredService.GET_REQUEST, get.service());
    assertEquals(
        Reason.WRONG_SERVICE,
        reason(
            parties.server,
            new ServiceSpecificCiphering(CipheredService.SET_REQUEST, false, get.content())));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            parties.client.protectServiceSpecific(
                Octets.of(0xD9, 0), KeyKind.GLOBAL_UNICAST, BOTH));
    assertThrows(
        IllegalArgumentException.class,
        () -> parties.client.protectServiceSpecific(Octets.EMPTY, KeyKind.GLOBAL_UNICAST, BOTH));
  }

  @Test
  void theLastCounterIsUsedAndTakenAndNoFurtherOne() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    parties.clientCounters.skipTo(CounterId.of(Parties.CLIENT, unicastKey(parties)), 0xFFFF_FFFFL);
    ServiceSpecificCiphering last =
        parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH);
    assertEquals(0xFFFF_FFFFL, last.content().invocationCounter());
    assertEquals(APDU, parties.server.unprotect(last).apdu());
    assertEquals(
        Reason.COUNTER_EXHAUSTED,
        assertThrows(
                ProtectionException.class,
                () -> parties.client.protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH))
            .reason());
    assertEquals(
        0x1_0000_0000L,
        assertThrows(ProtectionException.class, () -> parties.server.unprotect(last))
            .lowestAcceptable());
  }

  @Test
  void associationsThatShareAKeyShareItsCounter() {
    Parties parties = new Parties(SecuritySuite.SUITE_0);
    ApduProtection another =
        ApduProtection.builder(
                parties.clientKeys,
                Parties.CLIENT,
                SystemTitle.ofHex("4D4D4D0000000009"),
                parties.clientCounters,
                Parties.RANDOM)
            .build();
    long one =
        parties
            .client
            .protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH)
            .content()
            .invocationCounter();
    long two =
        another
            .protectServiceSpecific(APDU, KeyKind.GLOBAL_UNICAST, BOTH)
            .content()
            .invocationCounter();
    assertEquals(one + 1, two);
  }

  @Test
  void twoPartiesOfOneTitleAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ApduProtection.builder(
                bookKeys(), BOOK, BOOK, new InMemoryInvocationCounterStore(), Parties.RANDOM));
  }

  @Test
  void keysOfAnotherSuiteAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            KeyRing.builder(SecuritySuite.SUITE_2)
                .unicastKey(VECTORS.key("encryption key"))
                .build());
    Parties parties = new Parties(SecuritySuite.SUITE_2);
    assertThrows(
        IllegalArgumentException.class,
        () -> parties.client.useDedicatedKey(VECTORS.key("encryption key")));
  }
}
