package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.acse.Conformance;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * InitiateRequest: the xDLMS context that a client proposes, inside an AARQ (Green Book 9.4.2.2,
 * 9.5).
 *
 * @param dedicatedKey a key for this association alone; null if there is none
 * @param responseAllowed whether the client waits for an answer
 * @param proposedQualityOfService -128..127; null if there is none
 * @param proposedDlmsVersionNumber 6 at present, 0..255
 * @param proposedConformance the services that the client wants
 * @param clientMaxReceivePduSize octets of the longest APDU that the client takes, 0..65535; 0 is
 *     no limit
 */
public record InitiateRequest(
    @Nullable Octets dedicatedKey,
    boolean responseAllowed,
    @Nullable Integer proposedQualityOfService,
    int proposedDlmsVersionNumber,
    Set<Conformance> proposedConformance,
    int clientMaxReceivePduSize)
    implements Apdu {
  /** The version of DLMS that this library speaks. */
  public static final int DLMS_VERSION = 6;

  /**
   * Checks the ranges, and keeps a copy of the set.
   *
   * @throws IllegalArgumentException if a number has no wire form
   */
  public InitiateRequest {
    InitiateCodec.require(
        proposedQualityOfService, proposedDlmsVersionNumber, clientMaxReceivePduSize);
    proposedConformance = Set.copyOf(proposedConformance);
  }

  /**
   * The usual request: version 6, no key, no quality of service.
   *
   * @param proposedConformance the services that the client wants
   * @param clientMaxReceivePduSize octets of the longest APDU that the client takes; 0 is no limit
   */
  public InitiateRequest(Set<Conformance> proposedConformance, int clientMaxReceivePduSize) {
    this(null, true, null, DLMS_VERSION, proposedConformance, clientMaxReceivePduSize);
  }

  /** Everything but the key. */
  @Override
  public String toString() {
    return "InitiateRequest[dedicatedKey="
        + (dedicatedKey == null ? "none" : "(not shown)")
        + ", responseAllowed="
        + responseAllowed
        + ", proposedQualityOfService="
        + proposedQualityOfService
        + ", proposedDlmsVersionNumber="
        + proposedDlmsVersionNumber
        + ", proposedConformance="
        + proposedConformance
        + ", clientMaxReceivePduSize="
        + clientMaxReceivePduSize
        + "]";
  }
}
