package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * RLRE: a server answers an {@link RLRQ} (Green Book 9.4.5, abstract syntax in 9.5).
 *
 * @param reason why; null if it does not say
 * @param userInformation the InitiateResponse, encoded and protected: sent where the association is
 *     ciphered; null if there is none
 */
public record RLRE(@Nullable Reason reason, @Nullable Octets userInformation) implements AcseApdu {
  /** Release-response-reason. */
  public enum Reason {
    /** The association is released. */
    NORMAL(0, "normal"),
    /** The server has not finished what it was asked. */
    NOT_FINISHED(1, "not-finished"),
    /** A reason of the application's own. */
    USER_DEFINED(30, "user-defined");

    private final int code;
    private final String standardName;

    Reason(int code, String standardName) {
      this.code = code;
      this.standardName = standardName;
    }

    /**
     * The code on the wire.
     *
     * @return 0, 1 or 30
     */
    public int code() {
      return code;
    }

    /**
     * Finds a reason by its code.
     *
     * @param code any number
     * @return the reason, or nothing
     */
    public static Optional<Reason> ofCode(long code) {
      for (Reason reason : values()) {
        if (reason.code == code) {
          return Optional.of(reason);
        }
      }
      return Optional.empty();
    }

    /** The name in the standard. */
    @Override
    public String toString() {
      return standardName;
    }
  }
}
