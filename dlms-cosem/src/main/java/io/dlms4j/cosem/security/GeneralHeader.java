package io.dlms4j.cosem.security;

import io.dlms4j.axdr.Octets;

/**
 * What a general-ciphering or general-signing APDU says beside its system titles; all of it is
 * authenticated (Green Book 9.5).
 *
 * @param transactionId pairs a request with its answer; empty if there is none
 * @param dateTime when the APDU was protected, 12 octets; empty if not said
 * @param otherInformation what the parties agreed on; empty if nothing
 */
public record GeneralHeader(Octets transactionId, Octets dateTime, Octets otherInformation) {
  /** A header that says nothing. */
  public static final GeneralHeader EMPTY =
      new GeneralHeader(Octets.EMPTY, Octets.EMPTY, Octets.EMPTY);

  /**
   * A header with a transaction-id only.
   *
   * @param transactionId pairs a request with its answer
   * @return the header
   */
  public static GeneralHeader ofTransaction(Octets transactionId) {
    return new GeneralHeader(transactionId, Octets.EMPTY, Octets.EMPTY);
  }
}
