package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/**
 * General-Ciphering: any APDU, protected between two parties with a key that the APDU itself may
 * tell (Green Book 9.5, 9.2.7.2). All but the last two parameters are OCTET STRINGs that the
 * authentication covers.
 *
 * @param transactionId pairs a request with its answer; empty if there is none
 * @param originatorSystemTitle of the one who protected it
 * @param recipientSystemTitle of the one it is for; empty for everyone
 * @param dateTime when it was protected, as date-time octets; empty if not said
 * @param otherInformation what the parties agreed on; empty if nothing
 * @param keyInfo how the key is known; null if the parties have agreed on it
 * @param content the APDU inside, protected
 */
public record GeneralCiphering(
    Octets transactionId,
    Octets originatorSystemTitle,
    Octets recipientSystemTitle,
    Octets dateTime,
    Octets otherInformation,
    @Nullable KeyInfo keyInfo,
    ProtectedContent content)
    implements ProtectedApdu {}
