package io.dlms4j.cosem.classes;

import io.dlms4j.cosem.security.Protection;
import java.util.EnumSet;
import java.util.Set;

/**
 * The protection of messages in an access_mode of version 3 of Association LN (Blue Book 4.4.4).
 */
final class ProtectionBits {
  /** The version of Association LN from which on access modes are bits. */
  static final int VERSION = 3;

  private static final int FIRST_OF_REQUEST = 2;
  private static final int FIRST_OF_RESPONSE = 5;

  private ProtectionBits() {}

  static int of(Set<Protection> request, Set<Protection> response) {
    return bits(request) << FIRST_OF_REQUEST | bits(response) << FIRST_OF_RESPONSE;
  }

  static Set<Protection> request(int code) {
    return protection(code >>> FIRST_OF_REQUEST);
  }

  static Set<Protection> response(int code) {
    return protection(code >>> FIRST_OF_RESPONSE);
  }

  /** Authenticated, encrypted, signed: the lowest bit first. */
  private static int bits(Set<Protection> protection) {
    return (protection.contains(Protection.AUTHENTICATED) ? 1 : 0)
        | (protection.contains(Protection.ENCRYPTED) ? 2 : 0)
        | (protection.contains(Protection.SIGNED) ? 4 : 0);
  }

  private static Set<Protection> protection(int bits) {
    Set<Protection> protection = EnumSet.noneOf(Protection.class);
    if ((bits & 1) != 0) {
      protection.add(Protection.AUTHENTICATED);
    }
    if ((bits & 2) != 0) {
      protection.add(Protection.ENCRYPTED);
    }
    if ((bits & 4) != 0) {
      protection.add(Protection.SIGNED);
    }
    return protection;
  }

  static String letters(String right, Set<Protection> request, Set<Protection> response) {
    return letters(request) + right + (response.isEmpty() ? "" : "/" + letters(response));
  }

  private static String letters(Set<Protection> protection) {
    return (protection.contains(Protection.AUTHENTICATED) ? "a" : "")
        + (protection.contains(Protection.ENCRYPTED) ? "e" : "")
        + (protection.contains(Protection.SIGNED) ? "s" : "");
  }
}
