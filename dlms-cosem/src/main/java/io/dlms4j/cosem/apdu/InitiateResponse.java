package io.dlms4j.cosem.apdu;

import io.dlms4j.cosem.acse.Conformance;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * InitiateResponse: the xDLMS context that a server grants, inside an AARE (Green Book 9.4.2.2,
 * 9.5).
 *
 * @param negotiatedQualityOfService -128..127; null if there is none
 * @param negotiatedDlmsVersionNumber 6 at present, 0..255
 * @param negotiatedConformance the services that may be used
 * @param serverMaxReceivePduSize octets of the longest APDU that the server takes, 0..65535
 * @param vaaName 7 with logical names, FA00 with short names; 0..65535
 */
public record InitiateResponse(
    @Nullable Integer negotiatedQualityOfService,
    int negotiatedDlmsVersionNumber,
    Set<Conformance> negotiatedConformance,
    int serverMaxReceivePduSize,
    int vaaName)
    implements Apdu {
  /** The VAA name with logical name referencing. */
  public static final int VAA_NAME_LN = 0x0007;

  /** The VAA name with short name referencing: the base name of the current association. */
  public static final int VAA_NAME_SN = 0xFA00;

  /**
   * Checks the ranges, and keeps a copy of the set.
   *
   * @throws IllegalArgumentException if a number has no wire form
   */
  public InitiateResponse {
    InitiateCodec.require(
        negotiatedQualityOfService, negotiatedDlmsVersionNumber, serverMaxReceivePduSize);
    if (vaaName < 0 || vaaName > 0xFFFF) {
      throw new IllegalArgumentException("VAA name " + vaaName + " is not within 0..65535");
    }
    negotiatedConformance = Set.copyOf(negotiatedConformance);
  }
}
