package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
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

  private static final Octets PREFIX =
      LOWEST.objectIdentifier.slice(0, LOWEST.objectIdentifier.length() - 1);

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
    if (equals(LOWEST)) {
      return "lowest level security";
    } else if (equals(LOW_LEVEL_SECURITY)) {
      return "low level security";
    }
    return id().isPresent()
        ? "authentication mechanism " + id().getAsInt()
        : "unknown mechanism-name " + objectIdentifier;
  }
}
