package io.dlms4j.cosem.apdu;

/**
 * An APDU that carries another one, ciphered or signed (Green Book 9.5). Here it is only taken
 * apart and put together: what its octets prove is found out elsewhere.
 */
public sealed interface ProtectedApdu extends Apdu
    permits ServiceSpecificCiphering,
        GeneralGloCiphering,
        GeneralDedCiphering,
        GeneralCiphering,
        GeneralSigning {
  /**
   * Whether an APDU with this tag carries another one.
   *
   * @param tag the first octet of an APDU
   * @return true for the ciphered forms of the services, global and dedicated, and for the general
   *     ones
   */
  static boolean isTag(int tag) {
    return tag == ApduTag.GENERAL_GLO_CIPHERING
        || tag == ApduTag.GENERAL_DED_CIPHERING
        || tag == ApduTag.GENERAL_CIPHERING
        || tag == ApduTag.GENERAL_SIGNING
        || CipheredService.isTag(tag);
  }
}
