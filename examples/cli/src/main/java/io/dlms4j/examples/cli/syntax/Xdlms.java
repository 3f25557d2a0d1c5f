package io.dlms4j.examples.cli.syntax;

import static io.dlms4j.examples.cli.syntax.Composites.NULL;
import static io.dlms4j.examples.cli.syntax.Composites.alternative;
import static io.dlms4j.examples.cli.syntax.Composites.choice;
import static io.dlms4j.examples.cli.syntax.Composites.defaultTrue;
import static io.dlms4j.examples.cli.syntax.Composites.field;
import static io.dlms4j.examples.cli.syntax.Composites.optional;
import static io.dlms4j.examples.cli.syntax.Composites.sequence;

import io.dlms4j.cosem.apdu.ConfirmedServiceError;
import io.dlms4j.cosem.apdu.ExceptionResponse;
import io.dlms4j.cosem.apdu.ExceptionResponse.ServiceError;
import io.dlms4j.examples.cli.syntax.Composites.Alternative;
import io.dlms4j.examples.cli.syntax.Numbers.Width;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The CHOICE of all APDUs of xDLMS (Green Book 9.5), but for those that protect others. */
final class Xdlms {
  /** How many values an octet has. */
  private static final int OCTET = 256;

  private static final Type DEDICATED_KEY =
      Strings.prefixed(new Learnt(Strings.OCTETS, Session::learnDedicatedKey));

  private static final Alternative INITIATE_REQUEST =
      alternative(
          1,
          "initiateRequest",
          sequence(
              optional("dedicated-key", DEDICATED_KEY),
              defaultTrue("response-allowed"),
              optional("proposed-quality-of-service", Numbers.INTEGER8),
              field("proposed-dlms-version-number", Numbers.UNSIGNED8),
              field("proposed-conformance", new ConformanceType()),
              field("client-max-receive-pdu-size", Numbers.UNSIGNED16)));

  private static final Alternative INITIATE_RESPONSE =
      alternative(
          8,
          "initiateResponse",
          sequence(
              optional("negotiated-quality-of-service", Numbers.INTEGER8),
              field("negotiated-dlms-version-number", Numbers.UNSIGNED8),
              field("negotiated-conformance", new ConformanceType()),
              field("server-max-receive-pdu-size", Numbers.UNSIGNED16),
              field("vaa-name", CommonTypes.OBJECT_NAME)));

  private static final Alternative EXCEPTION_RESPONSE =
      alternative(
          216,
          "exception-response",
          sequence(
              field(
                  "state-error",
                  Numbers.enumerated(
                      Width.UNSIGNED8,
                      Numbers.names(
                          ExceptionResponse.StateError.values(),
                          ExceptionResponse.StateError::code))),
              field(
                  "service-error",
                  choice(
                      Stream.of(ServiceError.values())
                          .map(
                              error ->
                                  alternative(
                                      error.code(),
                                      error.toString(),
                                      error == ServiceError.INVOCATION_COUNTER_ERROR
                                          ? Numbers.UNSIGNED32
                                          : NULL))
                          .toList()))));

  static final List<Alternative> APDUS =
      Stream.of(
              List.of(
                  INITIATE_REQUEST, INITIATE_RESPONSE, confirmedServiceError(), EXCEPTION_RESPONSE),
              Services.SHORT_NAMES,
              Services.ANY_NAMES,
              Services.LOGICAL_NAMES)
          .flatMap(List::stream)
          .toList();

  private Xdlms() {}

  /** What an APDU is called that has some tag. */
  static String nameOf(int tag) {
    return APDUS.stream()
        .filter(each -> each.number() == tag)
        .map(Alternative::name)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Every number is taken, as the library takes it: an error that nobody can name still is one. So
   * there is a choice for each, called by its number where the standard has no name.
   */
  private static Alternative confirmedServiceError() {
    List<Alternative> errors = new ArrayList<>();
    List<Alternative> services = new ArrayList<>();
    for (int error = 0; error < OCTET; error++) {
      Map<Long, String> values = new LinkedHashMap<>();
      for (int value = 0; value < OCTET; value++) {
        String name = new ConfirmedServiceError(0, error, value).valueName();
        if (!name.equals("value " + value)) {
          values.put((long) value, name);
        }
      }
      errors.add(
          alternative(
              error,
              new ConfirmedServiceError(0, error, 0).errorName(),
              Numbers.enumerated(Width.UNSIGNED8, values)));
    }
    Type serviceError = choice(errors);
    for (int service = 0; service < OCTET; service++) {
      services.add(
          alternative(
              service, new ConfirmedServiceError(service, 0, 0).serviceName(), serviceError));
    }
    return alternative(14, "confirmedServiceError", choice(services));
  }
}
