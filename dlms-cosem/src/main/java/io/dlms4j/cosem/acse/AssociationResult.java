package io.dlms4j.cosem.acse;

import java.util.Optional;

/** Association-result of an AARE (Green Book 9.4.2). */
public enum AssociationResult {
  /** The association is there. */
  ACCEPTED(0, "accepted"),
  /** It is refused, and will be the next time. */
  REJECTED_PERMANENT(1, "rejected-permanent"),
  /** It is refused for now. */
  REJECTED_TRANSIENT(2, "rejected-transient");

  private final int code;
  private final String standardName;

  AssociationResult(int code, String standardName) {
    this.code = code;
    this.standardName = standardName;
  }

  /**
   * The code on the wire.
   *
   * @return 0..2
   */
  public int code() {
    return code;
  }

  /**
   * Finds a result by its code.
   *
   * @param code any number
   * @return the result, or nothing
   */
  public static Optional<AssociationResult> ofCode(long code) {
    return code >= 0 && code < values().length
        ? Optional.of(values()[(int) code])
        : Optional.empty();
  }

  /** The name in the standard. */
  @Override
  public String toString() {
    return standardName;
  }
}
