package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/**
 * AARE: a server answers an {@link AARQ} (Green Book 9.4.2, abstract syntax in 9.5).
 *
 * @param protocolVersion contents octets of the BIT STRING with the ACSE version that was chosen;
 *     null for the default, version1
 * @param applicationContextName how objects will be referenced
 * @param result whether the association is there
 * @param diagnostic why not
 * @param responding who the server is
 * @param authentication how the server authenticates itself; null if it does not
 * @param implementationInformation a GraphicString of the implementer's own; null if there is none
 * @param userInformation the InitiateResponse, or the ConfirmedServiceError that says why there is
 *     none, encoded; null if there is neither
 */
public record AARE(
    @Nullable Octets protocolVersion,
    ApplicationContextName applicationContextName,
    AssociationResult result,
    ResultSourceDiagnostic diagnostic,
    ApplicationEntity responding,
    @Nullable Authentication authentication,
    @Nullable Octets implementationInformation,
    @Nullable Octets userInformation)
    implements AcseApdu {

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the protocol-version is no BIT STRING
   */
  public AARE {
    if (protocolVersion != null) {
      BitStrings.require(protocolVersion);
    }
  }

  /**
   * An AARE of the default version of ACSE, without title, qualifier and invocation ids, from a
   * server that does not authenticate itself.
   *
   * @param applicationContextName how objects will be referenced
   * @param result whether the association is there
   * @param diagnostic why not
   * @param userInformation the InitiateResponse, or the ConfirmedServiceError that says why there
   *     is none, encoded; null if there is neither
   */
  public AARE(
      ApplicationContextName applicationContextName,
      AssociationResult result,
      ResultSourceDiagnostic diagnostic,
      @Nullable Octets userInformation) {
    this(
        null,
        applicationContextName,
        result,
        diagnostic,
        ApplicationEntity.UNNAMED,
        null,
        null,
        userInformation);
  }

  /**
   * The same AARE with the ACSE versions of the server.
   *
   * @param versions contents octets of the BIT STRING
   * @return a copy
   * @throws IllegalArgumentException if they are no BIT STRING
   */
  public AARE withProtocolVersion(Octets versions) {
    return new AARE(
        versions,
        applicationContextName,
        result,
        diagnostic,
        responding,
        authentication,
        implementationInformation,
        userInformation);
  }

  /**
   * The same AARE with the responding entity's fields.
   *
   * @param entity who the server is
   * @return a copy
   */
  public AARE withResponding(ApplicationEntity entity) {
    return new AARE(
        protocolVersion,
        applicationContextName,
        result,
        diagnostic,
        entity,
        authentication,
        implementationInformation,
        userInformation);
  }

  /**
   * The same AARE with an authentication of the server.
   *
   * @param ofServer mechanism and challenge
   * @return a copy
   */
  public AARE withAuthentication(Authentication ofServer) {
    return new AARE(
        protocolVersion,
        applicationContextName,
        result,
        diagnostic,
        responding,
        ofServer,
        implementationInformation,
        userInformation);
  }

  /**
   * The same AARE with implementation-information.
   *
   * @param information a GraphicString
   * @return a copy
   */
  public AARE withImplementationInformation(Octets information) {
    return new AARE(
        protocolVersion,
        applicationContextName,
        result,
        diagnostic,
        responding,
        authentication,
        information,
        userInformation);
  }

  /**
   * Whether version1, the only one there is, is the version of the answer.
   *
   * @return false if the server names other versions only
   */
  public boolean offersVersion1() {
    return protocolVersion == null || BitStrings.hasFirstBit(protocolVersion);
  }

  /**
   * What an AARE has for the authentication functional unit: at least one of its three fields.
   *
   * @param responderAcseRequirements contents octets of the BIT STRING of functional units, of
   *     which bit 0 is authentication; null if there is none
   * @param mechanismName the mechanism; null if the server names none
   * @param respondingAuthenticationValue the server's challenge; null if there is none
   */
  public record Authentication(
      @Nullable Octets responderAcseRequirements,
      @Nullable MechanismName mechanismName,
      @Nullable AuthenticationValue respondingAuthenticationValue) {
    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if all fields are null, or responder-acse-requirements is no
     *     BIT STRING
     */
    public Authentication {
      if (responderAcseRequirements != null) {
        BitStrings.require(responderAcseRequirements);
      } else if (mechanismName == null && respondingAuthenticationValue == null) {
        throw new IllegalArgumentException("an authentication without any field is null");
      }
    }

    /**
     * The usual case: the functional unit is selected, and the challenge is a charstring.
     *
     * @param mechanismName the mechanism
     * @param challenge the server's challenge
     */
    public Authentication(MechanismName mechanismName, Octets challenge) {
      this(BitStrings.FIRST_BIT, mechanismName, new AuthenticationValue.Charstring(challenge));
    }

    /**
     * Whether responder-acse-requirements selects the functional unit.
     *
     * @return true if bit 0 is set
     */
    public boolean functionalUnit() {
      return responderAcseRequirements != null && BitStrings.hasFirstBit(responderAcseRequirements);
    }
  }
}
