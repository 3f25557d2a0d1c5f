package io.dlms4j.cosem.acse;

import java.util.List;

/**
 * Result-source-diagnostic of an AARE: who refused, and why (Green Book 9.4.2).
 *
 * @param source which part of the server speaks
 * @param code its diagnostic, 0..255
 */
public record ResultSourceDiagnostic(Source source, int code) {
  /** Nothing to complain of. */
  public static final ResultSourceDiagnostic NULL = serviceUser(0);

  /** No reason given. */
  public static final ResultSourceDiagnostic NO_REASON_GIVEN = serviceUser(1);

  /** The application context name is not supported. */
  public static final ResultSourceDiagnostic APPLICATION_CONTEXT_NAME_NOT_SUPPORTED =
      serviceUser(2);

  /** The calling AP-title is not recognized. */
  public static final ResultSourceDiagnostic CALLING_AP_TITLE_NOT_RECOGNIZED = serviceUser(3);

  /** The calling AP-invocation-identifier is not recognized. */
  public static final ResultSourceDiagnostic CALLING_AP_INVOCATION_IDENTIFIER_NOT_RECOGNIZED =
      serviceUser(4);

  /** The calling AE-qualifier is not recognized. */
  public static final ResultSourceDiagnostic CALLING_AE_QUALIFIER_NOT_RECOGNIZED = serviceUser(5);

  /** The calling AE-invocation-identifier, that is, the client user, is not recognized. */
  public static final ResultSourceDiagnostic CALLING_AE_INVOCATION_IDENTIFIER_NOT_RECOGNIZED =
      serviceUser(6);

  /** The called AP-title is not recognized. */
  public static final ResultSourceDiagnostic CALLED_AP_TITLE_NOT_RECOGNIZED = serviceUser(7);

  /** The called AP-invocation-identifier is not recognized. */
  public static final ResultSourceDiagnostic CALLED_AP_INVOCATION_IDENTIFIER_NOT_RECOGNIZED =
      serviceUser(8);

  /** The called AE-qualifier is not recognized. */
  public static final ResultSourceDiagnostic CALLED_AE_QUALIFIER_NOT_RECOGNIZED = serviceUser(9);

  /** The called AE-invocation-identifier is not recognized. */
  public static final ResultSourceDiagnostic CALLED_AE_INVOCATION_IDENTIFIER_NOT_RECOGNIZED =
      serviceUser(10);

  /** The authentication mechanism name is not recognised. */
  public static final ResultSourceDiagnostic AUTHENTICATION_MECHANISM_NAME_NOT_RECOGNISED =
      serviceUser(11);

  /** An authentication mechanism name is required. */
  public static final ResultSourceDiagnostic AUTHENTICATION_MECHANISM_NAME_REQUIRED =
      serviceUser(12);

  /** The authentication failed. */
  public static final ResultSourceDiagnostic AUTHENTICATION_FAILURE = serviceUser(13);

  /** Authentication is required. */
  public static final ResultSourceDiagnostic AUTHENTICATION_REQUIRED = serviceUser(14);

  /** The provider has nothing to complain of. */
  public static final ResultSourceDiagnostic PROVIDER_NULL =
      new ResultSourceDiagnostic(Source.ACSE_SERVICE_PROVIDER, 0);

  /** The provider gives no reason. */
  public static final ResultSourceDiagnostic PROVIDER_NO_REASON_GIVEN =
      new ResultSourceDiagnostic(Source.ACSE_SERVICE_PROVIDER, 1);

  /** The parties have no version of ACSE in common. */
  public static final ResultSourceDiagnostic NO_COMMON_ACSE_VERSION =
      new ResultSourceDiagnostic(Source.ACSE_SERVICE_PROVIDER, 2);

  private static final List<String> USER_NAMES =
      List.of(
          "null",
          "no-reason-given",
          "application-context-name-not-supported",
          "calling-AP-title-not-recognized",
          "calling-AP-invocation-identifier-not-recognized",
          "calling-AE-qualifier-not-recognized",
          "calling-AE-invocation-identifier-not-recognized",
          "called-AP-title-not-recognized",
          "called-AP-invocation-identifier-not-recognized",
          "called-AE-qualifier-not-recognized",
          "called-AE-invocation-identifier-not-recognized",
          "authentication-mechanism-name-not-recognised",
          "authentication-mechanism-name-required",
          "authentication-failure (wrong password, secret or key?)",
          "authentication-required");

  private static final List<String> PROVIDER_NAMES =
      List.of("null", "no-reason-given", "no-common-acse-version");

  /** The part of the server that speaks. */
  public enum Source {
    /** The application. */
    ACSE_SERVICE_USER(1),
    /** The ACSE layer itself. */
    ACSE_SERVICE_PROVIDER(2);

    private final int tag;

    Source(int tag) {
      this.tag = tag;
    }

    /**
     * The number of the CHOICE on the wire.
     *
     * @return 1 or 2
     */
    public int tag() {
      return tag;
    }
  }

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the code is not within 0..255
   */
  public ResultSourceDiagnostic {
    if (code < 0 || code > 255) {
      throw new IllegalArgumentException("diagnostic " + code + " is not within 0..255");
    }
  }

  private static ResultSourceDiagnostic serviceUser(int code) {
    return new ResultSourceDiagnostic(Source.ACSE_SERVICE_USER, code);
  }

  /** The diagnostic in the standard's words. */
  @Override
  public String toString() {
    boolean user = source == Source.ACSE_SERVICE_USER;
    List<String> names = user ? USER_NAMES : PROVIDER_NAMES;
    return (user ? "acse-service-user: " : "acse-service-provider: ")
        + (code < names.size() ? names.get(code) : "diagnostic " + code);
  }
}
