package io.dlms4j.cosem.association;

/** Which APDU carries a ciphered one (Green Book 9.2.7.2, 9.5). */
public enum CipheringForm {
  /**
   * That of the service, glo- or ded-. A service that has none, such as ACCESS, goes in
   * general-glo-ciphering or general-ded-ciphering.
   */
  SERVICE_SPECIFIC,
  /** General-glo-ciphering or general-ded-ciphering: with the originator's system title. */
  GENERAL_GLO_OR_DED,
  /** General-ciphering: with both system titles, and the key's name or the key itself. */
  GENERAL_CIPHERING
}
