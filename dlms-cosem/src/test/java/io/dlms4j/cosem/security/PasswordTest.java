package io.dlms4j.cosem.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import org.junit.jupiter.api.Test;

class PasswordTest {
  @Test
  void aPasswordMatchesItsOctetsAndNoOthers() {
    Password password = Password.ofText("12345");
    assertEquals(Octets.ofHex("31 32 33 34 35"), password.toOctets());
    assertTrue(password.matches(Octets.ofAscii("12345")));
    assertFalse(password.matches(Octets.ofAscii("12346")));
    assertFalse(password.matches(Octets.ofAscii("1234")));
    assertFalse(password.matches(Octets.ofAscii("123456")));
    assertFalse(password.matches(Octets.EMPTY));
  }

  @Test
  void aPasswordThatIsNoAsciiIsRefusedWithoutBeingShown() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Password.ofText("p\u00e4ss"));
    assertFalse(String.valueOf(refusal.getMessage()).contains("p\u00e4ss"));
    assertTrue(Password.ofOctets(Octets.ofHex("70 E4")).matches(Octets.ofHex("70 E4")));
  }

  @Test
  void aPasswordDoesNotShowItself() {
    assertFalse(Password.ofText("12345").toString().contains("12345"));
  }
}
