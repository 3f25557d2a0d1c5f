package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/**
 * AARQ: a client asks for an association (Green Book 9.4.2.2).
 *
 * @param protocolVersion contents octets of the BIT STRING of ACSE versions offered; null for the
 *     default, version1
 * @param applicationContextName how objects will be referenced
 * @param authentication how the client authenticates itself; null if it does not, that is, lowest
 *     level security
 * @param userInformation the InitiateRequest, encoded; null if there is none
 */
public record AARQ(
    @Nullable Octets protocolVersion,
    ApplicationContextName applicationContextName,
    @Nullable Authentication authentication,
    @Nullable Octets userInformation)
    implements AcseApdu {

  /**
   * An AARQ that offers the default version of ACSE.
   *
   * @param applicationContextName how objects will be referenced
   * @param authentication how the client authenticates itself; null if it does not
   * @param userInformation the InitiateRequest, encoded; null if there is none
   */
  public AARQ(
      ApplicationContextName applicationContextName,
      @Nullable Authentication authentication,
      @Nullable Octets userInformation) {
    this(null, applicationContextName, authentication, userInformation);
  }

  /**
   * Whether version1, the only one there is, is among the versions offered.
   *
   * @return false if the client offers other versions only
   */
  public boolean offersVersion1() {
    return protocolVersion == null
        || (protocolVersion.length() > 1 && (protocolVersion.at(1) & 0x80) != 0);
  }

  /**
   * What an AARQ has for the authentication functional unit.
   *
   * @param functionalUnit whether sender-acse-requirements selects the functional unit; the other
   *     fields mean something only if it does
   * @param mechanismName the mechanism; null if the client names none
   * @param callingAuthenticationValue the password or challenge, a charstring; null if there is
   *     none
   */
  public record Authentication(
      boolean functionalUnit,
      @Nullable MechanismName mechanismName,
      @Nullable Octets callingAuthenticationValue) {
    /**
     * The usual case: the functional unit is selected.
     *
     * @param mechanismName the mechanism; null if the client names none
     * @param callingAuthenticationValue the password or challenge, a charstring; null if there is
     *     none
     */
    public Authentication(
        @Nullable MechanismName mechanismName, @Nullable Octets callingAuthenticationValue) {
      this(true, mechanismName, callingAuthenticationValue);
    }

    /** Not the authentication value, which may be a password. */
    @Override
    public String toString() {
      return "Authentication[functionalUnit="
          + functionalUnit
          + ", mechanismName="
          + mechanismName
          + "]";
    }
  }
}
