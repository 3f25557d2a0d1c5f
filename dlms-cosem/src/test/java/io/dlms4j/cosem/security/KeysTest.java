package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key wrap, key material, suites and policies. */
class KeysTest {
  private static final Vectors WRAP = Vectors.load("key-wrap.txt");

  @ParameterizedTest
  @CsvSource({
    "kek 128, key 128, 128 in 128",
    "kek 256, key 128, 128 in 256",
    "kek 256, key 256, 256 in 256"
  })
  void keysAreWrappedAsInRfc3394AndUnwrappedAgain(String kek, String key, String wrapped) {
    assertEquals(WRAP.get(wrapped), KeyWrap.wrap(WRAP.key(kek), WRAP.key(key)));
    assertEquals(WRAP.get(key), KeyWrap.unwrap(WRAP.key(kek), WRAP.get(wrapped)).export());
  }

  @Test
  void aWrappedKeyThatWasChangedOrCutIsRefused() {
    Octets wrapped = WRAP.get("128 in 128");
    for (int bit = 0; bit < 8 * wrapped.length(); bit++) {
      byte[] changed = wrapped.toByteArray();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(
          ProtectionException.class,
          () -> KeyWrap.unwrap(WRAP.key("kek 128"), Octets.view(changed)));
    }
    for (int length = 0; length < 60; length++) {
      Octets other = Octets.view(new byte[length]);
      assertEquals(
          ProtectionException.Reason.NOT_AUTHENTIC,
          assertThrows(ProtectionException.class, () -> KeyWrap.unwrap(WRAP.key("kek 128"), other))
              .reason());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> KeyWrap.wrap(WRAP.key("kek 128"), KeyMaterial.of(Octets.of(1))));
  }

  @Test
  void keyMaterialDoesNotShowItselfAndIsGoneWhenWiped() {
    KeyMaterial key = KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0F");
    KeyMaterial same = KeyMaterial.of(key.export());
    assertTrue(key.matches(same));
    assertFalse(key.matches(KeyMaterial.ofHex("000102030405060708090A0B0C0D0E0E")));
    assertFalse(key.matches(KeyMaterial.ofHex("00")));
    byte[] octets = key.octets();
    String shown = key + " " + KeyRing.builder(SecuritySuite.SUITE_0).unicastKey(key).build();
    assertFalse(shown.contains("0102") || shown.contains("01 02"));
    key.wipe();
    key.wipe();
    assertEquals(Octets.view(new byte[16]), Octets.view(octets));
    assertThrows(IllegalStateException.class, key::export);
    assertThrows(IllegalStateException.class, () -> same.matches(key));
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> KeyMaterial.ofHex("5EC4EX"));
    assertFalse(String.valueOf(refusal.getMessage()).contains("5EC4EX"));
  }

  @ParameterizedTest
  @CsvSource({"0, 16, 0", "1, 16, 64", "2, 32, 96"})
  void suitesHaveTheLengthsOfTheGreenBook(int id, int key, int signature) {
    SecuritySuite suite = SecuritySuite.ofId(id).orElseThrow();
    assertEquals(id, suite.id());
    assertEquals(key, suite.keyLength());
    assertEquals(signature, suite.signatureLength());
    assertEquals(id != 0, suite.hasPublicKeys());
  }

  @Test
  void thereAreNoOtherSuites() {
    assertTrue(SecuritySuite.ofId(3).isEmpty());
    assertTrue(SecuritySuite.ofId(-1).isEmpty());
    assertTrue(SecuritySuite.ofId(1L << 32).isEmpty());
  }

  @Test
  void policiesOfVersion0AreOneForBothDirections() {
    assertEquals(SecurityPolicy.NONE, SecurityPolicy.ofVersion0(0));
    Set<Protection> authenticated = EnumSet.of(Protection.AUTHENTICATED);
    assertEquals(new SecurityPolicy(authenticated, authenticated), SecurityPolicy.ofVersion0(1));
    Set<Protection> encrypted = EnumSet.of(Protection.ENCRYPTED);
    assertEquals(new SecurityPolicy(encrypted, encrypted), SecurityPolicy.ofVersion0(2));
    for (int value = 0; value < 4; value++) {
      assertEquals(value, SecurityPolicy.ofVersion0(value).toVersion0());
    }
    assertThrows(IllegalArgumentException.class, () -> SecurityPolicy.ofVersion0(4));
    assertThrows(
        IllegalStateException.class,
        () -> new SecurityPolicy(authenticated, Set.of()).toVersion0());
    Set<Protection> signed = EnumSet.of(Protection.SIGNED);
    assertThrows(
        IllegalStateException.class, () -> new SecurityPolicy(signed, signed).toVersion0());
  }

  @Test
  void policiesOfVersion1HaveThreeBitsEachWay() {
    assertEquals(
        new SecurityPolicy(EnumSet.of(Protection.AUTHENTICATED), EnumSet.of(Protection.SIGNED)),
        SecurityPolicy.ofVersion1(0x84));
    assertEquals(
        new SecurityPolicy(
            EnumSet.of(Protection.ENCRYPTED, Protection.SIGNED),
            EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED)),
        SecurityPolicy.ofVersion1(0x78));
    for (int value = 0; value < 0x100; value += 4) {
      assertEquals(value, SecurityPolicy.ofVersion1(value).toVersion1());
      int reserved = value | 1 + value % 3;
      assertThrows(IllegalArgumentException.class, () -> SecurityPolicy.ofVersion1(reserved));
    }
    assertThrows(IllegalArgumentException.class, () -> SecurityPolicy.ofVersion1(0x100));
    assertThrows(IllegalArgumentException.class, () -> SecurityPolicy.ofVersion1(-4));
  }

  @Test
  void aPolicyIsStrongerOnlyIfItAsksForAllOfTheOther() {
    SecurityPolicy both = SecurityPolicy.ofVersion0(3);
    assertTrue(both.isAtLeast(SecurityPolicy.ofVersion0(1)));
    assertTrue(both.isAtLeast(both));
    assertFalse(SecurityPolicy.ofVersion0(1).isAtLeast(SecurityPolicy.ofVersion0(2)));
    assertFalse(SecurityPolicy.ofVersion1(0x0C).isAtLeast(both));
  }
}
