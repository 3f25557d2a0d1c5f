package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/** The headers of ciphered and signed APDUs; the octets they protect are left as they are. */
final class CipheringCodec {
  private static final int IDENTIFIED_KEY = 0;
  private static final int WRAPPED_KEY = 1;
  private static final int AGREED_KEY = 2;

  /** Security control and invocation counter. */
  private static final int SECURITY_HEADER = 1 + 4;

  private CipheringCodec() {}

  /** Reads what follows the tag, or nothing if the tag is of no service-specific ciphering. */
  static @Nullable ServiceSpecificCiphering readServiceSpecific(AxdrReader reader, int tag) {
    for (CipheredService service : CipheredService.values()) {
      boolean dedicated = service.tag(true) == tag;
      if (dedicated || service.tag(false) == tag) {
        return new ServiceSpecificCiphering(service, dedicated, readContent(reader));
      }
    }
    return null;
  }

  static GeneralGloCiphering readGeneralGlo(AxdrReader reader) {
    return new GeneralGloCiphering(reader.readOctetString(), readContent(reader));
  }

  static GeneralDedCiphering readGeneralDed(AxdrReader reader) {
    return new GeneralDedCiphering(reader.readOctetString(), readContent(reader));
  }

  static GeneralCiphering readGeneralCiphering(AxdrReader reader) {
    return new GeneralCiphering(
        reader.readOctetString(),
        reader.readOctetString(),
        reader.readOctetString(),
        reader.readOctetString(),
        reader.readOctetString(),
        reader.readPresence() ? readKeyInfo(reader) : null,
        readContent(reader));
  }

  static GeneralSigning readGeneralSigning(AxdrReader reader) {
    return new GeneralSigning(
        reader.readOctetString(),
        reader.readOctetString(),
        reader.readOctetString(),
        reader.readOctetString(),
        reader.readOctetString(),
        reader.readOctetString(),
        reader.readOctetString());
  }

  private static KeyInfo readKeyInfo(AxdrReader reader) {
    int choice = reader.readUnsigned8();
    return switch (choice) {
      case IDENTIFIED_KEY -> new KeyInfo.IdentifiedKey(reader.readUnsigned8());
      case WRAPPED_KEY -> new KeyInfo.WrappedKey(reader.readUnsigned8(), reader.readOctetString());
      case AGREED_KEY -> new KeyInfo.AgreedKey(reader.readOctetString(), reader.readOctetString());
      default -> throw ApduCodec.unknownChoice(reader, "Key-Info", choice);
    };
  }

  private static ProtectedContent readContent(AxdrReader reader) {
    int position = reader.position();
    int length = reader.readLength();
    if (length < SECURITY_HEADER) {
      throw new AxdrException(
          AxdrException.Kind.MALFORMED,
          position,
          length + " octets, too few for security control and invocation counter",
          "Green Book 9.2.7.2");
    }
    return new ProtectedContent(
        new SecurityControl(reader.readUnsigned8()),
        reader.readUnsigned32(),
        reader.readOctets(length - SECURITY_HEADER));
  }

  static void write(AxdrWriter writer, ProtectedApdu apdu) {
    if (apdu instanceof ServiceSpecificCiphering ciphering) {
      writer.writeUnsigned8(ciphering.service().tag(ciphering.dedicated()));
      writeContent(writer, ciphering.content());
    } else if (apdu instanceof GeneralGloCiphering ciphering) {
      writer
          .writeUnsigned8(ApduTag.GENERAL_GLO_CIPHERING)
          .writeOctetString(ciphering.systemTitle());
      writeContent(writer, ciphering.content());
    } else if (apdu instanceof GeneralDedCiphering ciphering) {
      writer
          .writeUnsigned8(ApduTag.GENERAL_DED_CIPHERING)
          .writeOctetString(ciphering.systemTitle());
      writeContent(writer, ciphering.content());
    } else if (apdu instanceof GeneralCiphering ciphering) {
      writer
          .writeUnsigned8(ApduTag.GENERAL_CIPHERING)
          .writeOctetString(ciphering.transactionId())
          .writeOctetString(ciphering.originatorSystemTitle())
          .writeOctetString(ciphering.recipientSystemTitle())
          .writeOctetString(ciphering.dateTime())
          .writeOctetString(ciphering.otherInformation());
      writeKeyInfo(writer, ciphering.keyInfo());
      writeContent(writer, ciphering.content());
    } else if (apdu instanceof GeneralSigning signing) {
      writer
          .writeUnsigned8(ApduTag.GENERAL_SIGNING)
          .writeOctetString(signing.transactionId())
          .writeOctetString(signing.originatorSystemTitle())
          .writeOctetString(signing.recipientSystemTitle())
          .writeOctetString(signing.dateTime())
          .writeOctetString(signing.otherInformation())
          .writeOctetString(signing.content())
          .writeOctetString(signing.signature());
    }
  }

  private static void writeKeyInfo(AxdrWriter writer, @Nullable KeyInfo keyInfo) {
    writer.writePresence(keyInfo != null);
    if (keyInfo instanceof KeyInfo.IdentifiedKey key) {
      writer.writeUnsigned8(IDENTIFIED_KEY).writeUnsigned8(key.keyId());
    } else if (keyInfo instanceof KeyInfo.WrappedKey key) {
      writer
          .writeUnsigned8(WRAPPED_KEY)
          .writeUnsigned8(key.kekId())
          .writeOctetString(key.keyCipheredData());
    } else if (keyInfo instanceof KeyInfo.AgreedKey key) {
      writer
          .writeUnsigned8(AGREED_KEY)
          .writeOctetString(key.keyParameters())
          .writeOctetString(key.keyCipheredData());
    }
  }

  private static void writeContent(AxdrWriter writer, ProtectedContent content) {
    Octets octets = content.octets();
    writer
        .writeLength(SECURITY_HEADER + octets.length())
        .writeUnsigned8(content.securityControl().octet())
        .writeUnsigned32(content.invocationCounter())
        .writeOctets(octets);
  }
}
