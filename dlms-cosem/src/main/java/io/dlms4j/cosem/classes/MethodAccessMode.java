package io.dlms4j.cosem.classes;

import java.util.Optional;

/**
 * What an association may do with a method (Blue Book 4.4, access_mode of a method_access_item).
 */
public enum MethodAccessMode {
  /** Nothing. */
  NO_ACCESS(0, "-"),
  /** Invoke it. */
  ACCESS(1, "X"),
  /** Invoke it, in an authenticated APDU; from version 1 of Association LN on. */
  AUTHENTICATED_ACCESS(2, "aX");

  private final int code;
  private final String letters;

  MethodAccessMode(int code, String letters) {
    this.code = code;
    this.letters = letters;
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
   * Whether an ACTION may succeed.
   *
   * @return true for those that invoke
   */
  public boolean mayInvoke() {
    return this != NO_ACCESS;
  }

  /**
   * Whether a request must be authenticated for it.
   *
   * @return true for {@link #AUTHENTICATED_ACCESS}
   */
  public boolean isAuthenticated() {
    return this == AUTHENTICATED_ACCESS;
  }

  /**
   * Finds a mode by its code.
   *
   * @param code any number
   * @return the mode, or nothing
   */
  public static Optional<MethodAccessMode> ofCode(long code) {
    for (MethodAccessMode mode : values()) {
      if (mode.code == code) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /** The mode as tables write it: X or a dash; with an a where it must be authenticated. */
  @Override
  public String toString() {
    return letters;
  }
}
