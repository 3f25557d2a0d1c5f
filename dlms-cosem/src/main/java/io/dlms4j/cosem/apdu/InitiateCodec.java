package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** InitiateRequest and InitiateResponse. */
final class InitiateCodec {
  private static final String CLAUSE = "Green Book 9.5, Initiate";

  /**
   * Conformance ::= [APPLICATION 31] IMPLICIT BIT STRING (SIZE(24)), in BER: tag, length 4, no
   * unused bits.
   */
  private static final Octets CONFORMANCE_HEADER = Octets.of(0x5F, 0x1F, 0x04, 0x00);

  private static final int SECOND_TAG_OCTET = 1;

  private InitiateCodec() {}

  /** Refuses numbers that our own code made and that have no wire form. */
  static void require(@Nullable Integer qualityOfService, int version, int maxPduSize) {
    if (qualityOfService != null
        && (qualityOfService < Byte.MIN_VALUE || qualityOfService > Byte.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "quality of service " + qualityOfService + " is not within -128..127");
    }
    Unsigned.require8("DLMS version", version);
    Unsigned.require16("PDU size", maxPduSize);
  }

  static InitiateRequest readRequest(AxdrReader reader) {
    Octets dedicatedKey = reader.readPresence() ? reader.readOctetString() : null;
    boolean responseAllowed = !reader.readPresence() || reader.readBoolean();
    Integer qualityOfService = readQualityOfService(reader);
    int version = reader.readUnsigned8();
    Set<Conformance> conformance = readConformance(reader);
    return new InitiateRequest(
        dedicatedKey,
        responseAllowed,
        qualityOfService,
        version,
        conformance,
        reader.readUnsigned16());
  }

  static void writeRequest(AxdrWriter writer, InitiateRequest request) {
    writer.writeUnsigned8(ApduTag.INITIATE_REQUEST);
    Octets dedicatedKey = request.dedicatedKey();
    writer.writePresence(dedicatedKey != null);
    if (dedicatedKey != null) {
      writer.writeOctetString(dedicatedKey);
    }
    writer.writePresence(!request.responseAllowed());
    if (!request.responseAllowed()) {
      writer.writeBoolean(false);
    }
    writeQualityOfService(writer, request.proposedQualityOfService());
    writer.writeUnsigned8(request.proposedDlmsVersionNumber());
    writeConformance(writer, request.proposedConformance());
    writer.writeUnsigned16(request.clientMaxReceivePduSize());
  }

  static InitiateResponse readResponse(AxdrReader reader) {
    Integer qualityOfService = readQualityOfService(reader);
    int version = reader.readUnsigned8();
    Set<Conformance> conformance = readConformance(reader);
    return new InitiateResponse(
        qualityOfService, version, conformance, reader.readUnsigned16(), reader.readUnsigned16());
  }

  static void writeResponse(AxdrWriter writer, InitiateResponse response) {
    writer.writeUnsigned8(ApduTag.INITIATE_RESPONSE);
    writeQualityOfService(writer, response.negotiatedQualityOfService());
    writer.writeUnsigned8(response.negotiatedDlmsVersionNumber());
    writeConformance(writer, response.negotiatedConformance());
    writer.writeUnsigned16(response.serverMaxReceivePduSize()).writeUnsigned16(response.vaaName());
  }

  private static @Nullable Integer readQualityOfService(AxdrReader reader) {
    return reader.readPresence() ? (int) reader.readInteger8() : null;
  }

  private static void writeQualityOfService(AxdrWriter writer, @Nullable Integer quality) {
    writer.writePresence(quality != null);
    if (quality != null) {
      writer.writeInteger8(quality);
    }
  }

  private static Set<Conformance> readConformance(AxdrReader reader) {
    // The standard has old implementations in mind that write the tag as 5F alone.
    for (int i = 0; i < CONFORMANCE_HEADER.length(); i++) {
      int octet = reader.peekUnsigned8();
      if (octet == CONFORMANCE_HEADER.at(i)) {
        reader.skip(1);
      } else if (i != SECOND_TAG_OCTET) {
        throw reader.malformed(
            "conformance begins with 5F 1F 04 00 or 5F 04 00; here is %02X".formatted(octet),
            CLAUSE);
      }
    }
    return Conformance.ofBits((reader.readUnsigned8() << 16) | reader.readUnsigned16());
  }

  private static void writeConformance(AxdrWriter writer, Set<Conformance> conformance) {
    int bits = Conformance.toBits(conformance);
    writer
        .writeOctets(CONFORMANCE_HEADER)
        .writeUnsigned8(bits >>> 16)
        .writeUnsigned16(bits & 0xFFFF);
  }
}
