package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import io.dlms4j.ber.BerException;
import io.dlms4j.ber.BerReader;
import io.dlms4j.ber.BerWriter;

/**
 * Reads and writes ACSE APDUs, in BER with definite lengths (Green Book 9.4.2 and 9.4.5, abstract
 * syntax in 9.5).
 *
 * <p>Fields come in the order of the abstract syntax, each at most once, and there are no others.
 */
public final class AcseCodec {
  /** Tag of an AARQ. */
  public static final int AARQ_TAG = 0x60;

  /** Tag of an AARE. */
  public static final int AARE_TAG = 0x61;

  /** Tag of an RLRQ. */
  public static final int RLRQ_TAG = 0x62;

  /** Tag of an RLRE. */
  public static final int RLRE_TAG = 0x63;

  private AcseCodec() {}

  /**
   * Reads an APDU.
   *
   * @param apdu the whole of it
   * @return an AARQ, AARE, RLRQ or RLRE
   * @throws BerException if the octets are none
   */
  public static AcseApdu decode(Octets apdu) {
    BerReader reader = BerReader.of(apdu);
    AcseApdu decoded =
        switch (reader.peekTag()) {
          case AARQ_TAG -> AarqCodec.decode(new AcseFields(reader, AARQ_TAG, "AARQ"));
          case AARE_TAG -> AareCodec.decode(new AcseFields(reader, AARE_TAG, "AARE"));
          case RLRQ_TAG -> ReleaseCodec.decodeRequest(new AcseFields(reader, RLRQ_TAG, "RLRQ"));
          case RLRE_TAG -> ReleaseCodec.decodeResponse(new AcseFields(reader, RLRE_TAG, "RLRE"));
          default ->
              throw reader.malformed(
                  "tag is neither AARQ (60), AARE (61), RLRQ (62) nor RLRE (63)",
                  AcseFields.CLAUSE);
        };
    reader.expectEnd("ACSE APDU");
    return decoded;
  }

  /**
   * Writes an APDU.
   *
   * @param apdu an AARQ, AARE, RLRQ or RLRE
   * @return its octets
   */
  public static Octets encode(AcseApdu apdu) {
    BerWriter writer = new BerWriter();
    if (apdu instanceof AARQ aarq) {
      writer.writeConstructed(AARQ_TAG, fields -> AarqCodec.encode(fields, aarq));
    } else if (apdu instanceof AARE aare) {
      writer.writeConstructed(AARE_TAG, fields -> AareCodec.encode(fields, aare));
    } else if (apdu instanceof RLRQ rlrq) {
      writer.writeConstructed(RLRQ_TAG, fields -> ReleaseCodec.encode(fields, rlrq));
    } else if (apdu instanceof RLRE rlre) {
      writer.writeConstructed(RLRE_TAG, fields -> ReleaseCodec.encode(fields, rlre));
    }
    return writer.toOctets();
  }
}
