package io.dlms4j.cosem.classes;

import java.util.Optional;

/**
 * What an association may do with an attribute (Blue Book 4.4.4, access_mode of association
 * classes).
 */
public enum AttributeAccessMode {
  /** Nothing. */
  NO_ACCESS(0, "-", false, false),
  /** Read it. */
  READ_ONLY(1, "R", true, false),
  /** Write it. */
  WRITE_ONLY(2, "W", false, true),
  /** Read and write it. */
  READ_AND_WRITE(3, "RW", true, true),
  /** Read it, in an authenticated APDU; from version 1 of the class on. */
  AUTHENTICATED_READ_ONLY(4, "aR", true, false),
  /** Write it, in an authenticated APDU; from version 1 of the class on. */
  AUTHENTICATED_WRITE_ONLY(5, "aW", false, true),
  /** Read and write it, in authenticated APDUs; from version 1 of the class on. */
  AUTHENTICATED_READ_AND_WRITE(6, "aRW", true, true);

  private final int code;
  private final String letters;
  private final boolean read;
  private final boolean write;

  AttributeAccessMode(int code, String letters, boolean read, boolean write) {
    this.code = code;
    this.letters = letters;
    this.read = read;
    this.write = write;
  }

  /**
   * The code on the wire.
   *
   * @return 0..6
   */
  public int code() {
    return code;
  }

  /**
   * Whether a GET may succeed.
   *
   * @return true for those that read
   */
  public boolean mayRead() {
    return read;
  }

  /**
   * Whether a SET may succeed.
   *
   * @return true for those that write
   */
  public boolean mayWrite() {
    return write;
  }

  /**
   * Whether a request must be authenticated for it.
   *
   * @return true for those of version 1 of the class
   */
  public boolean isAuthenticated() {
    return code >= AUTHENTICATED_READ_ONLY.code;
  }

  /**
   * Finds a mode by its code.
   *
   * @param code any number
   * @return the mode, or nothing
   */
  public static Optional<AttributeAccessMode> ofCode(long code) {
    for (AttributeAccessMode mode : values()) {
      if (mode.code == code) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /** The mode as tables write it: R, W, RW or a dash; with an a where it must be authenticated. */
  @Override
  public String toString() {
    return letters;
  }
}
