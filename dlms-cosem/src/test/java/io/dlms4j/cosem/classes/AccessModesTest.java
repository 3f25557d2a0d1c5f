package io.dlms4j.cosem.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.security.Protection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** access_mode of an attribute and of a method, in each version of Association LN. */
class AccessModesTest {
  private static final Set<Protection> AUTHENTICATED = Set.of(Protection.AUTHENTICATED);

  @Test
  void inVersionsOneAndTwoSevenAttributeModesHaveTheCodesOfTheBlueBook() {
    assertEquals(
        List.of("-", "R", "W", "RW", "aR", "aW", "aRW"),
        IntStream.rangeClosed(0, 6)
            .mapToObj(code -> AttributeAccessMode.ofCode(code, 1).orElseThrow().toString())
            .toList());
    for (int code = 0; code <= 6; code++) {
      for (int version : new int[] {1, 2}) {
        assertEquals(code, AttributeAccessMode.ofCode(code, version).orElseThrow().code(version));
      }
    }
    assertEquals(Optional.empty(), AttributeAccessMode.ofCode(7, 1));
    assertEquals(Optional.empty(), AttributeAccessMode.ofCode(-1, 1));
    assertEquals(Optional.empty(), AttributeAccessMode.ofCode(Long.MAX_VALUE, 1));
  }

  @Test
  void inVersionsOneAndTwoThreeMethodModesHaveTheCodesOfTheBlueBook() {
    assertEquals(
        List.of("-", "X", "aX"),
        IntStream.rangeClosed(0, 2)
            .mapToObj(code -> MethodAccessMode.ofCode(code, 2).orElseThrow().toString())
            .toList());
    for (int code = 0; code <= 2; code++) {
      assertEquals(code, MethodAccessMode.ofCode(code, 1).orElseThrow().code(1));
    }
    assertEquals(Optional.empty(), MethodAccessMode.ofCode(3, 0));
    assertEquals(Optional.empty(), MethodAccessMode.ofCode(-1, 1));
  }

  @Test
  void versionZeroTellsTheRightWithoutItsProtection() {
    assertEquals(1, AttributeAccessMode.AUTHENTICATED_READ_ONLY.code(0));
    assertEquals(3, AttributeAccessMode.AUTHENTICATED_READ_AND_WRITE.code(0));
    assertEquals(1, MethodAccessMode.AUTHENTICATED_ACCESS.code(0));
    assertEquals(0, MethodAccessMode.NO_ACCESS.code(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x01, 0x02, 0x03, 0x05, 0x27, 0x6F, 0x93, 0xFF})
  void inVersionThreeTheBitsComeBack(int code) {
    AttributeAccessMode mode = AttributeAccessMode.ofCode(code, 3).orElseThrow();
    assertEquals(code, mode.code(3));
    assertEquals((code & 1) != 0, mode.mayRead());
    assertEquals((code & 2) != 0, mode.mayWrite());
    // Bit 1 of a method's mode is not used.
    assertEquals(code & 0xFD, MethodAccessMode.ofCode(code, 3).orElseThrow().code(3));
  }

  @Test
  void inVersionThreeEachBitIsAProtectionOfItsOwn() {
    AttributeAccessMode mode =
        AttributeAccessMode.READ_ONLY.requiring(
            Set.of(Protection.AUTHENTICATED, Protection.ENCRYPTED), Set.of(Protection.SIGNED));
    assertEquals(0b1000_1101, mode.code(3));
    assertEquals("aeR/s", mode.toString());
    assertEquals(0b0000_0101, AttributeAccessMode.AUTHENTICATED_READ_ONLY.code(3));
    assertEquals(
        0b0010_0001, AttributeAccessMode.READ_ONLY.requiring(Set.of(), AUTHENTICATED).code(3));
    assertEquals(Optional.empty(), AttributeAccessMode.ofCode(256, 3));
    assertEquals(Optional.empty(), MethodAccessMode.ofCode(-1, 3));
  }

  @Test
  void aModeThatAllowsNothingIsNoAccessHoweverItIsProtected() {
    assertTrue(AttributeAccessMode.NO_ACCESS.requiring(AUTHENTICATED, Set.of()).isNoAccess());
    assertEquals(0, AttributeAccessMode.NO_ACCESS.requiring(AUTHENTICATED, Set.of()).code(1));
    assertFalse(AttributeAccessMode.WRITE_ONLY.isNoAccess());
  }
}
