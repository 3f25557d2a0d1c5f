package io.dlms4j.cosem.apdu;

/** An xDLMS APDU. */
public sealed interface Apdu
    permits InitiateRequest,
        InitiateResponse,
        ConfirmedServiceError,
        ExceptionResponse,
        GetRequest,
        GetResponse,
        SetRequest,
        SetResponse,
        ActionRequest,
        ActionResponse,
        AccessRequest,
        AccessResponse,
        EventNotification,
        DataNotification,
        DataNotificationConfirm,
        ShortNameApdu,
        GeneralBlockTransfer,
        ProtectedApdu {}
