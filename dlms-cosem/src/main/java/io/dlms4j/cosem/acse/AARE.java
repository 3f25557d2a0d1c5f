package io.dlms4j.cosem.acse;

import io.dlms4j.axdr.Octets;
import org.jspecify.annotations.Nullable;

/**
 * AARE: a server answers an {@link AARQ} (Green Book 9.4.2.2).
 *
 * @param applicationContextName how objects will be referenced
 * @param result whether the association is there
 * @param diagnostic why not
 * @param userInformation the InitiateResponse, or the ConfirmedServiceError that says why there is
 *     none, encoded; null if there is neither
 */
public record AARE(
    ApplicationContextName applicationContextName,
    AssociationResult result,
    ResultSourceDiagnostic diagnostic,
    @Nullable Octets userInformation)
    implements AcseApdu {}
