package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/**
 * AARQ: a client asks for an association (Green Book 9.4.2, abstract syntax in 9.5).
 *
 * @param protocolVersion contents octets of the BIT STRING of ACSE versions offered; null for the
 *     default, version1
 * @param applicationContextName how objects will be referenced
 * @param called whom the client calls
 * @param calling who the client is
 * @param authentication how the client authenticates itself; null if it does not, that is, lowest
 *     level security
 * @param implementationInformation a GraphicString of the implementer's own; null if there is none
 * @param userInformation the InitiateRequest, encoded; null if there is none
 */
public record AARQ(
    @Nullable Octets protocolVersion,
    ApplicationContextName applicationContextName,
    ApplicationEntity called,
    ApplicationEntity calling,
    @Nullable Authentication authentication,
    @Nullable Octets implementationInformation,
    @Nullable Octets userInformation)
    implements AcseApdu {

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the protocol-version is no BIT STRING
   */
  public AARQ {
    if (protocolVersion != null) {
      BitStrings.require(protocolVersion);
    }
  }

  /**
   * An AARQ without titles, qualifiers and invocation ids.
   *
   * @param protocolVersion contents octets of the BIT STRING of ACSE versions offered; null for the
   *     default, version1
   * @param applicationContextName how objects will be referenced
   * @param authentication how the client authenticates itself; null if it does not
   * @param userInformation the InitiateRequest, encoded; null if there is none
   */
  public AARQ(
      @Nullable Octets protocolVersion,
      ApplicationContextName applicationContextName,
      @Nullable Authentication authentication,
      @Nullable Octets userInformation) {
    this(
        protocolVersion,
        applicationContextName,
        ApplicationEntity.UNNAMED,
        ApplicationEntity.UNNAMED,
        authentication,
        null,
        userInformation);
  }

  /**
   * An AARQ that offers the default version of ACSE, without titles, qualifiers and invocation ids.
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
   * The same AARQ with the called entity's fields.
   *
   * @param entity whom the client calls
   * @return a copy
   */
  public AARQ withCalled(ApplicationEntity entity) {
    return new AARQ(
        protocolVersion,
        applicationContextName,
        entity,
        calling,
        authentication,
        implementationInformation,
        userInformation);
  }

  /**
   * The same AARQ with the calling entity's fields.
   *
   * @param entity who the client is
   * @return a copy
   */
  public AARQ withCalling(ApplicationEntity entity) {
    return new AARQ(
        protocolVersion,
        applicationContextName,
        called,
        entity,
        authentication,
        implementationInformation,
        userInformation);
  }

  /**
   * The same AARQ with implementation-information.
   *
   * @param information a GraphicString
   * @return a copy
   */
  public AARQ withImplementationInformation(Octets information) {
    return new AARQ(
        protocolVersion,
        applicationContextName,
        called,
        calling,
        authentication,
        information,
        userInformation);
  }

  /**
   * Whether version1, the only one there is, is among the versions offered.
   *
   * @return false if the client offers other versions only
   */
  public boolean offersVersion1() {
    return protocolVersion == null || BitStrings.hasFirstBit(protocolVersion);
  }

  /**
   * What an AARQ has for the authentication functional unit: at least one of its three fields.
   *
   * @param senderAcseRequirements contents octets of the BIT STRING of functional units, of which
   *     bit 0 is authentication; null if there is none
   * @param mechanismName the mechanism; null if the client names none
   * @param authenticationValue calling-authentication-value, the password or challenge; null if
   *     there is none
   */
  public record Authentication(
      @Nullable Octets senderAcseRequirements,
      @Nullable MechanismName mechanismName,
      @Nullable AuthenticationValue authenticationValue) {
    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if all fields are null, or sender-acse-requirements is no
     *     BIT STRING
     */
    public Authentication {
      if (senderAcseRequirements != null) {
        BitStrings.require(senderAcseRequirements);
      } else if (mechanismName == null && authenticationValue == null) {
        throw new IllegalArgumentException("an authentication without any field is null");
      }
    }

    /**
     * With a charstring, as DLMS sends every password and challenge.
     *
     * @param functionalUnit whether sender-acse-requirements selects the functional unit; if not,
     *     the field is left out
     * @param mechanismName the mechanism; null if the client names none
     * @param charstring the password or challenge; null if there is none
     * @throws IllegalArgumentException if nothing is said at all
     */
    public Authentication(
        boolean functionalUnit,
        @Nullable MechanismName mechanismName,
        @Nullable Octets charstring) {
      this(
          functionalUnit ? BitStrings.FIRST_BIT : null,
          mechanismName,
          charstring == null ? null : new AuthenticationValue.Charstring(charstring));
    }

    /**
     * The usual case: the functional unit is selected, and the value is a charstring.
     *
     * @param mechanismName the mechanism; null if the client names none
     * @param charstring the password or challenge; null if there is none
     */
    public Authentication(@Nullable MechanismName mechanismName, @Nullable Octets charstring) {
      this(true, mechanismName, charstring);
    }

    /**
     * Whether sender-acse-requirements selects the functional unit; the other fields mean something
     * only if it does.
     *
     * @return true if bit 0 is set
     */
    public boolean functionalUnit() {
      return senderAcseRequirements != null && BitStrings.hasFirstBit(senderAcseRequirements);
    }

    /**
     * The password or challenge, in the form that DLMS sends.
     *
     * @return the octets of a charstring; null if there is no value, or one of another choice
     */
    public @Nullable Octets callingAuthenticationValue() {
      return authenticationValue instanceof AuthenticationValue.Charstring charstring
          ? charstring.octets()
          : null;
    }
  }
}
