package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerWriter;
import java.util.Optional;
import java.util.function.LongFunction;

/** The fields of RLRQ and RLRE (Green Book 9.5, RLRQ-apdu and RLRE-apdu). */
final class ReleaseCodec {
  private static final int REASON = 0x80;

  private ReleaseCodec() {}

  static RLRQ decodeRequest(AcseFields fields) {
    RLRQ.Reason reason = null;
    Octets userInformation = null;
    while (fields.hasNext()) {
      int tag = fields.next();
      switch (tag) {
        case REASON -> reason = readReason(fields, RLRQ.Reason::ofCode);
        case AcseFields.USER_INFORMATION -> userInformation = fields.octetString(tag);
        default -> throw fields.unknown();
      }
    }
    return new RLRQ(reason, userInformation);
  }

  static RLRE decodeResponse(AcseFields fields) {
    RLRE.Reason reason = null;
    Octets userInformation = null;
    while (fields.hasNext()) {
      int tag = fields.next();
      switch (tag) {
        case REASON -> reason = readReason(fields, RLRE.Reason::ofCode);
        case AcseFields.USER_INFORMATION -> userInformation = fields.octetString(tag);
        default -> throw fields.unknown();
      }
    }
    return new RLRE(reason, userInformation);
  }

  private static <T> T readReason(AcseFields fields, LongFunction<Optional<T>> ofCode) {
    int at = fields.position();
    long code = fields.implicitInteger(REASON);
    return ofCode
        .apply(code)
        .orElseThrow(() -> fields.malformedAt(at, "reason " + code + " is not defined"));
  }

  static void encode(BerWriter fields, RLRQ rlrq) {
    RLRQ.Reason reason = rlrq.reason();
    if (reason != null) {
      fields.writeInteger(REASON, reason.code());
    }
    AcseFields.writeOctetString(fields, AcseFields.USER_INFORMATION, rlrq.userInformation());
  }

  static void encode(BerWriter fields, RLRE rlre) {
    RLRE.Reason reason = rlre.reason();
    if (reason != null) {
      fields.writeInteger(REASON, reason.code());
    }
    AcseFields.writeOctetString(fields, AcseFields.USER_INFORMATION, rlre.userInformation());
  }
}
