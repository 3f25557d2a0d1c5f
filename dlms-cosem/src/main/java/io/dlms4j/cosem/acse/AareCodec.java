package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.ber.BerReader;
import io.dlms4j.ber.BerWriter;

/** The fields of an AARE (Green Book 9.5, AARE-apdu). */
final class AareCodec {
  private static final int RESULT = 0xA2;
  private static final int RESULT_SOURCE_DIAGNOSTIC = 0xA3;
  private static final int RESPONDING_AP_TITLE = 0xA4;
  private static final int RESPONDING_AE_QUALIFIER = 0xA5;
  private static final int RESPONDING_AP_INVOCATION_ID = 0xA6;
  private static final int RESPONDING_AE_INVOCATION_ID = 0xA7;
  private static final int RESPONDER_ACSE_REQUIREMENTS = 0x88;
  private static final int MECHANISM_NAME = 0x89;
  private static final int RESPONDING_AUTHENTICATION_VALUE = 0xAA;

  private static final int ACSE_SERVICE_USER = 0xA1;
  private static final int ACSE_SERVICE_PROVIDER = 0xA2;

  private AareCodec() {}

  static AARE decode(AcseFields fields) {
    Octets protocolVersion = null;
    ApplicationContextName context = null;
    AssociationResult result = null;
    ResultSourceDiagnostic diagnostic = null;
    ApplicationEntity responding = ApplicationEntity.UNNAMED;
    Octets requirements = null;
    MechanismName mechanism = null;
    AuthenticationValue value = null;
    Octets implementationInformation = null;
    Octets userInformation = null;
    while (fields.hasNext()) {
      int tag = fields.next();
      switch (tag) {
        case AcseFields.PROTOCOL_VERSION -> protocolVersion = fields.bits(tag);
        case AcseFields.APPLICATION_CONTEXT_NAME -> context = fields.applicationContextName();
        case RESULT -> result = readResult(fields.open(tag));
        case RESULT_SOURCE_DIAGNOSTIC -> diagnostic = readDiagnostic(fields.open(tag));
        case RESPONDING_AP_TITLE -> responding = responding.withApTitle(fields.octetString(tag));
        case RESPONDING_AE_QUALIFIER ->
            responding = responding.withAeQualifier(fields.octetString(tag));
        case RESPONDING_AP_INVOCATION_ID ->
            responding = responding.withApInvocationId(fields.integer(tag));
        case RESPONDING_AE_INVOCATION_ID ->
            responding = responding.withAeInvocationId(fields.integer(tag));
        case RESPONDER_ACSE_REQUIREMENTS -> requirements = fields.bits(tag);
        case MECHANISM_NAME -> mechanism = fields.implicitMechanismName(tag);
        case RESPONDING_AUTHENTICATION_VALUE -> value = fields.authenticationValue(tag);
        case AcseFields.IMPLEMENTATION_INFORMATION ->
            implementationInformation = fields.primitive(tag);
        case AcseFields.USER_INFORMATION -> userInformation = fields.octetString(tag);
        default -> throw fields.unknown();
      }
    }
    if (context == null || result == null || diagnostic == null) {
      throw fields.malformed(
          "AARE lacks its application-context-name, result or result-source-diagnostic");
    }
    AARE.Authentication authentication =
        requirements != null || mechanism != null || value != null
            ? new AARE.Authentication(requirements, mechanism, value)
            : null;
    return new AARE(
        protocolVersion,
        context,
        result,
        diagnostic,
        responding,
        authentication,
        implementationInformation,
        userInformation);
  }

  private static AssociationResult readResult(BerReader inner) {
    int at = inner.position();
    long code = AcseFields.integerIn(inner, "result");
    return AssociationResult.ofCode(code)
        .orElseThrow(
            () -> new BerException(at, "result " + code + " is not defined", AcseFields.CLAUSE));
  }

  private static ResultSourceDiagnostic readDiagnostic(BerReader choice) {
    int tag = choice.peekTag();
    ResultSourceDiagnostic.Source source =
        switch (tag) {
          case ACSE_SERVICE_USER -> ResultSourceDiagnostic.Source.ACSE_SERVICE_USER;
          case ACSE_SERVICE_PROVIDER -> ResultSourceDiagnostic.Source.ACSE_SERVICE_PROVIDER;
          default ->
              throw choice.malformed(
                  "result-source-diagnostic has no such choice", AcseFields.CLAUSE);
        };
    BerReader inner = choice.readConstructed(tag);
    int at = inner.position();
    long code = AcseFields.integerIn(inner, "diagnostic");
    // A diagnostic that no edition of the book knows is still a refusal that a client can report.
    if (code < 0 || code > 255) {
      throw new BerException(at, "diagnostic " + code + " is not within 0..255", AcseFields.CLAUSE);
    }
    choice.expectEnd("result-source-diagnostic");
    return new ResultSourceDiagnostic(source, (int) code);
  }

  static void encode(BerWriter fields, AARE aare) {
    AcseFields.writeBits(fields, AcseFields.PROTOCOL_VERSION, aare.protocolVersion());
    AcseFields.writeApplicationContextName(fields, aare.applicationContextName());
    AcseFields.writeInteger(fields, RESULT, (long) aare.result().code());
    ResultSourceDiagnostic diagnostic = aare.diagnostic();
    fields.writeConstructed(
        RESULT_SOURCE_DIAGNOSTIC,
        choice ->
            AcseFields.writeInteger(
                choice, 0xA0 | diagnostic.source().tag(), (long) diagnostic.code()));
    ApplicationEntity responding = aare.responding();
    AcseFields.writeOctetString(fields, RESPONDING_AP_TITLE, responding.apTitle());
    AcseFields.writeOctetString(fields, RESPONDING_AE_QUALIFIER, responding.aeQualifier());
    AcseFields.writeInteger(fields, RESPONDING_AP_INVOCATION_ID, responding.apInvocationId());
    AcseFields.writeInteger(fields, RESPONDING_AE_INVOCATION_ID, responding.aeInvocationId());
    AARE.Authentication authentication = aare.authentication();
    if (authentication != null) {
      AcseFields.writeBits(
          fields, RESPONDER_ACSE_REQUIREMENTS, authentication.responderAcseRequirements());
      AcseFields.writeMechanismName(fields, MECHANISM_NAME, authentication.mechanismName());
      AcseFields.writeAuthenticationValue(
          fields, RESPONDING_AUTHENTICATION_VALUE, authentication.respondingAuthenticationValue());
    }
    AcseFields.writeImplementationInformation(fields, aare.implementationInformation());
    AcseFields.writeOctetString(fields, AcseFields.USER_INFORMATION, aare.userInformation());
  }
}
