package io.dlms4j.axdr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.AxdrException.Kind;
import org.junit.jupiter.api.function.Executable;

/** What the tests of this package say about octets that are refused. */
final class Refusals {
  private Refusals() {}

  static AxdrException assertRefused(Kind kind, int offset, Executable decoding) {
    AxdrException refusal = assertThrows(AxdrException.class, decoding);
    assertEquals(kind, refusal.kind(), refusal.getMessage());
    assertEquals(offset, refusal.offset(), refusal.getMessage());
    return refusal;
  }
}
