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
 * @param longApdus whether general block transfer carries longer ones all the same
 * @param ownBlocks whether a service that has blocks of its own is to use them, if they were agreed
 *     on
 */
record Agreement(
    ApduCodec codec,
    NegotiatedContext context,
    int maxSendPduSize,
    DecodeLimits limits,
    boolean longApdus,
    boolean ownBlocks) {
  /** In place of a maximum that is not given. */
  static final int NO_LIMIT = 0xFFFF;

  boolean has(Conformance service) {
    return context.conformance().contains(service);
  }

  /** Whether general block transfer may be used: not where the server is silent. */
  static boolean hasGeneralBlocks(NegotiatedContext context) {
    return context.confirmed()
        && context.conformance().contains(Conformance.GENERAL_BLOCK_TRANSFER);
  }

  /** Whether a service is to use its own blocks for what is too long. */
  boolean hasBlocks(Conformance blocks) {
    return ownBlocks && has(blocks);
  }

  /** The same for a request that came by general block transfer: so does its answer. */
  Agreement inGeneralBlocks() {
    return new Agreement(codec, context, maxSendPduSize, limits, longApdus, false);
  }

  /** The same, where protection takes a part of the longest APDU. */
  Agreement leaving(int overhead) {
    return new Agreement(
        codec, context, Math.max(0, maxSendPduSize - overhead), limits, longApdus, ownBlocks);
  }

  /** The context with the server's maximum as it is for APDUs that are not protected yet. */
  NegotiatedContext unprotectedContext() {
    return context.serverMaxReceivePduSize() == 0
        ? context
        : new NegotiatedContext(
            context.applicationContextName(),
            context.conformance(),
            context.clientMaxReceivePduSize(),
            maxSendPduSize,
            context.dlmsVersionNumber(),
            context.confirmed(),
            context.client(),
            context.server());
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
