package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;

/**
 * General-Signing: any APDU with a digital signature (Green Book 9.5, 9.2.7.2).
 *
 * @param transactionId pairs a request with its answer; empty if there is none
 * @param originatorSystemTitle of the one who signed it
 * @param recipientSystemTitle of the one it is for; empty for everyone
 * @param dateTime when it was signed, as date-time octets; empty if not said
 * @param otherInformation what the parties agreed on; empty if nothing
 * @param content the APDU inside, which may be protected itself
 * @param signature over all that stands before it but the tag
 */
public record GeneralSigning(
    Octets transactionId,
    Octets originatorSystemTitle,
    Octets recipientSystemTitle,
    Octets dateTime,
    Octets otherInformation,
    Octets content,
    Octets signature)
    implements ProtectedApdu {}
