package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerWriter;

/** The fields of an AARQ (Green Book 9.5, AARQ-apdu). */
final class AarqCodec {
  private static final int CALLED_AP_TITLE = 0xA2;
  private static final int CALLED_AE_QUALIFIER = 0xA3;
  private static final int CALLED_AP_INVOCATION_ID = 0xA4;
  private static final int CALLED_AE_INVOCATION_ID = 0xA5;
  private static final int CALLING_AP_TITLE = 0xA6;
  private static final int CALLING_AE_QUALIFIER = 0xA7;
  private static final int CALLING_AP_INVOCATION_ID = 0xA8;
  private static final int CALLING_AE_INVOCATION_ID = 0xA9;
  private static final int SENDER_ACSE_REQUIREMENTS = 0x8A;
  private static final int MECHANISM_NAME = 0x8B;
  private static final int CALLING_AUTHENTICATION_VALUE = 0xAC;

  private AarqCodec() {}

  static AARQ decode(AcseFields fields) {
    Octets protocolVersion = null;
    ApplicationContextName context = null;
    ApplicationEntity called = ApplicationEntity.UNNAMED;
    ApplicationEntity calling = ApplicationEntity.UNNAMED;
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
        case CALLED_AP_TITLE -> called = called.withApTitle(fields.octetString(tag));
        case CALLED_AE_QUALIFIER -> called = called.withAeQualifier(fields.octetString(tag));
        case CALLED_AP_INVOCATION_ID -> called = called.withApInvocationId(fields.integer(tag));
        case CALLED_AE_INVOCATION_ID -> called = called.withAeInvocationId(fields.integer(tag));
        case CALLING_AP_TITLE -> calling = calling.withApTitle(fields.octetString(tag));
        case CALLING_AE_QUALIFIER -> calling = calling.withAeQualifier(fields.octetString(tag));
        case CALLING_AP_INVOCATION_ID -> calling = calling.withApInvocationId(fields.integer(tag));
        case CALLING_AE_INVOCATION_ID -> calling = calling.withAeInvocationId(fields.integer(tag));
        case SENDER_ACSE_REQUIREMENTS -> requirements = fields.bits(tag);
        case MECHANISM_NAME -> mechanism = fields.implicitMechanismName(tag);
        case CALLING_AUTHENTICATION_VALUE -> value = fields.authenticationValue(tag);
        case AcseFields.IMPLEMENTATION_INFORMATION ->
            implementationInformation = fields.primitive(tag);
        case AcseFields.USER_INFORMATION -> userInformation = fields.octetString(tag);
        default -> throw fields.unknown();
      }
    }
    if (context == null) {
      throw fields.malformed("AARQ has no application-context-name");
    }
    // An authentication without its functional unit, or the reverse, is for the association to
    // judge.
    AARQ.Authentication authentication =
        requirements != null || mechanism != null || value != null
            ? new AARQ.Authentication(requirements, mechanism, value)
            : null;
    return new AARQ(
        protocolVersion,
        context,
        called,
        calling,
        authentication,
        implementationInformation,
        userInformation);
  }

  static void encode(BerWriter fields, AARQ aarq) {
    AcseFields.writeBits(fields, AcseFields.PROTOCOL_VERSION, aarq.protocolVersion());
    AcseFields.writeApplicationContextName(fields, aarq.applicationContextName());
    ApplicationEntity called = aarq.called();
    AcseFields.writeOctetString(fields, CALLED_AP_TITLE, called.apTitle());
    AcseFields.writeOctetString(fields, CALLED_AE_QUALIFIER, called.aeQualifier());
    AcseFields.writeInteger(fields, CALLED_AP_INVOCATION_ID, called.apInvocationId());
    AcseFields.writeInteger(fields, CALLED_AE_INVOCATION_ID, called.aeInvocationId());
    ApplicationEntity calling = aarq.calling();
    AcseFields.writeOctetString(fields, CALLING_AP_TITLE, calling.apTitle());
    AcseFields.writeOctetString(fields, CALLING_AE_QUALIFIER, calling.aeQualifier());
    AcseFields.writeInteger(fields, CALLING_AP_INVOCATION_ID, calling.apInvocationId());
    AcseFields.writeInteger(fields, CALLING_AE_INVOCATION_ID, calling.aeInvocationId());
    AARQ.Authentication authentication = aarq.authentication();
    if (authentication != null) {
      AcseFields.writeBits(
          fields, SENDER_ACSE_REQUIREMENTS, authentication.senderAcseRequirements());
      AcseFields.writeMechanismName(fields, MECHANISM_NAME, authentication.mechanismName());
      AcseFields.writeAuthenticationValue(
          fields, CALLING_AUTHENTICATION_VALUE, authentication.authenticationValue());
    }
    AcseFields.writeImplementationInformation(fields, aarq.implementationInformation());
    AcseFields.writeOctetString(fields, AcseFields.USER_INFORMATION, aarq.userInformation());
  }
}
