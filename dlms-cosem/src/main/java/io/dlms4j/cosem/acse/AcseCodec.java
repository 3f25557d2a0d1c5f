package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.ber.BerReader;
import io.dlms4j.ber.BerWriter;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes ACSE APDUs, in BER with definite lengths (Green Book 9.4.2.2, abstract syntax in
 * 9.5).
 */
public final class AcseCodec {
  /** Tag of an AARQ. */
  public static final int AARQ_TAG = 0x60;

  /** Tag of an AARE. */
  public static final int AARE_TAG = 0x61;

  private static final String CLAUSE = "Green Book 9.4.2.2";

  private static final int PROTOCOL_VERSION = 0x80;
  private static final int APPLICATION_CONTEXT_NAME = 0xA1;
  private static final int USER_INFORMATION = 0xBE;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;

  private static final int SENDER_ACSE_REQUIREMENTS = 0x8A;
  private static final int CALLING_MECHANISM_NAME = 0x8B;
  private static final int CALLING_AUTHENTICATION_VALUE = 0xAC;
  private static final int CHARSTRING = 0x80;

  private static final int RESULT = 0xA2;
  private static final int RESULT_SOURCE_DIAGNOSTIC = 0xA3;

  /** BIT STRING of which bit 0, version1 or authentication, is set: seven unused bits. */
  private static final Octets FIRST_BIT = Octets.of(0x07, 0x80);

  private AcseCodec() {}

  /**
   * Reads an APDU.
   *
   * @param apdu the whole of it
   * @return an AARQ or AARE
   * @throws BerException if the octets are neither
   */
  public static AcseApdu decode(Octets apdu) {
    BerReader reader = BerReader.of(apdu);
    AcseApdu decoded =
        switch (reader.peekTag()) {
          case AARQ_TAG -> decodeAarq(reader.readConstructed(AARQ_TAG));
          case AARE_TAG -> decodeAare(reader.readConstructed(AARE_TAG));
          default -> throw reader.malformed("tag is neither AARQ (60) nor AARE (61)", CLAUSE);
        };
    reader.expectEnd("ACSE APDU");
    return decoded;
  }

  private static AARQ decodeAarq(BerReader fields) {
    Fields order = new Fields(fields);
    Octets protocolVersion = null;
    ApplicationContextName context = null;
    boolean functionalUnit = false;
    MechanismName mechanism = null;
    Octets value = null;
    Octets userInformation = null;
    while (fields.hasRemaining()) {
      switch (order.next()) {
        case PROTOCOL_VERSION -> protocolVersion = fields.readBitString(PROTOCOL_VERSION);
        case APPLICATION_CONTEXT_NAME -> context = readApplicationContextName(fields);
        case SENDER_ACSE_REQUIREMENTS -> {
          Octets bits = fields.readBitString(SENDER_ACSE_REQUIREMENTS);
          functionalUnit = bits.length() > 1 && (bits.at(1) & 0x80) != 0;
        }
        case CALLING_MECHANISM_NAME ->
            mechanism = new MechanismName(fields.readObjectIdentifier(CALLING_MECHANISM_NAME));
        case CALLING_AUTHENTICATION_VALUE -> {
          BerReader choice = fields.readConstructed(CALLING_AUTHENTICATION_VALUE);
          value = choice.readPrimitive(CHARSTRING);
          choice.expectEnd("calling-authentication-value");
        }
        case USER_INFORMATION -> userInformation = readUserInformation(fields);
        default -> fields.skip();
      }
    }
    if (context == null) {
      throw fields.malformed("AARQ has no application-context-name", CLAUSE);
    }
    // An authentication without its functional unit, or the reverse, is for the association to
    // judge.
    AARQ.Authentication authentication =
        functionalUnit || mechanism != null || value != null
            ? new AARQ.Authentication(functionalUnit, mechanism, value)
            : null;
    return new AARQ(protocolVersion, context, authentication, userInformation);
  }

  private static AARE decodeAare(BerReader fields) {
    Fields order = new Fields(fields);
    ApplicationContextName context = null;
    AssociationResult result = null;
    ResultSourceDiagnostic diagnostic = null;
    Octets userInformation = null;
    while (fields.hasRemaining()) {
      switch (order.next()) {
        case APPLICATION_CONTEXT_NAME -> context = readApplicationContextName(fields);
        case RESULT -> {
          BerReader inner = fields.readConstructed(RESULT);
          int at = inner.position();
          long code = inner.readInteger(INTEGER);
          inner.expectEnd("result");
          result =
              AssociationResult.ofCode(code)
                  .orElseThrow(
                      () -> new BerException(at, "result " + code + " is not defined", CLAUSE));
        }
        case RESULT_SOURCE_DIAGNOSTIC ->
            diagnostic = readDiagnostic(fields.readConstructed(RESULT_SOURCE_DIAGNOSTIC));
        case USER_INFORMATION -> userInformation = readUserInformation(fields);
        default -> fields.skip();
      }
    }
    if (context == null || result == null || diagnostic == null) {
      throw fields.malformed(
          "AARE lacks its application-context-name, result or result-source-diagnostic", CLAUSE);
    }
    return new AARE(context, result, diagnostic, userInformation);
  }

  private static ResultSourceDiagnostic readDiagnostic(BerReader choice) {
    int tag = choice.peekTag();
    ResultSourceDiagnostic.Source source =
        switch (tag) {
          case 0xA1 -> ResultSourceDiagnostic.Source.ACSE_SERVICE_USER;
          case 0xA2 -> ResultSourceDiagnostic.Source.ACSE_SERVICE_PROVIDER;
          default -> throw choice.malformed("result-source-diagnostic has no such choice", CLAUSE);
        };
    BerReader inner = choice.readConstructed(tag);
    int at = inner.position();
    long code = inner.readInteger(INTEGER);
    if (code < 0 || code > 255) {
      throw new BerException(at, "diagnostic " + code + " is not within 0..255", CLAUSE);
    }
    inner.expectEnd("diagnostic");
    choice.expectEnd("result-source-diagnostic");
    return new ResultSourceDiagnostic(source, (int) code);
  }

  private static ApplicationContextName readApplicationContextName(BerReader fields) {
    BerReader inner = fields.readConstructed(APPLICATION_CONTEXT_NAME);
    Octets name = inner.readObjectIdentifier(OBJECT_IDENTIFIER);
    inner.expectEnd("application-context-name");
    return new ApplicationContextName(name);
  }

  private static Octets readUserInformation(BerReader fields) {
    BerReader inner = fields.readConstructed(USER_INFORMATION);
    Octets octets = inner.readPrimitive(OCTET_STRING);
    inner.expectEnd("user-information");
    return octets;
  }

  /**
   * Writes an APDU.
   *
   * @param apdu an AARQ or AARE
   * @return its octets
   */
  public static Octets encode(AcseApdu apdu) {
    BerWriter writer = new BerWriter();
    if (apdu instanceof AARQ aarq) {
      writer.writeConstructed(AARQ_TAG, fields -> encodeAarq(fields, aarq));
    } else if (apdu instanceof AARE aare) {
      writer.writeConstructed(AARE_TAG, fields -> encodeAare(fields, aare));
    }
    return writer.toOctets();
  }

  private static void encodeAarq(BerWriter fields, AARQ aarq) {
    Octets protocolVersion = aarq.protocolVersion();
    if (protocolVersion != null) {
      fields.writePrimitive(PROTOCOL_VERSION, protocolVersion);
    }
    writeApplicationContextName(fields, aarq.applicationContextName());
    AARQ.Authentication authentication = aarq.authentication();
    if (authentication != null) {
      if (authentication.functionalUnit()) {
        fields.writePrimitive(SENDER_ACSE_REQUIREMENTS, FIRST_BIT);
      }
      MechanismName mechanism = authentication.mechanismName();
      if (mechanism != null) {
        fields.writePrimitive(CALLING_MECHANISM_NAME, mechanism.objectIdentifier());
      }
      Octets value = authentication.callingAuthenticationValue();
      if (value != null) {
        fields.writeConstructed(
            CALLING_AUTHENTICATION_VALUE, choice -> choice.writePrimitive(CHARSTRING, value));
      }
    }
    writeUserInformation(fields, aarq.userInformation());
  }

  private static void encodeAare(BerWriter fields, AARE aare) {
    writeApplicationContextName(fields, aare.applicationContextName());
    fields.writeConstructed(RESULT, inner -> inner.writeInteger(INTEGER, aare.result().code()));
    ResultSourceDiagnostic diagnostic = aare.diagnostic();
    fields.writeConstructed(
        RESULT_SOURCE_DIAGNOSTIC,
        choice ->
            choice.writeConstructed(
                0xA0 | diagnostic.source().tag(),
                inner -> inner.writeInteger(INTEGER, diagnostic.code())));
    writeUserInformation(fields, aare.userInformation());
  }

  private static void writeApplicationContextName(BerWriter fields, ApplicationContextName name) {
    fields.writeConstructed(
        APPLICATION_CONTEXT_NAME,
        inner -> inner.writePrimitive(OBJECT_IDENTIFIER, name.objectIdentifier()));
  }

  private static void writeUserInformation(BerWriter fields, @Nullable Octets userInformation) {
    if (userInformation != null) {
      fields.writeConstructed(
          USER_INFORMATION, inner -> inner.writePrimitive(OCTET_STRING, userInformation));
    }
  }

  /** Fields come in the order of their tags, each at most once: a SEQUENCE, not a SET. */
  private static final class Fields {
    private final BerReader reader;
    private int last = -1;

    Fields(BerReader reader) {
      this.reader = reader;
    }

    int next() {
      int tag = reader.peekTag();
      int number = tag & 0x1F;
      if ((tag & 0xC0) != 0x80 || number <= last) {
        throw reader.malformed("field out of order, repeated or of no ACSE tag", CLAUSE);
      }
      last = number;
      return tag;
    }
  }
}
