package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;

/**
 * General-Ded-Ciphering: any APDU, protected with the dedicated key of the association (Green Book
 * 9.5).
 *
 * @param systemTitle of the one who protected it, 8 octets; empty if the peer knows it already
 * @param content the APDU inside, protected
 */
public record GeneralDedCiphering(Octets systemTitle, ProtectedContent content)
    implements ProtectedApdu {}
