package io.dlms4j.cosem.apdu;

import io.dlms4j.axdr.AxdrReader;
import io.dlms4j.axdr.AxdrWriter;

/** ConfirmedServiceError and Exception-Response. */
final class ErrorCodec {
  private static final String CLAUSE = "Green Book 9.5, Exception-Response";

  private ErrorCodec() {}

  static ConfirmedServiceError readConfirmedServiceError(AxdrReader reader) {
    return new ConfirmedServiceError(
        reader.readUnsigned8(), reader.readUnsigned8(), reader.readUnsigned8());
  }

  static void writeConfirmedServiceError(AxdrWriter writer, ConfirmedServiceError error) {
    writer
        .writeUnsigned8(ApduTag.CONFIRMED_SERVICE_ERROR)
        .writeUnsigned8(error.service())
        .writeUnsigned8(error.error())
        .writeUnsigned8(error.value());
  }

  static ExceptionResponse readExceptionResponse(AxdrReader reader) {
    int state = reader.peekUnsigned8();
    ExceptionResponse.StateError stateError =
        ExceptionResponse.StateError.ofCode(state)
            .orElseThrow(
                () -> reader.malformed("state-error " + state + " is not defined", CLAUSE));
    reader.skip(1);
    int service = reader.peekUnsigned8();
    ExceptionResponse.ServiceError serviceError =
        ExceptionResponse.ServiceError.ofCode(service)
            .orElseThrow(
                () -> reader.malformed("service-error " + service + " is not defined", CLAUSE));
    reader.skip(1);
    return new ExceptionResponse(
        stateError,
        serviceError,
        serviceError == ExceptionResponse.ServiceError.INVOCATION_COUNTER_ERROR
            ? reader.readUnsigned32()
            : null);
  }

  static void writeExceptionResponse(AxdrWriter writer, ExceptionResponse response) {
    writer
        .writeUnsigned8(ApduTag.EXCEPTION_RESPONSE)
        .writeUnsigned8(response.stateError().code())
        .writeUnsigned8(response.serviceError().code());
    Long invocationCounter = response.invocationCounter();
    if (invocationCounter != null) {
      writer.writeUnsigned32(invocationCounter);
    }
  }
}
