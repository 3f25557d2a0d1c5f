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
        GeneralSigning {}
