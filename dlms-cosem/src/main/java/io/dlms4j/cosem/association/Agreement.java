package io.dlms4j.cosem.association;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.ApduCodec;

/**
 * What the exchanges of one side have to keep to in one association.
 *
 * @param codec how APDUs are read and written
 * @param context what was agreed on
 * @param maxSendPduSize octets of the longest APDU that may be sent
 * @param limits what is taken of the peer, also for what it sends in blocks
 * @param longApdus whether the way to the peer carries longer ones all the same
 */
record Agreement(
    ApduCodec codec,
    NegotiatedContext context,
    int maxSendPduSize,
    DecodeLimits limits,
    boolean longApdus) {
  /** In place of a maximum that is not given. */
  static final int NO_LIMIT = 0xFFFF;

  boolean has(Conformance service) {
    return context.conformance().contains(service);
  }

  Octets encode(Apdu apdu) {
    return codec.encode(apdu);
  }

  boolean fits(Octets apdu) {
    return apdu.length() <= maxSendPduSize;
  }

  /** Octets of the longest APDU that can be sent where the service has no blocks of its own. */
  int longestWhole() {
    return longApdus ? Integer.MAX_VALUE : maxSendPduSize;
  }

  /**
   * How many octets of raw data fit into a block.
   *
   * @param withoutRawData the APDU that carries the block, with raw data of no octet
   * @return the room, 0 or less if there is none
   */
  int rawDataRoom(Apdu withoutRawData) {
    int left = maxSendPduSize - (encode(withoutRawData).length() - 1);
    int lengthOctets = left > 0xFF + 2 ? 3 : left > 0x7F + 1 ? 2 : 1;
    return left - lengthOctets;
  }
}
