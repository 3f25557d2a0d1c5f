package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;

/**
 * General-Glo-Ciphering: any APDU, protected with a global key (Green Book 9.5).
 *
 * @param systemTitle of the one who protected it, 8 octets; empty if the peer knows it already
 * @param content the APDU inside, protected
 */
public record GeneralGloCiphering(Octets systemTitle, ProtectedContent content)
    implements ProtectedApdu {}
