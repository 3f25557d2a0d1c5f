package io.dlms4j.cosem.apdu;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exception-Response: the server could not process an APDU at all (Green Book 9.4.6.1, 9.5).
 *
 * @param stateError what it says of the state or the service
 * @param serviceError why
 * @param invocationCounter of {@link ServiceError#INVOCATION_COUNTER_ERROR}, and of no other: the
 *     invocation counter that the server expects, 0..2^32-1
 */
public record ExceptionResponse(
    StateError stateError, ServiceError serviceError, @Nullable Long invocationCounter)
    implements Apdu {

  /** state-error. */
  public enum StateError {
    /** The service is not allowed now, or in this association. */
    SERVICE_NOT_ALLOWED(1, "service-not-allowed"),
    /** The server does not know the service. */
    SERVICE_UNKNOWN(2, "service-unknown");

    private final int code;
    private final String standardName;

    StateError(int code, String standardName) {
      this.code = code;
      this.standardName = standardName;
    }

    /**
     * The code on the wire.
     *
     * @return 1 or 2
     */
    public int code() {
      return code;
    }

    static Optional<StateError> ofCode(int code) {
      return code >= 1 && code <= values().length
          ? Optional.of(values()[code - 1])
          : Optional.empty();
    }

    /** The name in the standard. */
    @Override
    public String toString() {
      return standardName;
    }
  }

  /** service-error. */
  public enum ServiceError {
    /** It cannot be done. */
    OPERATION_NOT_POSSIBLE(1, "operation-not-possible"),
    /** The service is not supported. */
    SERVICE_NOT_SUPPORTED(2, "service-not-supported"),
    /** Anything else. */
    OTHER_REASON(3, "other-reason"),
    /** The APDU is too long. */
    PDU_TOO_LONG(4, "pdu-too-long"),
    /** The APDU could not be deciphered. */
    DECIPHERING_ERROR(5, "deciphering-error"),
    /** The invocation counter is not above the last one; the only one that carries a value. */
    INVOCATION_COUNTER_ERROR(6, "invocation-counter-error");

    private final int code;
    private final String standardName;

    ServiceError(int code, String standardName) {
      this.code = code;
      this.standardName = standardName;
    }

    /**
     * The code on the wire.
     *
     * @return 1..6
     */
    public int code() {
      return code;
    }

    static Optional<ServiceError> ofCode(int code) {
      return code >= 1 && code <= values().length
          ? Optional.of(values()[code - 1])
          : Optional.empty();
    }

    /** The name in the standard. */
    @Override
    public String toString() {
      return standardName;
    }
  }

  /**
   * Checks that there is an invocation counter where one belongs, and only there.
   *
   * @throws IllegalArgumentException if it is missing, too much, or no Unsigned32
   */
  public ExceptionResponse {
    if ((serviceError == ServiceError.INVOCATION_COUNTER_ERROR) != (invocationCounter != null)) {
      throw new IllegalArgumentException(
          serviceError + " with invocation counter " + invocationCounter);
    }
    if (invocationCounter != null && (invocationCounter < 0 || invocationCounter > 0xFFFF_FFFFL)) {
      throw new IllegalArgumentException(
          "invocation counter " + invocationCounter + " is no Unsigned32");
    }
  }

  /**
   * An answer without an invocation counter.
   *
   * @param stateError what it says of the state or the service
   * @param serviceError why; not {@link ServiceError#INVOCATION_COUNTER_ERROR}
   * @throws IllegalArgumentException if the service-error needs an invocation counter
   */
  public ExceptionResponse(StateError stateError, ServiceError serviceError) {
    this(stateError, serviceError, null);
  }

  /** The errors, in the standard's words. */
  @Override
  public String toString() {
    return "exception-response "
        + stateError
        + ", "
        + serviceError
        + (invocationCounter == null ? "" : " " + invocationCounter);
  }
}
