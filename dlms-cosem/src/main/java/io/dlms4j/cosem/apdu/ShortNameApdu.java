package io.dlms4j.cosem.apdu;

/** An APDU of the services that refer to attributes and methods by short name (Green Book 9.5). */
public sealed interface ShortNameApdu extends Apdu
    permits ReadRequest,
        ReadResponse,
        WriteRequest,
        WriteResponse,
        UnconfirmedWriteRequest,
        InformationReport {}
