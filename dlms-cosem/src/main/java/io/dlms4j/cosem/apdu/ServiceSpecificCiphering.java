package io.dlms4j.cosem.apdu;

/**
 * A service-specific ciphered APDU, glo-get-request and the like: an APDU protected with a key of
 * the association; its tag tells the service (Green Book 9.5, 9.2.7.2).
 *
 * @param service the service of the APDU inside
 * @param dedicated whether the key is the dedicated one (ded-), not a global one (glo-)
 * @param content the APDU inside, protected
 */
public record ServiceSpecificCiphering(
    CipheredService service, boolean dedicated, ProtectedContent content)
    implements ProtectedApdu {}
