package io.dlms4j.omnipower.configuration;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Tries what is to be refused, and looks at the reason. */
final class Refusals {
  private Refusals() {}

  static void refused(String reason, Executable attempt) {
    String message = String.valueOf(assertThrows(IllegalArgumentException.class, attempt));
    assertTrue(message.contains(reason), message);
  }
}
