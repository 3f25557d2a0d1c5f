package io.dlms4j.cosem.association;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.security.CipherEngine;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Client against server in every combination of suite, kind of protection and mechanism. */
class SecuredAssociationPropertiesTest {
  /** How messages are carried; null for a context without ciphering. */
  record Combination(
      SecuritySuite suite,
      @Nullable HlsMechanism mechanism,
      @Nullable CipheringForm form,
      KeyKind key,
      Set<Protection> protection) {
    /** Without a policy nothing would refuse what is protected less. */
    SecuredPair pair(boolean shortNames, int up, int down) {
      SecuredPair pair = new SecuredPair(suite);
      ClientSecurity.Builder client = pair.clientSecurity();
      ServerSecurity.Builder server = form == null ? pair.serverSecurity() : pair.cipheringServer();
      SecuredPair.authenticate(mechanism, client, server);
      if (form != null) {
        client.ciphering(protection).key(key).form(form).server(SecuredPair.SERVER);
        pair.policy = new SecurityPolicy(protection, protection);
        if (!protection.contains(Protection.AUTHENTICATED)) {
          client.acceptEncryptionOnly();
          server.acceptEncryptionOnly();
        }
      }
      if (mechanism == HlsMechanism.GMAC) {
        client.engine(CipherEngine.BOUNCY_CASTLE);
      }
      return pair.with(client.build(), server.build(), shortNames, up, down);
    }
  }

  static List<Combination> combinations() {
    List<Combination> all = new ArrayList<>();
    for (SecuritySuite suite : SecuritySuite.values()) {
      for (HlsMechanism mechanism : mechanisms(suite)) {
        if (mechanism != null) {
          all.add(new Combination(suite, mechanism, null, KeyKind.GLOBAL_UNICAST, Set.of()));
        }
        for (CipheringForm form : CipheringForm.values()) {
          for (KeyKind key : keys(suite, form)) {
            for (Set<Protection> protection : protections(suite)) {
              // A dedicated key that is not encrypted on its way is refused.
              if (key != KeyKind.DEDICATED || protection.contains(Protection.ENCRYPTED)) {
                all.add(new Combination(suite, mechanism, form, key, protection));
              }
            }
          }
        }
      }
    }
    return all;
  }

  private static List<@Nullable HlsMechanism> mechanisms(SecuritySuite suite) {
    List<@Nullable HlsMechanism> all = new ArrayList<>(List.of(HlsMechanism.values()));
    if (!suite.hasPublicKeys()) {
      all.remove(HlsMechanism.ECDSA);
    }
    all.add(null);
    return all;
  }

  private static List<KeyKind> keys(SecuritySuite suite, CipheringForm form) {
    if (form != CipheringForm.GENERAL_CIPHERING) {
      return List.of(KeyKind.GLOBAL_UNICAST, KeyKind.DEDICATED);
    }
    return suite.hasPublicKeys()
        ? List.of(
            KeyKind.GLOBAL_UNICAST, KeyKind.WRAPPED, KeyKind.AGREED_ONE_PASS, KeyKind.AGREED_STATIC)
        : List.of(KeyKind.GLOBAL_UNICAST, KeyKind.WRAPPED);
  }

  private static List<Set<Protection>> protections(SecuritySuite suite) {
    List<Set<Protection>> all =
        new ArrayList<>(
            List.of(
                EnumSet.of(Protection.AUTHENTICATED),
                EnumSet.of(Protection.ENCRYPTED),
                SecuredPair.BOTH));
    if (suite.hasPublicKeys()) {
      all.add(EnumSet.allOf(Protection.class));
      all.add(EnumSet.of(Protection.AUTHENTICATED, Protection.SIGNED));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void everyCombinationOpensServesAndReleases(Combination combination) {
    SecuredPair pair = combination.pair(false, 0xFFFF, 0xFFFF).open();
    assertTrue(pair.isOpen(), () -> combination + ": " + pair.heard + pair.told);
    assertServes(pair, new Random(1), 4, false);
    if (combination.form() != null) {
      for (Octets apdu : pair.up.subList(1, pair.up.size())) {
        assertTrue(ProtectedApdu.isTag(apdu.at(0)), apdu.toHex());
      }
      for (Octets apdu : pair.down.subList(1, pair.down.size())) {
        assertTrue(ProtectedApdu.isTag(apdu.at(0)), apdu.toHex());
      }
    }
    pair.client.release(pair.now);
    pair.run();
    assertTrue(
        pair.heard.contains(new ClientAssociationEvent.Released(true)), pair.heard::toString);
    assertTrue(!pair.server.isAssociated());
  }

  @Property(tries = 60)
  void withLogicalNamesTheModelsAnswersComeInBlocksOfAnySize(
      @ForAll long seed,
      @ForAll @IntRange(min = 900, max = 1500) int up,
      @ForAll @IntRange(min = 900, max = 1500) int down) {
    Random random = new Random(seed);
    SecuredPair pair = any(random).pair(false, up, down).open();
    assertTrue(pair.isOpen());
    forgetOpening(pair);
    assertServes(pair, random, 12, false);
    pair.up.forEach(apdu -> assertTrue(apdu.length() <= up));
    pair.down.forEach(apdu -> assertTrue(apdu.length() <= down));
  }

  @Property(tries = 60)
  void withShortNamesTheModelsAnswersComeInBlocksOfAnySize(
      @ForAll long seed,
      @ForAll @IntRange(min = 900, max = 1500) int up,
      @ForAll @IntRange(min = 900, max = 1500) int down) {
    Random random = new Random(seed);
    SecuredPair pair = any(random).pair(true, up, down).open();
    assertTrue(pair.isOpen());
    forgetOpening(pair);
    assertServes(pair, random, 12, true);
    pair.up.forEach(apdu -> assertTrue(apdu.length() <= up));
    pair.down.forEach(apdu -> assertTrue(apdu.length() <= down));
  }

  /** What opens an association goes as a whole, however long it is. */
  private static void forgetOpening(SecuredPair pair) {
    pair.up.clear();
    pair.down.clear();
  }

  private static Combination any(Random random) {
    List<Combination> all = combinations();
    return all.get(random.nextInt(all.size()));
  }

  private static void assertServes(
      SecuredPair pair, Random random, int requests, boolean shortNames) {
    for (int i = 0; i < requests; i++) {
      ServiceResponse response =
          pair.ask(
              shortNames
                  ? ServiceRequests.shortNames(random, 1500)
                  : ServiceRequests.logicalNames(random, 1500, false));
      assertNotNull(response, () -> pair.heard + " " + pair.told);
      assertEquals(pair.expected, response);
    }
  }
}
