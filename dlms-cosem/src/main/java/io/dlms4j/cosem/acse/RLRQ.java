package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * RLRQ: a client asks to release the association (Green Book 9.4.5, abstract syntax in 9.5).
 *
 * @param reason why; null if it does not say
 * @param userInformation the InitiateRequest, encoded and protected: sent where the association is
 *     ciphered; null if there is none
 */
public record RLRQ(@Nullable Reason reason, @Nullable Octets userInformation) implements AcseApdu {
  /** Release-request-reason. */
  public enum Reason {
    /** There is nothing more to ask. */
    NORMAL(0, "normal"),
    /** The association must end now. */
    URGENT(1, "urgent"),
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
