package io.dlms4j.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.security.KeyId;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SecurityPolicy;
import io.dlms4j.cosem.security.SecuritySuite;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.LogicalDevice;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The object of class_id 64: its attributes to the octet, and security_activate. */
class SecuritySetupObjectTest {
  private static final int SECURITY_ACTIVATE = 1;

  private static SecuritySetup setup(int version, SecuritySuite suite) {
    return Contexts.builder(Contexts.keys(suite)).version(version).build();
  }

  private static ActionResult activate(SecuritySetup setup, int policy) {
    return new Caller(setup.object(), Contexts.CLIENT)
        .invoke(SECURITY_ACTIVATE, CosemData.enumerated(policy));
  }

  @Test
  void version0HasFiveAttributesAndTwoMethods() {
    CosemObject object = setup(0, SecuritySuite.SUITE_0).object();
    assertEquals(64, object.classId());
    assertEquals(0, object.version());
    assertEquals(Contexts.NAME, object.logicalName());
    assertEquals(
        List.of(1, 2, 3, 4, 5),
        object.attributes().stream().map(CosemObject.Attribute::index).toList());
    assertEquals(List.of(1, 2), object.methods());
  }

  @ParameterizedTest
  @EnumSource(SecuritySuite.class)
  void version1HasSixAttributesAndEightMethodsOrWithoutPublicKeysTwo(SecuritySuite suite) {
    CosemObject object = setup(1, suite).object();
    assertEquals(1, object.version());
    assertEquals(
        List.of(1, 2, 3, 4, 5, 6),
        object.attributes().stream().map(CosemObject.Attribute::index).toList());
    assertEquals(
        suite.hasPublicKeys() ? List.of(1, 2, 3, 4, 5, 6, 7, 8) : List.of(1, 2), object.methods());
  }

  @Test
  void noAttributeCanBeWritten() {
    for (SecuritySetup setup :
        List.of(setup(0, SecuritySuite.SUITE_0), setup(1, SecuritySuite.SUITE_1))) {
      assertTrue(setup.object().attributes().stream().noneMatch(CosemObject.Attribute::writable));
    }
  }

  @Test
  void theAttributesAreWhatTheBlueBookSays() {
    Caller version0 = new Caller(setup(0, SecuritySuite.SUITE_0).object(), Contexts.CLIENT);
    assertEquals("0906" + "00002B0000FF", version0.octets(1));
    assertEquals("1600", version0.octets(2));
    assertEquals("1600", version0.octets(3));
    assertEquals("0908" + "4D4D4D0000BC614E", version0.octets(4));
    assertEquals("0908" + "4D4D4D0000000001", version0.octets(5));
    Caller version1 = new Caller(setup(1, SecuritySuite.SUITE_2).object(), Contexts.CLIENT);
    assertEquals("1600", version1.octets(2));
    assertEquals("1602", version1.octets(3));
    assertEquals("0100", version1.octets(6));
  }

  @Test
  void theClientsTitleIsThatOfWhoAsksUnlessOneIsPinned() {
    SecuritySetup free = setup(1, SecuritySuite.SUITE_0);
    assertEquals("0900", new Caller(free.object(), null).octets(4));
    assertEquals("0908" + "4D4D4D0000BC614F", new Caller(free.object(), Contexts.OTHER).octets(4));
    SecuritySetup pinned =
        Contexts.builder(Contexts.keys(SecuritySuite.SUITE_0)).client(Contexts.CLIENT).build();
    for (@Nullable SystemTitle asking : new @Nullable SystemTitle[] {Contexts.OTHER, null}) {
      assertEquals("0908" + "4D4D4D0000BC614E", new Caller(pinned.object(), asking).octets(4));
    }
  }

  @Test
  void itFitsIntoALogicalDevice() {
    SecuritySetup setup = setup(1, SecuritySuite.SUITE_1);
    LogicalDevice device =
        LogicalDevice.builder(1, Octets.ofAscii("DLM0000001")).object(setup.object()).build();
    assertTrue(device.objects().contains(setup.object()));
  }

  @Test
  void thePolicyOfVersion0OnlyBecomesStronger() {
    for (int from = 0; from <= 3; from++) {
      for (int to = 0; to <= 5; to++) {
        SecuritySetup setup =
            Contexts.builder(Contexts.keys(SecuritySuite.SUITE_0))
                .version(0)
                .policy(SecurityPolicy.ofVersion0(from))
                .build();
        boolean stronger = to <= 3 && (to & from) == from;
        assertEquals(
            stronger ? ActionResult.SUCCESS : ActionResult.OTHER_REASON,
            activate(setup, to),
            from + " to " + to);
        int now = stronger ? to : from;
        assertEquals(SecurityPolicy.ofVersion0(now), setup.policy());
        assertEquals("160" + now, new Caller(setup.object(), null).octets(2));
      }
    }
  }

  @Test
  void thePolicyOfVersion1OnlyBecomesStrongerBitByBit() {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_1);
    var pair = Contexts.pair(SecuritySuite.SUITE_1);
    for (int from : new int[] {0x00, 0x04, 0x24, 0x6C, 0xFC}) {
      for (int to = 0; to <= 0xFF; to++) {
        SecuritySetup setup =
            Contexts.builder(keys).signing(pair).policy(SecurityPolicy.ofVersion1(from)).build();
        boolean stronger = (to & 3) == 0 && (to & from) == from;
        assertEquals(
            stronger ? ActionResult.SUCCESS : ActionResult.OTHER_REASON,
            activate(setup, to),
            from + " to " + to);
        int now = stronger ? to : from;
        assertEquals(now, setup.policy().toVersion1());
        assertEquals(CosemData.enumerated(now), new Caller(setup.object(), null).read(2));
      }
    }
  }

  @Test
  void aPolicyThatNobodyCouldMeetIsRefused() {
    SecuritySetup suite0 = setup(1, SecuritySuite.SUITE_0);
    assertEquals(ActionResult.OTHER_REASON, activate(suite0, 0x10));
    assertEquals(ActionResult.OTHER_REASON, activate(suite0, 0x80));
    assertEquals(ActionResult.SUCCESS, activate(suite0, 0x6C));
    // The server has no key to sign its responses with; requests, clients may well sign.
    SecuritySetup suite1 = setup(1, SecuritySuite.SUITE_1);
    assertEquals(ActionResult.OTHER_REASON, activate(suite1, 0x80));
    assertEquals(ActionResult.SUCCESS, activate(suite1, 0x10));
    assertEquals(new SecurityPolicy(Set.of(Protection.SIGNED), Set.of()), suite1.policy());
  }

  @Test
  void withoutAnyKeyToEncryptOrAuthenticateWithNoPolicyAsksForIt() {
    KeyRing none = KeyRing.builder(SecuritySuite.SUITE_1).build();
    SecuritySetup setup = Contexts.builder(none).build();
    for (int policy : new int[] {0x04, 0x08, 0x20, 0x40}) {
      assertEquals(ActionResult.OTHER_REASON, activate(setup, policy));
    }
    SecuritySetup agreeing =
        Contexts.builder(none).keyAgreement(Contexts.pair(SecuritySuite.SUITE_1)).build();
    assertEquals(ActionResult.SUCCESS, activate(agreeing, 0x6C));
  }

  @Test
  void aPolicyOfAnotherTypeIsUnmatched() {
    SecuritySetup setup = setup(1, SecuritySuite.SUITE_1);
    Caller caller = new Caller(setup.object(), Contexts.CLIENT);
    for (CosemData parameters :
        List.of(
            CosemData.unsigned(4),
            CosemData.nullData(),
            CosemData.array(CosemData.enumerated(4)))) {
      assertEquals(ActionResult.TYPE_UNMATCHED, caller.invoke(SECURITY_ACTIVATE, parameters));
    }
    assertEquals(SecurityPolicy.NONE, setup.policy());
  }

  @Test
  void whatDoesNotGoTogetherIsNotBuilt() {
    for (SecuritySuite suite : List.of(SecuritySuite.SUITE_1, SecuritySuite.SUITE_2)) {
      SecuritySetupBuilder builder = Contexts.builder(Contexts.keys(suite)).version(0);
      assertThrows(IllegalArgumentException.class, builder::build);
    }
    SecuritySetupBuilder unsaid =
        Contexts.builder(Contexts.keys(SecuritySuite.SUITE_0))
            .version(0)
            .policy(SecurityPolicy.ofVersion1(0x04));
    assertThrows(IllegalArgumentException.class, unsaid::build);
    SecuritySetupBuilder builder =
        SecuritySetup.builder(Contexts.NAME, Contexts.SERVER, SecuritySuite.SUITE_1);
    assertThrows(IllegalArgumentException.class, () -> builder.version(2));
    assertThrows(
        IllegalArgumentException.class, () -> builder.keys(Contexts.keys(SecuritySuite.SUITE_2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder.signing(Contexts.pair(SecuritySuite.SUITE_2)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            builder.keys(
                KeyRing.builder(SecuritySuite.SUITE_1)
                    .signing(Contexts.pair(SecuritySuite.SUITE_1).getPrivate(), null)
                    .build()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            builder.keyAgreement(
                new KeyPair(
                    Contexts.pair(SecuritySuite.SUITE_1).getPublic(),
                    Contexts.pair(SecuritySuite.SUITE_1).getPrivate())));
  }

  @Test
  void noKeyShowsItself() throws Exception {
    KeyRing keys = Contexts.keys(SecuritySuite.SUITE_1);
    InMemorySecuritySetupStore store = new InMemorySecuritySetupStore();
    SecuritySetup setup = Contexts.builder(keys).store(store).build();
    String shown = setup + " " + store.load().orElseThrow();
    for (KeyId id : KeyId.values()) {
      String hex = Contexts.symmetric(keys, id).export().toHex();
      assertFalse(shown.contains(hex));
    }
  }
}
