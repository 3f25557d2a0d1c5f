package io.dlms4j.cosem.apdu;

/**
 * ConfirmedServiceError: a confirmed service failed before it had a result (Green Book 9.5). In an
 * AARE it says why the xDLMS context was not accepted.
 *
 * <p>Numbers that the standard does not know are taken, too: an error that nobody can name still is
 * one.
 *
 * @param service the CHOICE of the service; the standard has 1..19, of which COSEM uses {@link
 *     #INITIATE_SERVICE}, {@link #READ_SERVICE} and {@link #WRITE_SERVICE}; 0..255
 * @param error the CHOICE of the ServiceError; the standard has 0..10; 0..255
 * @param value its value, 0..255
 */
public record ConfirmedServiceError(int service, int error, int value) implements Apdu {
  /** The CHOICE of the Initiate service. */
  public static final int INITIATE_SERVICE = 1;

  /** The CHOICE of the Read service. */
  public static final int READ_SERVICE = 5;

  /** The CHOICE of the Write service. */
  public static final int WRITE_SERVICE = 6;

  /** The CHOICE of Initiate's errors. */
  public static final int INITIATE_ERROR = 6;

  /** Why an xDLMS context is not accepted. */
  public enum InitiateError {
    /** Anything else. */
    OTHER(0, "other"),
    /** The client's version of DLMS is too low. */
    DLMS_VERSION_TOO_LOW(1, "dlms-version-too-low"),
    /** Client and server have no service in common. */
    INCOMPATIBLE_CONFORMANCE(2, "incompatible-conformance"),
    /** The client's PDU size is too short to work with. */
    PDU_SIZE_TOO_SHORT(3, "pdu-size-too-short"),
    /** The server does not want to. */
    REFUSED_BY_THE_VDE_HANDLER(4, "refused-by-the-VDE-Handler");

    private final int code;
    private final String standardName;

    InitiateError(int code, String standardName) {
      this.code = code;
      this.standardName = standardName;
    }

    /**
     * The code on the wire.
     *
     * @return 0..4
     */
    public int code() {
      return code;
    }

    /** The name in the standard. */
    @Override
    public String toString() {
      return standardName;
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a part has no wire form
   */
  public ConfirmedServiceError {
    if ((service | error | value) < 0 || service > 255 || error > 255 || value > 255) {
      throw new IllegalArgumentException("a part of the ConfirmedServiceError is no octet");
    }
  }

  /**
   * The error of the Initiate service.
   *
   * @param reason why
   * @return the APDU
   */
  public static ConfirmedServiceError ofInitiate(InitiateError reason) {
    return new ConfirmedServiceError(INITIATE_SERVICE, INITIATE_ERROR, reason.code());
  }

  /**
   * What the standard calls the service.
   *
   * @return its name, as {@code initiateError} or {@code read}; {@code service 99} if it has none
   */
  public String serviceName() {
    return ServiceErrors.service(service);
  }

  /**
   * What the standard calls the error.
   *
   * @return its name, as {@code access}; {@code error 99} if it has none
   */
  public String errorName() {
    return ServiceErrors.error(error);
  }

  /**
   * What the standard calls the error's value.
   *
   * @return its name, as {@code object-unavailable}; {@code value 99} if it has none
   */
  public String valueName() {
    return ServiceErrors.value(error, value);
  }

  /** The error in the standard's words, and in numbers where it has no words for them. */
  @Override
  public String toString() {
    return "confirmedServiceError " + serviceName() + ", " + errorName() + ": " + valueName();
  }
}
