package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;

/**
 * What stands in the OCTET STRING of a ciphered APDU: the security header, and what it protects
 * (Green Book 9.2.7.2).
 *
 * @param securityControl how the octets are protected
 * @param invocationCounter of the sender's key, 0..2^32-1
 * @param octets ciphertext or text, and the authentication tag if there is one
 */
public record ProtectedContent(
    SecurityControl securityControl, long invocationCounter, Octets octets) {
  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the invocation counter has no wire form
   */
  public ProtectedContent {
    Unsigned.require("invocation counter", invocationCounter, 0xFFFF_FFFFL);
  }
}
