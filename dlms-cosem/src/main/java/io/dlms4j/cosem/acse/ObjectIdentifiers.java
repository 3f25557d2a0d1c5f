package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;

/**
 * The object identifiers of the DLMS UA: joint-iso-ccitt(2) country(16) ch(756)
 * identified-organisation(5) 8.
 */
final class ObjectIdentifiers {
  /** Arc of application context names. */
  static final int CONTEXT_NAME = 1;

  /** Arc of mechanism names. */
  static final int MECHANISM_NAME = 2;

  private ObjectIdentifiers() {}

  /** Contents octets of {@code 2.16.756.5.8.arc.id}: 2.16 is 0x60, 756 is 85 74 in base 128. */
  static Octets dlms(int arc, int id) {
    return Octets.of(0x60, 0x85, 0x74, 0x05, 0x08, arc, id);
  }

  /** Refuses what our own code made and has no wire form (X.690 8.19.2). */
  static void require(Octets contents) {
    boolean arcBegins = true;
    for (int i = 0; i < contents.length(); i++) {
      if (arcBegins && contents.at(i) == 0x80) {
        break;
      }
      arcBegins = contents.at(i) < 0x80;
      if (arcBegins && i == contents.length() - 1) {
        return;
      }
    }
    throw new IllegalArgumentException(contents + " are not the contents of an OBJECT IDENTIFIER");
  }
}
