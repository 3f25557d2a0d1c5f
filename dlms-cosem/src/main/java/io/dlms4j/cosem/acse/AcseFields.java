package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.ber.BerReader;
import io.dlms4j.ber.BerWriter;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one APDU while it is read, and the forms that fields of several APDUs share. They
 * come in the order of their tags, each at most once: a SEQUENCE, not a SET.
 */
final class AcseFields {
  static final String CLAUSE = "Green Book 9.5, ACSE";

  static final int PROTOCOL_VERSION = 0x80;
  static final int APPLICATION_CONTEXT_NAME = 0xA1;
  static final int IMPLEMENTATION_INFORMATION = 0x9D;
  static final int USER_INFORMATION = 0xBE;

  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;

  private static final int CHARSTRING = 0x80;
  private static final int BITSTRING = 0x81;
  private static final int EXTERNAL = 0xA2;
  private static final int OTHER = 0xA3;

  private final BerReader reader;
  private final String apdu;
  private int last = -1;

  /** Enters an APDU. */
  AcseFields(BerReader outer, int tag, String apdu) {
    this.reader = outer.readConstructed(tag);
    this.apdu = apdu;
  }

  boolean hasNext() {
    return reader.hasRemaining();
  }

  /** Looks at the tag of the next field. */
  int next() {
    int tag = reader.peekTag();
    int number = tag & 0x1F;
    if (tag <= 0xFF && (tag & 0xC0) == 0x80 && number <= last) {
      throw malformed(
          "field [%d] of the %s is repeated, or comes after [%d]".formatted(number, apdu, last));
    }
    last = number;
    return tag;
  }

  /** What to throw for a tag that the APDU does not have. */
  BerException unknown() {
    return malformed("%02X is no field of the %s".formatted(reader.peekTag(), apdu));
  }

  BerException malformed(String what) {
    return reader.malformed(what, CLAUSE);
  }

  BerException malformedAt(int offset, String what) {
    return new BerException(offset, what, CLAUSE);
  }

  int position() {
    return reader.position();
  }

  BerReader open(int tag) {
    return reader.readConstructed(tag);
  }

  Octets bits(int tag) {
    return reader.readBitString(tag);
  }

  Octets primitive(int tag) {
    return reader.readPrimitive(tag);
  }

  long implicitInteger(int tag) {
    return reader.readInteger(tag);
  }

  MechanismName implicitMechanismName(int tag) {
    return new MechanismName(reader.readObjectIdentifier(tag));
  }

  long integer(int tag) {
    return integerIn(reader.readConstructed(tag), "field %02X".formatted(tag));
  }

  static long integerIn(BerReader inner, String what) {
    long value = inner.readInteger(INTEGER);
    inner.expectEnd(what);
    return value;
  }

  Octets octetString(int tag) {
    BerReader inner = reader.readConstructed(tag);
    Octets octets = inner.readPrimitive(OCTET_STRING);
    inner.expectEnd("field %02X".formatted(tag));
    return octets;
  }

  ApplicationContextName applicationContextName() {
    BerReader inner = reader.readConstructed(APPLICATION_CONTEXT_NAME);
    Octets name = inner.readObjectIdentifier(OBJECT_IDENTIFIER);
    inner.expectEnd("application-context-name");
    return new ApplicationContextName(name);
  }

  AuthenticationValue authenticationValue(int tag) {
    BerReader choice = reader.readConstructed(tag);
    AuthenticationValue value =
        switch (choice.peekTag()) {
          case CHARSTRING -> new AuthenticationValue.Charstring(choice.readPrimitive(CHARSTRING));
          case BITSTRING -> new AuthenticationValue.BitString(choice.readBitString(BITSTRING));
          case EXTERNAL -> {
            BerReader inner = choice.readConstructed(EXTERNAL);
            yield new AuthenticationValue.External(inner.readElements());
          }
          case OTHER -> {
            BerReader inner = choice.readConstructed(OTHER);
            Octets name = inner.readObjectIdentifier(OBJECT_IDENTIFIER);
            Octets element = inner.readElement();
            inner.expectEnd("other");
            yield new AuthenticationValue.Other(new MechanismName(name), element);
          }
          default -> throw choice.malformed("authentication-value has no such choice", CLAUSE);
        };
    choice.expectEnd("authentication-value");
    return value;
  }

  static void writeBits(BerWriter fields, int tag, @Nullable Octets bits) {
    if (bits != null) {
      fields.writePrimitive(tag, bits);
    }
  }

  static void writeInteger(BerWriter fields, int tag, @Nullable Long value) {
    if (value != null) {
      fields.writeConstructed(tag, inner -> inner.writeInteger(INTEGER, value));
    }
  }

  static void writeOctetString(BerWriter fields, int tag, @Nullable Octets octets) {
    if (octets != null) {
      fields.writeConstructed(tag, inner -> inner.writePrimitive(OCTET_STRING, octets));
    }
  }

  static void writeImplementationInformation(BerWriter fields, @Nullable Octets information) {
    if (information != null) {
      fields.writePrimitive(IMPLEMENTATION_INFORMATION, information);
    }
  }

  static void writeApplicationContextName(BerWriter fields, ApplicationContextName name) {
    fields.writeConstructed(
        APPLICATION_CONTEXT_NAME,
        inner -> inner.writePrimitive(OBJECT_IDENTIFIER, name.objectIdentifier()));
  }

  static void writeMechanismName(BerWriter fields, int tag, @Nullable MechanismName name) {
    if (name != null) {
      fields.writePrimitive(tag, name.objectIdentifier());
    }
  }

  static void writeAuthenticationValue(
      BerWriter fields, int tag, @Nullable AuthenticationValue value) {
    if (value instanceof AuthenticationValue.Charstring charstring) {
      fields.writeConstructed(
          tag, choice -> choice.writePrimitive(CHARSTRING, charstring.octets()));
    } else if (value instanceof AuthenticationValue.BitString bitstring) {
      fields.writeConstructed(tag, choice -> choice.writePrimitive(BITSTRING, bitstring.bits()));
    } else if (value instanceof AuthenticationValue.External external) {
      fields.writeConstructed(
          tag,
          choice ->
              choice.writeConstructed(EXTERNAL, inner -> inner.writeElements(external.elements())));
    } else if (value instanceof AuthenticationValue.Other other) {
      fields.writeConstructed(
          tag,
          choice ->
              choice.writeConstructed(
                  OTHER,
                  inner ->
                      inner
                          .writePrimitive(
                              OBJECT_IDENTIFIER, other.mechanismName().objectIdentifier())
                          .writeElements(other.element())));
    }
  }
}
