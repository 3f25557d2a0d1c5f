package io.dlms4j.cosem.association;

import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.RequestTimeoutException;

/** Why an exchange of general block transfer ends before its end. */
final class GeneralBlockTransferFaults {
  private GeneralBlockTransferFaults() {}

  static DlmsException aborted() {
    return remote("the peer aborted the general block transfer");
  }

  static DlmsException tooLong(int maxOctets) {
    return remote(
        "the peer sent more in blocks than the "
            + maxOctets
            + " octets that are taken of one APDU");
  }

  static DlmsException conflict(int blockNumber) {
    return remote("block " + blockNumber + " came twice, with different octets");
  }

  static DlmsException neverAcknowledged(int attempts) {
    return remote("the peer answered " + attempts + " times without acknowledging a block");
  }

  static DlmsException takesNone() {
    return remote("the peer's block-transfer window is 0: it takes no blocks");
  }

  static DlmsException silence(long timeoutMillis, int attempts) {
    return new RequestTimeoutException(
        "the peer fell silent during general block transfer: no block came within "
            + timeoutMillis
            + " ms, "
            + attempts
            + " times");
  }

  /** The source of an APDU is the application's code, and throws whatever it does. */
  static DlmsException source(RuntimeException cause) {
    return cause instanceof DlmsException known
        ? known
        : new DlmsException(
            DlmsException.Origin.LOCAL,
            DlmsException.Scope.REQUEST,
            "the APDU could not be made: " + cause,
            cause);
  }

  private static DlmsException remote(String message) {
    return new ProtocolException(DlmsException.Scope.REQUEST, message + " (Green Book 9.4.6.13)");
  }
}
