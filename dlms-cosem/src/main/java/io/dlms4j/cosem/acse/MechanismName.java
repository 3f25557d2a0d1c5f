package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import java.util.List;
import java.util.OptionalInt;

/**
 * Mechanism-name: how a client is authenticated (Green Book 9.4.2.2.3).
 *
 * @param objectIdentifier contents octets of the OBJECT IDENTIFIER; names that this library does
 *     not know are kept as they came
 */
public record MechanismName(Octets objectIdentifier) {
  /** Lowest level security, none: mechanism 0. */
  public static final MechanismName LOWEST = ofMechanism(0);

  /** Low level security, a password: mechanism 1. */
  public static final MechanismName LOW_LEVEL_SECURITY = ofMechanism(1);

  /** High level security of the manufacturer's own: mechanism 2. */
  public static final MechanismName HIGH_LEVEL_SECURITY = ofMechanism(2);

  /** High level security using MD5: mechanism 3. */
  public static final MechanismName HIGH_LEVEL_SECURITY_USING_MD5 = ofMechanism(3);

  /** High level security using SHA-1: mechanism 4. */
  public static final MechanismName HIGH_LEVEL_SECURITY_USING_SHA_1 = ofMechanism(4);

  /** High level security using GMAC: mechanism 5. */
  public static final MechanismName HIGH_LEVEL_SECURITY_USING_GMAC = ofMechanism(5);

  /** High level security using SHA-256: mechanism 6. */
  public static final MechanismName HIGH_LEVEL_SECURITY_USING_SHA_256 = ofMechanism(6);

  /** High level security using ECDSA: mechanism 7. */
  public static final MechanismName HIGH_LEVEL_SECURITY_USING_ECDSA = ofMechanism(7);

  /** What the mechanisms are called, by their number. */
  private static final List<String> WORDS =
      List.of(
          "lowest level security",
          "low level security",
          "high level security",
          "high level security using MD5",
          "high level security using SHA-1",
          "high level security using GMAC",
          "high level security using SHA-256",
          "high level security using ECDSA");

  private static final Octets PREFIX =
      LOWEST.objectIdentifier.slice(0, LOWEST.objectIdentifier.length() - 1);

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if these are not the contents of an OBJECT IDENTIFIER
   */
  public MechanismName {
    ObjectIdentifiers.require(objectIdentifier);
  }

  private static MechanismName ofMechanism(int id) {
    return new MechanismName(ObjectIdentifiers.dlms(ObjectIdentifiers.MECHANISM_NAME, id));
  }

  /**
   * The mechanism's number, if the name is one of DLMS.
   *
   * @return 0..127, or nothing
   */
  public OptionalInt id() {
    int last = objectIdentifier.length() - 1;
    return last == PREFIX.length() && objectIdentifier.slice(0, last).equals(PREFIX)
        ? OptionalInt.of(objectIdentifier.at(last))
        : OptionalInt.empty();
  }

  /** The mechanism in words, or the octets of an unknown one. */
  @Override
  public String toString() {
    OptionalInt id = id();
    if (id.isEmpty()) {
      return "unknown mechanism-name " + objectIdentifier;
    }
    return id.getAsInt() < WORDS.size()
        ? WORDS.get(id.getAsInt())
        : "authentication mechanism " + id.getAsInt();
  }
}
