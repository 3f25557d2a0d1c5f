package io.dlms4j.cosem.classes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** access_mode of a method_access_item (Blue Book 4.4). */
class MethodAccessModeTest {
  @Test
  void codesLettersAndRightsAreThoseOfTheBlueBook() {
    assertEquals(
        List.of("0 - false", "1 X true", "2 aX true"),
        Arrays.stream(MethodAccessMode.values())
            .map(mode -> mode.code() + " " + mode + " " + mode.mayInvoke())
            .toList());
    for (MethodAccessMode mode : MethodAccessMode.values()) {
      assertEquals(Optional.of(mode), MethodAccessMode.ofCode(mode.code()));
    }
    assertEquals(Optional.empty(), MethodAccessMode.ofCode(3));
    assertEquals(Optional.empty(), MethodAccessMode.ofCode(-1));
  }
}
